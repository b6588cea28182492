"""A footnote's mark stays on the line of its word, whatever the word ends with."""

from __future__ import annotations

from typing import Any

import pytest
from weasyprint import HTML

from pipeline.render.theme import load_theme

MARK = '<sup class="noteref"><a href="#n">1</a></sup>'

WORDS = ("thigh", "thigh.", "thigh!", "(thigh?)", "thigh”", "<em>thigh.</em>", "3 %", "腿。")


def lines(box: Any) -> list[str]:
    """The text of each line of the paragraphs below a box of WeasyPrint's."""
    if type(box).__name__ == "LineBox" and box.element is not None and box.element.tag == "p":
        return ["".join(each.text for each in box.descendants() if hasattr(each, "text"))]
    return [line for child in getattr(box, "children", ()) for line in lines(child)]


@pytest.mark.parametrize("theme", ["default", "studio"])
def test_no_line_starts_with_a_mark(theme: str):
    css = load_theme(theme).stylesheet("print", "#0b5d4e", paper="A4")
    widths = range(160, 240, 4)
    text = "".join(
        f'<p style="width:{width}px">At the back of the {word}{MARK} So it goes on.</p>'
        for word in WORDS
        for width in widths
    )
    pages = HTML(string=f'<html lang="en"><title>T</title><style>{css}</style><h1 id="n">T</h1>{text}').render().pages
    found = [line.lstrip("\u2060 ") for page in pages for line in lines(page._page_box)]
    assert sum("1" in line for line in found) == len(WORDS) * len(widths)
    assert [line for line in found if line.startswith("1")] == []
