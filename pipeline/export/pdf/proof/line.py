"""What stands on a line of a finished PDF."""

from __future__ import annotations

from pipeline.export.pdf.finish.shaped_text import SHAPED
from pipeline.export.pdf.proof.words import squeeze


def shown_on(data: bytes, page: int, box: tuple[float, float, float, float], words: str) -> bool:
    """Whether a rectangle of a page (index from 0; left, bottom, right and top in points) shows just these words.

    Of joined scripts, whose glyphs stand for no single letters, it is asked that there are any.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        text = document[page].get_textpage()
        found = squeeze(str(text.get_text_bounded(*box))).text
    finally:
        document.close()
    return bool(found) if SHAPED.search(words) else found == squeeze(words).text
