"""An article's own safety words in a finished PDF, where the file alone is there to tell them."""

from __future__ import annotations

from itertools import islice

from pipeline.export.pdf.proof.document import BOX, Document
from pipeline.export.pdf.proof.pages import Page
from pipeline.export.pdf.proof.places import Place

OPENING = 15
"""Words of a box that are looked at: its heading and the start of its text, whatever its length."""

LINE = 2.0
"""Points by which a line's ink may stand above the edge of its box."""


def own_words(document: Document, kind: str) -> list[str]:
    """How each box of a kind opens; of any kind where none has its name, since one box may speak for several."""
    boxes = document.places(BOX)
    named = [place for name, place in boxes if name.endswith(BOX + kind)]
    opened = (_opening(document.pages[place.page - 1], place) for place in named or [place for _, place in boxes])
    return [words for words in opened if words]


def _opening(page: Page, place: Place) -> str:
    below = (at for at in page.content if page.character_box(at).top <= place.y + LINE and not page.text[at].isspace())
    first = next(below, None)
    if first is None:
        return ""
    words = list(islice(page.words(range(first, len(page.text))), OPENING))
    return page.text[first : words[-1][1] + 1]
