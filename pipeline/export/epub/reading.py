"""What a finished EPUB says, passage by passage in reading order, to be held against the other formats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from pipeline.export.epub.container import Page, open_book
from pipeline.export.epub.visibility import INLINE
from pipeline.render.elements import EPUB_TYPE, Element

Role = Literal[
    "heading", "paragraph", "step", "item", "cell", "caption", "picture", "code", "disclaimer", "note", "masthead"
]

ROLES: MappingProxyType[str, Role] = MappingProxyType(
    {
        **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
        **dict.fromkeys(("th", "td"), "cell"),
        "figcaption": "caption",
        "pre": "code",
    }
)
"""Element -> what its text is."""

AROUND: MappingProxyType[str, Role] = MappingProxyType({"doc-notice": "disclaimer", "doc-endnotes": "note"})
"""ARIA role -> what all text in the element is."""

NOT_TEXT = frozenset({"doc-noteref", "doc-backlink"})
"""ARIA roles of marks that lead to a note and back."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of what a reader reads."""

    role: Role
    text: str
    """Its words with one space between them; of a picture, its text alternative."""


def read_passages(data: bytes) -> tuple[Passage, ...]:
    """The passages of all chapters, in order; raises DamagedError when the file is no EPUB.

    Front matter is left out, since it says again what the chapters say; pictures stand after the passage they are in.
    """
    pages = [page for page in open_book(data).pages if page.is_chapter()]
    return tuple(passage for page in pages for passage in _passages(page))


def _passages(page: Page) -> Iterator[Passage]:
    for each in page.root.iter():
        if "chapter" in (each.get(EPUB_TYPE) or "").split():
            yield from _Reader().read(each, "paragraph")
            return


@dataclass(slots=True)
class _Reader:
    """Gathers the words of a block until the next one starts."""

    words: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    def read(self, element: Element, role: Role, around: Role | None = None) -> Iterator[Passage]:
        """The passages in an element, whose own text has a role, unless what is around it gives another."""
        self.words.append(element.text or "")
        for child in element:
            yield from self._child(child, role, around)
            self.words.append(child.tail or "")

    def _child(self, child: Element, role: Role, around: Role | None) -> Iterator[Passage]:
        tag = str(child.tag).rpartition("}")[2]
        if child.get("role") in NOT_TEXT:
            return
        if tag == "img":
            self.pictures.append(child.get("alt", ""))
        elif tag == "br":
            self.words.append(" ")
        elif tag in INLINE:
            yield from self.read(child, role, around)
        else:
            yield from self._flush(role, around)
            inner = AROUND.get(child.get("role", ""), "masthead" if tag == "header" else around)
            own = _own_role(child, tag, role)
            yield from self.read(child, own, inner)
            yield from self._flush(own, inner)

    def _flush(self, role: Role, around: Role | None) -> Iterator[Passage]:
        text = " ".join("".join(self.words).split())
        if text:
            yield Passage(role if around is None or role == "heading" else around, text)
        yield from (Passage("picture", alt) for alt in self.pictures if alt)
        self.words.clear()
        self.pictures.clear()


def _own_role(element: Element, tag: str, outer: Role) -> Role:
    if tag == "li":
        parent = element.getparent()
        return "step" if parent is not None and str(parent.tag).endswith("}ol") else "item"
    if tag == "p":
        # a loose item's paragraphs are still the item's
        return outer
    return ROLES.get(tag, outer if tag in {"code", "tbody", "thead", "tr"} else "paragraph")
