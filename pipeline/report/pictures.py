"""The pictures that the report has of a finished PDF: its pages, and where on them proven texts stand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any

from pipeline.model.proof import OutputFile, Proof
from pipeline.report import contact_sheet, spots


def pictured(file: OutputFile, proof: Proof, *, strip: bool = True) -> Iterator[OutputFile]:
    """The strip of its pages, unless somebody else makes that; and its spots, where it has any. A page is read once for both."""
    with ExitStack() as opened:
        pages = _pages(file.data, opened)
        if strip:
            yield contact_sheet.strip(pages, file.path)
        if proof.spots:
            # a build without changes needs nothing of this library
            from pipeline.export.pdf.proof.sheets import as_read

            data, sides = as_read(file.data, file.path)
            yield spots.pictured(_pages(data, opened) if sides else pages, file.path, proof)


def strip(file: OutputFile) -> OutputFile:
    """The strip of its pages alone."""
    with ExitStack() as opened:
        return contact_sheet.strip(_pages(file.data, opened), file.path)


def _pages(data: bytes, opened: ExitStack) -> list[Any]:
    import pypdfium2

    return list(opened.enter_context(closing(pypdfium2.PdfDocument(data))))
