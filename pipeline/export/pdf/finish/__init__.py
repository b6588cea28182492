"""What WeasyPrint leaves undone in a PDF.

One module a mend, named after the upstream issue where there is one, so that it can go when upstream has it. Tags are
mended while WeasyPrint writes the file, because only the layout knows which boxes belong to one element; the written
file is mended with pikepdf.
"""

from __future__ import annotations

import io
from typing import Any

from pipeline.errors import ExportError
from pipeline.export.pdf.finish import (
    bodiless_tables,
    claims_2467,
    decoration_2550,
    empty_names,
    form_lines,
    furniture_1836,
    hyphens,
    links_185,
    lists_2497,
    notes_2482,
    page_labels,
    roles_2482,
    shaped_text,
    split_elements_2903,
    structure,
    table_scope_2508,
)
from pipeline.export.pdf.marked_content import Drawing

STYLE = hyphens.STYLE
"""What the mends need in the style sheet."""


def add_tags(pdf: Any, document: Any, streams: list[Any]) -> None:
    """Write the tag tree of a laid-out document, in place of WeasyPrint's own ``add_tags``."""
    import pydyf

    grown = split_elements_2903.grow(document.pages, [stream._tags for stream in streams])  # noqa: SLF001
    root = grown.root
    decoration = decoration_2550.prune(root)
    tags = root.walk()
    lists_2497.label(tags)
    roles_2482.assign(tags)
    roles_2482.settle(root)
    tags = root.walk()
    lists_2497.mend(tags)
    notes_2482.mend(tags)
    tags = root.walk()
    notes_2482.name(tags)
    table_scope_2508.mend(tags)
    bodiless_tables.mend(tags)
    links_185.describe(tags, pydyf.String)
    form_lines.name(tags)
    drawings = [Drawing(stream) for stream in streams]
    shaped_text.spell(drawings, grown.spelled, pydyf.String)
    furniture_1836.mark(drawings, grown.furniture, b"Pagination")
    furniture_1836.mark(drawings, [*decoration, *grown.blank], b"Layout")
    hyphens.soften(drawings, grown.broken)
    empty_names.mend(pdf)
    structure.write(tags, pdf, [(page.width, page.height) for page in document.pages])


def finish(data: bytes, statement: bytes = b"") -> tuple[bytes, int]:
    """The finished file, the same bytes for the same input, and its number of pages.

    ``statement`` is what the XMP packet shall say besides, as ``rdf:Description`` elements.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        return complete(pdf, statement)


def complete(pdf: Any, statement: bytes = b"") -> tuple[bytes, int]:
    """As ``finish``, of an open pikepdf document."""
    import pikepdf

    metadata = pdf.Root.get("/Metadata")
    if metadata is None:
        raise ExportError("the PDF has no metadata to claim PDF/UA-1 in; this needs WeasyPrint 70")
    pdf.Root.Metadata = pdf.make_stream(
        claims_2467.claim(metadata.read_bytes(), statement), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
    )
    page_labels.label(pdf)
    return saved(pdf), len(pdf.pages)


def saved(pdf: Any) -> bytes:
    """The bytes of a pikepdf document, the same for the same objects."""
    import pikepdf

    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
    )
    return out.getvalue()
