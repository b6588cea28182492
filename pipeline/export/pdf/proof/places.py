"""Points and rectangles on the pages of a document, and which of two places is read first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle in points from the page's bottom left."""

    left: float
    bottom: float
    right: float
    top: float

    def inside(self, other: Box, slack: float = 0.5) -> bool:
        """Whether it lies within the other."""
        return (
            self.left >= other.left - slack
            and self.bottom >= other.bottom - slack
            and self.right <= other.right + slack
            and self.top <= other.top + slack
        )


def around(boxes: Iterable[tuple[float, ...]]) -> Box:
    """The smallest rectangle around all of them, of which there is one at least."""
    left, bottom, right, top = zip(*boxes, strict=True)
    return Box(min(left), min(bottom), max(right), max(top))


@dataclass(frozen=True, slots=True)
class Place:
    """A point in a document: pages count from 1, ``y`` in points from the page's bottom."""

    page: int
    y: float
    left: float = 0.0
    """Points from the page's left at which what stands there starts and ends, which tells columns apart."""
    right: float = 0.0


INDENT = 72.0
"""Points by which a text may be set in from the instruction below it in the same column."""

LINE_SLACK = 2.0
"""Points by which a text may reach below the top of the first instruction and still be before it."""


def is_before(end: Place, instruction: Place) -> bool:
    """Whether a text that ends at a place is read before an instruction, on a page in columns as well."""
    if end.page != instruction.page:
        return end.page < instruction.page
    if end.right and end.right <= instruction.left:
        return True
    if end.left > instruction.left + INDENT:
        return False
    return end.y >= instruction.y - LINE_SLACK
