"""What a finished EPUB says, passage by passage in reading order, to be held against the other formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.export.epub.container import Page, open_book
from pipeline.export.epub.visibility import Sight
from pipeline.export.passages import Element, Found
from pipeline.export.passages import read_passages as read
from pipeline.model.passage import Passage
from pipeline.render.elements import EPUB_TYPE

NOTES = frozenset({"doc-endnotes"})
"""ARIA roles of what reading systems may show in a place of its own."""


def read_passages(data: bytes) -> tuple[Passage, ...]:
    """The passages of all chapters, in order; raises DamagedError when the file is no EPUB.

    Front matter is left out, since it says again what the chapters say.
    """
    pages = [page for page in open_book(data).pages if page.is_chapter()]
    return tuple(passage for page in pages for passage in chapter_passages(page))


def chapter_passages(page: Page, seen: Sequence[Sight] = ()) -> Iterator[Passage]:
    """The passages of one chapter that can be seen in every state of its document (all of them where none is given)."""
    for each in page.root.iter():
        if "chapter" in (each.get(EPUB_TYPE) or "").split():
            yield from (found.passage for found in _found(each, seen))
            return


def _found(chapter: Element, seen: Sequence[Sight]) -> Iterable[Found]:
    within = any(each.get("role") in NOTES for each in chapter.iterancestors())
    notes = {inner for each in chapter.iter() if within or each.get("role") in NOTES for inner in each.iter()}

    def shows(element: Element) -> bool:
        return element in notes or not any(sight.look(element).hidden for sight in seen)

    return read(chapter, shows)
