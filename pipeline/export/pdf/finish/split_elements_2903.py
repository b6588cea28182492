"""One tag for each element, also for one that a page break splits.

WeasyPrint tags boxes: an element has one on every page it is on, and one more for each anonymous box around its text.
https://github.com/Kozea/WeasyPrint/issues/2903
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pipeline.errors import ExportError
from pipeline.export.pdf.finish import hyphens
from pipeline.export.pdf.finish.shaped_text import spelled, turns_round
from pipeline.export.pdf.finish.tree import Annotation, Mark, Tag

DISSOLVED = frozenset({"html", "body"})


@dataclass(slots=True)
class Grown:
    """The tags of a document, and what else its marked content is."""

    root: Tag = field(default_factory=lambda: Tag("html", role="Document"))
    furniture: list[Mark] = field(default_factory=list)
    """Margin boxes, and table heads that a page repeats."""
    broken: list[Mark] = field(default_factory=list)
    """Lines that end within a word."""
    spelled: dict[Mark, str] = field(default_factory=dict)
    """Words of lines whose glyphs do not say them."""
    blank: list[Mark] = field(default_factory=list)
    """Spaces: WeasyPrint paints none of them, only the line below or through them."""


def grow(pages: list[Any], marked: list[dict[Any, dict[str, Any]]]) -> Grown:
    """The tag tree of a laid-out document.

    ``marked`` says for each page which box has which marked content; what is taken from it is removed.
    """
    gardener = _Gardener()
    for number, (page, boxes) in enumerate(zip(pages, marked, strict=True)):
        gardener.page(number, page._page_box, boxes)  # noqa: SLF001  # the layout has no public door
    return gardener.grown


class _Gardener:
    def __init__(self) -> None:
        self.grown = Grown()
        self._tags: dict[tuple[int, str], Tag] = {}
        self._heads: dict[int, int] = {}
        self._page = 0
        self._turned = False
        self._boxes: dict[Any, dict[str, Any]] = {}

    def page(self, number: int, page_box: Any, boxes: dict[Any, dict[str, Any]]) -> None:
        """Take a page's boxes into the tree."""
        self._page, self._boxes = number, boxes
        self._turned = turns_round("".join([getattr(box, "text", "") for box in boxes]))
        for child in page_box.children:
            if type(child).__name__ == "MarginBox":
                self._shed(child)
            else:
                self._walk(child, self.grown.root)
        if boxes:
            raise ExportError(f"page {number + 1} shows something that stands in no element and cannot be tagged")

    def _walk(self, box: Any, parent: Tag, link: Tag | None = None, covered: bool = False) -> None:
        """Add the box and what it holds; ``covered``: an area around it leads where ``link`` does."""
        box = getattr(box, "_box", box)  # what is positioned absolutely hides in a placeholder
        if (getattr(box, "is_header", False) or getattr(box, "is_footer", False)) and self._repeats(box):
            self._shed(box)
            return
        tag = parent
        # else it is another of the same element's
        if box.element is not parent.element or box.element_tag != parent.name:
            tag = self._tag_of(box, parent)
            if tag.name == "a" and tag is not parent:
                link, covered = tag, False
        annotation = getattr(box, "link_annotation", None)
        if annotation is not None and link is not None and (not covered or tag.name == "img"):
            link.kids.append(Annotation(self._page, annotation))
            covered = True
        mark = self._boxes.pop(box, None)
        if mark is not None:
            self._mark(box, tag, Mark(self._page, mark["mcid"]))
        for child in getattr(box, "children", ()):
            self._walk(child, tag, link, covered)

    def _mark(self, box: Any, tag: Tag, mark: Mark) -> None:
        text = getattr(box, "text", "")
        if text.isspace():
            self.grown.blank.append(mark)
            return
        settled = not getattr(box, "pipeline_slot", False)  # what a book's binding fills says what it shows
        tag.kids.append(spelled(mark, text, self.grown.spelled, always=self._turned and settled))
        if text.endswith(hyphens.BREAK) and mark not in self.grown.spelled:
            self.grown.broken.append(mark)
        if tag.name == "img":
            tag.place = (self._page, box)

    def _shed(self, box: Any) -> None:
        box = getattr(box, "_box", box)
        mark = self._boxes.pop(box, None)
        if mark is not None:
            self.grown.furniture.append(Mark(self._page, mark["mcid"]))
        for child in getattr(box, "children", ()):
            self._shed(child)

    def _tag_of(self, box: Any, parent: Tag) -> Tag:
        if box.element is None or box.element_tag in DISSOLVED:
            return parent
        key = (id(box.element), box.element_tag)
        tag = self._tags.get(key)
        if tag is None:
            tag = self._tags[key] = Tag(box.element_tag, box.element)
            parent.kids.append(tag)
        if box.element_tag == "li" and not parent.numbering:
            style = box.style["list_style_type"]
            parent.numbering = style if isinstance(style, str) else "none"
        return tag

    def _repeats(self, box: Any) -> bool:
        """Whether a table's head or foot is here again, on a further page."""
        return box.element is not None and self._heads.setdefault(id(box.element), self._page) != self._page
