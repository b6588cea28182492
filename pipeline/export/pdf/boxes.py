"""What WeasyPrint lays out, which has no public door: the boxes of its pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def boxes(page: Any) -> Iterator[Any]:
    """All boxes of a laid out page, in document order."""
    return boxes_in(page._page_box)  # noqa: SLF001


def boxes_in(box: Any) -> Iterator[Any]:
    """A box and all boxes in it, in document order."""
    waiting = [box]
    while waiting:
        box = waiting.pop()
        box = getattr(box, "_box", box)  # what is positioned absolutely hides in a placeholder
        yield box
        waiting.extend(reversed(getattr(box, "children", ())))


def texts_in(box: Any) -> Iterator[Any]:
    """The text boxes in a box that say something."""
    return (each for each in boxes_in(box) if getattr(each, "text", ""))
