"""PDF for print and screen: typeset by WeasyPrint, finished as PDF/UA-1 and PDF/A-2a, proven with PDFium."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.export.format import Binding, Format, Read, output_path
from pipeline.model.passage import PageStart
from pipeline.model.proof import OutputFile, Proof, Requirement
from pipeline.model.publication import Publication

MEDIA_TYPE = "application/pdf"


def export(publication: Publication) -> list[OutputFile]:
    """The publication as one PDF, or one for each of its copies.

    Raises ExportError for a missing picture, a character without a glyph, a handout that is too long, and the like.
    """
    if publication.copies:
        from pipeline.export.pdf.personal import personal

        return personal(publication)
    if (book := _bound_of_pieces(publication)) is not None:
        made: dict[str, bytes] = {}
        while missing := book.wanted(made):
            made |= {piece.key: piece.make() for piece in missing}
        return book.sheaf(made).bound(publication)
    from pipeline.export.pdf.engine import typeset

    data, pages = typeset(publication)
    folder = f"newsletters/{publication.slug}"
    path = f"{folder}/newsletter.pdf" if publication.issue else output_path(publication, "pdf", ".pdf")
    return [OutputFile(path, MEDIA_TYPE, data, pages)]


def _bound_of_pieces(publication: Publication) -> Binding | None:
    """How a book is bound of its chapters; None for any other publication."""
    if publication.volume is None:
        return None
    from pipeline.export.pdf.binding import Book

    return Book(publication, publication.volume)


def verify(file: OutputFile, requirements: Sequence[Requirement], read: Read) -> Proof:
    """Re-open a finished PDF and prove that each required text is in it, can be read and comes before the steps."""
    from pipeline.export.pdf import proof

    return proof.verify(file, requirements, read)


def page_starts(publication: Publication) -> tuple[PageStart, ...]:
    """Where the pages of an article start; of the same pages as ``export`` makes, but neither packed nor finished."""
    from pipeline.export.pdf import proof
    from pipeline.export.pdf.engine import unfinished

    return proof.page_starts(unfinished(publication, packed=False))


FORMAT = Format("pdf", ".pdf", MEDIA_TYPE, export, verify, binding=_bound_of_pieces, page_starts=page_starts)
