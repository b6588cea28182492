"""PDF for print and screen: typeset by WeasyPrint, finished as PDF/UA-1 and PDF/A-2a, proven with PDFium."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.export.format import Format, Read
from pipeline.model.proof import OutputFile, Proof, Requirement
from pipeline.model.publication import Publication

MEDIA_TYPE = "application/pdf"


def export(publication: Publication) -> list[OutputFile]:
    """The publication as one PDF; raises ExportError for a missing picture, a character without a glyph, and the like."""
    from pipeline.export.pdf.engine import typeset

    data, pages = typeset(publication)
    path = f"newsletters/{publication.slug}/newsletter.pdf" if publication.issue else f"pdf/{publication.slug}.pdf"
    return [OutputFile(path, MEDIA_TYPE, data, pages)]


def verify(file: OutputFile, requirements: Sequence[Requirement], read: Read) -> Proof:
    """Re-open a finished PDF and prove that each required text is in it, can be read and comes before the steps."""
    from pipeline.export.pdf import proof

    return proof.verify(file, requirements, read)


FORMAT = Format("pdf", ".pdf", MEDIA_TYPE, export, verify)
