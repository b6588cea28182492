"""What stands on a line that was filled in."""

from __future__ import annotations

from pipeline.export.pdf.finish.shaped_text import SHAPED
from pipeline.export.pdf.proof.pages import Page
from pipeline.export.pdf.proof.words import squeeze
from pipeline.model.proof import FilledLine


def shows(page: Page, line: FilledLine) -> bool:
    """Whether a line of a page shows just its words.

    Of joined scripts, whose glyphs stand for no single letters, it is asked that there are any.
    """
    found = squeeze(page.text_within(line.left, line.bottom, line.right, line.top)).text
    return bool(found) if SHAPED.search(line.words) else found == squeeze(line.words).text
