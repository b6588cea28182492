"""What shaped text says: glyphs of joined scripts, and of emoji made from several characters, name no characters alone.

WeasyPrint maps every glyph to characters by itself; ``ActualText`` says the words whole: in the tag tree to screen
readers, in the page to those who search and copy. ISO 32000-1, 14.9.4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.export.pdf.finish.hyphens import BREAK
from pipeline.export.pdf.finish.tree import Mark, Tag
from pipeline.export.pdf.marked_content import Drawing

SHAPED = re.compile(
    "["
    "\u00ad\u200b-\u200f\u2060\ufeff"  # no glyph of their own
    "\u0300-\u036f\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"  # one glyph with the letter before them, or none
    "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe"  # written from right to left, most of them joined
    "\u0900-\u109f\u1780-\u17ff\u1a20-\u1aaf\u1b00-\u1cff\ua800-\uabff"  # Asia from India to Bali
    "\ufe00-\ufe0f\U00010000-\U0010ffff"  # emoji, often of several characters, and what PDFium reads as halves
    "]"
)

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")

DIRECTED = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010000-\U0010ffff]")
"""What PDFium, and so Chrome, reads better from glyphs: it turns such words round, or drops their letters."""

UNSEEN = re.compile("[\u00ad\u2060]")
"""Where a line may, or may not, break: no part of what is said."""


def turns_round(text: str) -> bool:
    """Whether a text has words written from right to left, beside which readers take signs and numbers for theirs."""
    return not text.isascii() and bool(RIGHT_TO_LEFT.search(text))


def is_shaped(text: str) -> bool:
    """Whether the glyphs of a text do not say it, so that its tag spells it."""
    return not text.isascii() and bool(SHAPED.search(text))


def spelled(mark: Mark, text: str, words: dict[Mark, str], *, always: bool) -> Mark | Tag:
    """The mark of a line's text, within a tag that spells it where its glyphs do not; ``words`` takes its words."""
    if text.isascii() and not always:
        return mark
    broken = text.endswith(BREAK)
    text = text.removesuffix(BREAK)
    shaped = is_shaped(text)
    if not shaped and not (always and text):
        return mark
    said = UNSEEN.sub("", text) + ("\u00ad" if broken else "")
    if shaped and not DIRECTED.search(said):
        words[mark] = said
    return Tag("span", role="Span", kids=[mark], actual=said)


def spell(drawings: list[Drawing], words: Mapping[Mark, str], string: Any) -> None:
    """Write what marked content says into the pages' drawings; ``string`` makes a PDF string."""
    for mark, said in words.items():
        drawing = drawings[mark.page]
        at = drawing.places.get(mark.mcid)
        if at is not None:  # else it is drawn in a group
            drawing.operators[at]["ActualText"] = string(said)
