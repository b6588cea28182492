"""Where on the pages of a sheet something stands for what it cannot know, and what would lead the eye there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from pipeline.errors import ExportError
from pipeline.export.pdf.boxes import boxes, texts_in
from pipeline.publication.links import EDITIONS

DIGITS = "0123456789"
LEADER = "."
"""What leads to the numbers of contents and index, again and again."""
EDITION = "ed1t10n0"
"""Stands for an edition's id: as wide as most of them are."""
ASKED = f"/{EDITIONS}/{EDITION}"
"""What the address of its status page ends in then."""

Kind = Literal["page", "place", "edition"]


class Row(NamedTuple):
    """A text box that has something to be put in another's place."""

    text: Any
    kind: Kind
    target: str
    """Id of the place whose page is told; empty where it is this page's, or the edition."""
    standing: str
    """What is there for the time being."""


def rows(pages: Sequence[Any]) -> Iterator[Row]:
    """All of them on the pages of a laid-out sheet."""
    for page in pages:
        for box in page._page_box.children:  # noqa: SLF001  # the layout has no public door
            yield from _in_margin(box) if type(box).__name__ == "MarginBox" else _in_text(box)


def _in_margin(box: Any) -> Iterator[Row]:
    content = box.style["content"]
    for text in texts_in(box):
        if _shows(content, "counter()", "page") and set(text.text) <= set(DIGITS):
            yield Row(text, "page", "", text.text)
        elif _shows(content, "string()", "edition") and EDITION in text.text:
            yield Row(text, "edition", "", EDITION)


def _in_text(box: Any) -> Iterator[Row]:
    for text in texts_in(box):
        if text.element_tag == "a::after" and text.element is not None and set(text.text) != {LEADER}:
            standing, target = text.element.get("data-page"), text.element.get("data-to")
            if standing and target and text.text.strip():
                if standing not in text.text:
                    raise ExportError(f"there is no room for a page number in the line that ends in {text.text!r}")
                yield Row(text, "place", target, standing)
        elif _says_edition(text):
            yield Row(text, "edition", "", EDITION)


def _says_edition(text: Any) -> bool:
    """Whether a text is a book's own line that says which edition it is, or ends the address where one can ask for it."""
    if text.element_tag == "a":
        return bool(text.text.endswith(EDITION) and text.element.get("href", "").endswith(ASKED))
    return bool(text.element_tag == "p" and EDITION in text.text and text.element.get("class") == "edition")


def shift_of(text: Any) -> float:
    """How much of a difference in width moves a line: all of it where the line ends at an edge."""
    return {"right": 1.0, "end": 1.0, "center": 0.5}.get(text.style["text_align_all"], 0.0)


def take_dots(pages: Sequence[Any]) -> dict[tuple[Any, float], float]:
    """Where dots start that lead to something, by its element and line; they go, since they are drawn with what fills its slot."""
    found: dict[tuple[Any, float], float] = {}
    for each in (box for page in pages for box in boxes(page)):
        if getattr(each, "is_leader", False):
            dots = list(texts_in(each))
            if dots and each.element.get("data-page", "").isdecimal():
                found[each.element, dots[0].position_y] = each.position_x
                each.children = ()
    return found


def lead_of(dots: Mapping[tuple[Any, float], float], text: Any) -> float | None:
    """How far before a text its dots start, in thousandths of its size; None where there are none."""
    start = dots.get((text.element, text.position_y))
    return None if start is None else round((text.position_x - start) * 1000 / text.style["font_size"], 1)


def _shows(content: Any, function: str, name: str) -> bool:
    """Whether generated content calls a function with a name first; CSS Content 3."""
    return isinstance(content, list | tuple) and any(each[0] == function and each[1][0] == name for each in content)
