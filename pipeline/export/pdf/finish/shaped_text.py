"""What shaped text says: glyphs of joined scripts, and of emoji made from several characters, name no characters alone.

WeasyPrint maps every glyph to characters by itself; ``ActualText`` says the words whole. ISO 32000-1, 14.9.4.
"""

from __future__ import annotations

import re

from pipeline.export.pdf.finish.tree import Mark, Tag

SHAPED = re.compile(
    "["
    "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"  # written from right to left, most of them joined
    "\u0900-\u109f\u1780-\u17ff\ua8e0-\ua8ff"  # India and south-east Asia
    "\u200d\ufe0e\ufe0f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff"  # emoji of several characters
    "]"
)


def spelled(mark: Mark, text: str) -> Mark | Tag:
    """The mark of a line's text, within a tag that spells it where its glyphs do not."""
    if not SHAPED.search(text):
        return mark
    return Tag("span", role="Span", kids=[mark], actual=text)
