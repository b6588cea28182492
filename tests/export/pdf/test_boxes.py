"""A box of safety text goes to the next page alone: what stands before it stays."""

from __future__ import annotations

import pytest
from weasyprint import HTML

from pipeline.render.theme import load_theme, theme_names

ENDS = {
    "words": "<p>Ask a doctor.</p>",
    "a list": "<ol><li>Heart</li><li>Chest</li></ol>",
    "a loose list": "<ol class='loose'><li><p>Heart</p></li><li><p>Chest</p></li></ol>",
    "a list in a quotation": "<blockquote><ul><li>Heart</li><li>Chest</li></ul></blockquote>",
}
HIGH = 600
"""Pixels of a page's height."""


def two_boxes(end: str, taken: int) -> str:
    """Below so much, a box and another that ends in something; then text."""
    boxes = "".join(
        f"<section class='disclaimer disclaimer-{kind}' id='{kind} {end} {taken}'>"
        f"<h2 class='disclaimer-title'>Read</h2>{words}</section>"
        for kind, words in (("info", "<p>Not advice.</p><h3>Mind</h3>"), ("clearance", f"<p>Ask first.</p>{ENDS[end]}"))
    )
    return (
        f"<article style='break-before:page'><div style='height:{taken}px' id='top {end} {taken}'></div><div class='notices'>{boxes}</div>"
        f"<div class='text' id='text {end} {taken}'><p>Words.</p></div></article>"
    )


def anchors(css: str, articles: str) -> dict[str, tuple[int, float]]:
    """The page of each anchor, and how far down it stands there."""
    css += f"@page{{size:400px {HIGH}px;margin:0}}"
    pages = HTML(string=f"<html lang='en'><title>T</title><style>{css}</style>{articles}").render().pages
    return {name: (number, place[1]) for number, page in enumerate(pages) for name, place in page.anchors.items()}


@pytest.mark.parametrize("theme", theme_names())
def test_a_box_that_just_does_not_fit_takes_none_along(theme: str) -> None:
    look = load_theme(theme)
    css = look.stylesheet("print", "#0b5d4e", paper="A4") + look.rules("print-crowded.css")
    high = {end: anchors(css, two_boxes(end, 0))[f"text {end} 0"][1] for end in ENDS}
    filled = {end: [round(HIGH - high[end]) + more for more in range(-4, 20, 2)] for end in ENDS}
    found = anchors(css, "".join(two_boxes(end, taken) for end in ENDS for taken in filled[end]))
    for end in ENDS:
        pages = [[found[f"{each} {end} {taken}"][0] for each in ("top", "info", "clearance")] for taken in filled[end]]
        assert {(info - top, clearance - top) for top, info, clearance in pages} == {(0, 0), (0, 1)}, end
