"""Fit pages: a handout to one sheet, an article's safety text to its first page, its last lines to the page before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any

from pipeline.errors import ExportError
from pipeline.model.publication import Publication

MOST_PAGES = 2
"""Both sides of one sheet."""

LARGEST, SMALLEST = 14.0, 12.0
"""Type sizes in points; 12 is the least that the NHS and the CDC set for what patients are handed."""

STEP = 0.25

SPACINGS = (0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5)
"""What is left of the space between blocks when type may not get smaller."""

LEADING = (1.25, 1.4)
"""Line heights at the least and at the full space."""

CROWDED, CLOSE = "print-crowded.css", "print-close.css"
"""The theme's rules for a first page with many boxes, and for a last page with few lines."""

SAVED = 0.06
"""Of a page's height, what the closer rules save on each page; measured on articles of four to eight pages."""

MOST_CLOSED = 8
"""Pages of the longest article that is laid out again to save its last."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How large and how loosely a handout is set."""

    size: float
    """Of the type, in points."""
    spacing: float = 1.0
    """Share of the full space between blocks."""

    @property
    def leading(self) -> float:
        """Height of a line, in type sizes."""
        tight, loose = LEADING
        return round(tight + (loose - tight) * (self.spacing - SPACINGS[-1]) / (1 - SPACINGS[-1]), 3)

    @property
    def css(self) -> str:
        """The rules on top of the layout's style sheet, whose unit of space is rem and whose unit of type is em."""
        return f"html{{font-size:{self.size * self.spacing:g}pt}}body{{font-size:{self.size:g}pt;line-height:{self.leading}}}"


SETTINGS = (
    *(Setting(LARGEST - STEP * number) for number in range(int((LARGEST - SMALLEST) / STEP) + 1)),
    *(Setting(SMALLEST, spacing) for spacing in SPACINGS),
)
"""From the loosest to the tightest."""


def fit(lay_out: Callable[[Setting], Any], publication: Publication) -> Any:
    """The handout laid out in the loosest setting that takes one page, else two; lays out about five times.

    ``lay_out`` gives WeasyPrint's document for a setting. Raises ExportError that says by how many lines the text is too
    long when even the tightest setting takes more than two pages.
    """
    best = lay_out(SETTINGS[-1])
    pages = len(best.pages)
    if pages > MOST_PAGES:
        over = _lines_over(best)
        raise ExportError(
            f"the handout is {over} {'line' if over == 1 else 'lines'} too long for both sides of a sheet in "
            f"{SMALLEST:g} pt type",
            path=publication.sources[0],
            help="Shorten its key points, steps or own disclaimers, or take a figure out; type is never set smaller.",
        )
    loosest, tightest = 0, len(SETTINGS) - 1
    while loosest < tightest:
        middle = (loosest + tightest) // 2
        laid_out = lay_out(SETTINGS[middle])
        if len(laid_out.pages) <= pages:
            best, tightest = laid_out, middle
        else:
            loosest = middle + 1
    return best


def settle(lay_out: Callable[[str], Any], rules: Callable[[str], str]) -> Any:
    """An article laid out once, and again with less space where that mends its first or its last page.

    ``lay_out`` gives WeasyPrint's document under additional rules, ``rules`` the theme's by the file's name. Safety text that
    runs on over page 1 is set closer, whether or not all of it fits then: what does comes before the first instruction.
    """
    crowded = ""
    best = lay_out(crowded)
    if _safety_text_runs_on(best):
        crowded = rules(CROWDED)
        best = lay_out(crowded)
    if 1 < len(best.pages) <= MOST_CLOSED and _ends_in_few_lines(best):
        closer = lay_out(crowded + rules(CLOSE))
        if len(closer.pages) < len(best.pages):
            return closer
    return best


def _safety_text_runs_on(document: Any) -> bool:
    boxes = (box for page in document.pages[1:2] for box in page._page_box.descendants())  # noqa: SLF001
    return any(box.element is not None and box.element.get("class") == "notices" for box in boxes)


def _ends_in_few_lines(document: Any) -> bool:
    last = document.pages[-1]
    return _content_height(last._page_box) < SAVED * len(document.pages) * float(last.height)  # noqa: SLF001


def _lines_over(document: Any) -> int:
    """How many lines of text the pages after the second would hold."""
    line = SETTINGS[-1].size * SETTINGS[-1].leading / 0.75
    height = sum(_content_height(page._page_box) for page in document.pages[MOST_PAGES:])  # noqa: SLF001
    return max(1, ceil(height / line))


def _content_height(page_box: Any) -> float:
    """In CSS pixels, how far down the text of a page reaches from its top margin."""
    content = [child for child in page_box.children if type(child).__name__ != "MarginBox"]
    return max((float(child.height) for child in content), default=0.0)
