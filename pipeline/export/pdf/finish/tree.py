"""The tag tree of a document, before it is written as PDF structure elements.

WeasyPrint tags boxes, of which one element may have many; this tree has one tag for each element, and the mends of this
room work on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

GROUPING = frozenset({"Document", "Art", "Sect", "Div", "BlockQuote"})
"""Roles that hold blocks and never text of their own; ISO 32000-1, 14.8.4.2."""

INLINE = frozenset({"Span", "Link", "Reference", "Code", "Figure"})
"""Roles that stand within a line of text; ISO 32000-1, 14.8.4.4."""


class Mark(NamedTuple):
    """A marked-content sequence: one run of one line of text, or one picture."""

    page: int
    """Index from 0."""
    mcid: int
    """ISO 32000-1, 14.7.4.2: the number by which a page's content is referred to."""


@dataclass(frozen=True, slots=True, eq=False)
class Annotation:
    """A link's active area on a page."""

    page: int
    dictionary: Any
    """The ``pydyf.Dictionary`` that WeasyPrint made for it."""


@dataclass(slots=True, eq=False)
class Tag:
    """One structure element to be."""

    name: str
    """Of the HTML element, with ``::before`` and the like for generated content; ``html`` for the root."""
    element: Any = None
    """The ``xml.etree`` element it comes from."""
    role: str = ""
    """Structure type; empty where the tag is to be dissolved into its parent. ISO 32000-1, 14.8.4."""
    kids: list[Tag | Mark | Annotation] = field(default_factory=list)
    language: str = ""
    """BCP 47, where it is not the parent's."""
    alt: str = ""
    actual: str = ""
    """Its words, where its glyphs do not say them."""
    id: str = ""
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By owner: ``Table``, ``List``, ``Layout``; ISO 32000-1, 14.8.5."""
    numbering: str = ""
    """CSS list-style-type of a list's items."""
    place: tuple[int, Any] | None = None
    """Of a picture: the page's index and the layout box, in CSS pixels from the page's top left."""

    def get(self, attribute: str) -> str:
        """The HTML attribute's value; empty where there is none, and for generated content."""
        if self.element is None or "::" in self.name:
            return ""
        return str(self.element.get(attribute) or "")

    @property
    def tags(self) -> Iterator[Tag]:
        """The tags directly inside."""
        return (kid for kid in self.kids if isinstance(kid, Tag))

    def walk(self) -> list[Tag]:
        """This tag and all that are below now, each before what it holds."""
        found: list[Tag] = []
        stack = [self]
        while stack:
            tag = stack.pop()
            found.append(tag)
            stack += [kid for kid in reversed(tag.kids) if type(kid) is Tag]
        return found

    def marks(self) -> Iterator[Mark]:
        """All marked content below, in no particular order."""
        return (kid for tag in self.walk() for kid in tag.kids if type(kid) is Mark)
