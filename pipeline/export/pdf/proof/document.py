"""The document as a whole: is it what it claims to be, and where do its instructions start."""

from __future__ import annotations

import ctypes
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipeline.export.pdf.proof.pages import Page
from pipeline.export.pdf.proof.places import Place
from pipeline.export.pdf.proof.words import Squeezed, squeeze
from pipeline.export.pdf.tags import Runs, marked_text
from pipeline.publication.links import id_in_book

FIRST_INSTRUCTION = "first-instruction"
"""Named destination of the first step; in a book each chapter's own ends in it."""

BOX = "disclaimer-"
"""What the named destination of a box starts with; in a book a chapter's slug stands before it."""


@dataclass(frozen=True, slots=True)
class BookChapter:
    """A chapter of a book."""

    slug: str
    start: Place
    """Its title."""
    instruction: Place | None
    """Its first step; None where it has none."""


class Document:
    """An open PDF."""

    def __init__(self, handle: Any, data: bytes) -> None:
        from pypdfium2 import raw

        self._raw = raw
        self._handle = handle
        self.data = data
        self.pages = [Page(handle[number], number + 1) for number in range(len(handle))]

    @cached_property
    def title(self) -> str:
        """From the document information dictionary."""
        return str(self._handle.get_metadata_value("Title"))

    @cached_property
    def language(self) -> str:
        """BCP 47, from the catalog."""
        length = self._raw.FPDFCatalog_GetLanguage(self._handle, None, 0)
        buffer = ctypes.create_string_buffer(max(length, 2))
        characters = ctypes.cast(buffer, ctypes.POINTER(self._raw.FPDF_WCHAR))
        self._raw.FPDFCatalog_GetLanguage(self._handle, characters, length)
        return buffer.raw[:length].decode("utf-16-le").rstrip("\0")

    @cached_property
    def tagged(self) -> bool:
        """Whether the catalog says that the file is tagged, and a page has tags."""
        if not self._raw.FPDFCatalog_IsTagged(self._handle):
            return False
        return any(self._has_tags(page) for page in self.pages)

    def _has_tags(self, page: Page) -> bool:
        tree = self._raw.FPDF_StructTree_GetForPage(page.handle)
        if not tree:
            return False
        found = self._raw.FPDF_StructTree_CountChildren(tree) > 0
        self._raw.FPDF_StructTree_Close(tree)
        return bool(found)

    @cached_property
    def body_size(self) -> float:
        """The font size that most of the text is set in, in points; 0 where there is no text."""
        sizes = Counter[float]()
        for page in self.pages:
            sizes.update(page.sizes())
        return sizes.most_common(1)[0][0] if sizes else 0.0

    @cached_property
    def content(self) -> tuple[list[tuple[Page, int]], Squeezed]:
        """All content as one text, and for each of its characters the page and the place there; -1 between pages."""
        places: list[tuple[Page, int]] = []
        words = []
        for page in self.pages:
            text, content = page.text, page.content
            places += [(page, at) for at in content]
            places.append((page, -1))
            words.append("".join([text[at] for at in content]))
        return places, squeeze("".join(f"{each}\n" for each in words))

    @cached_property
    def instructions(self) -> list[Place]:
        """Where each first instruction stands, in page order."""
        if self.chapters:
            return [each.instruction for each in self.chapters if each.instruction]
        places = [place for name, place in self._destinations() if name.endswith(FIRST_INSTRUCTION)]
        return sorted(places, key=lambda place: (place.page, -place.y))

    @cached_property
    def chapters(self) -> list[BookChapter]:
        """The chapters of a book, in page order; none in any other document."""
        places = dict(self._destinations())
        parts = ((name.partition("_"), place) for name, place in places.items())
        found = (
            BookChapter(slug, place, places.get(id_in_book(slug, FIRST_INSTRUCTION)))
            for (slug, _, id_), place in parts
            if slug and id_ == "title"
        )
        return sorted(found, key=lambda each: (each.start.page, -each.start.y))

    def chapter_at(self, place: Place) -> BookChapter | None:
        """The chapter of a book in which a place is; None before the first and in any other document."""
        begun = bisect_right(self._starts, _order(place))
        return self.chapters[begun - 1] if begun else None

    @cached_property
    def _starts(self) -> list[tuple[int, float]]:
        return [_order(each.start) for each in self.chapters]

    def places(self, part: str) -> list[tuple[str, Place]]:
        """The named destinations whose name has ``part`` in it, with their names, in page order."""
        found = [(name, place) for name, place in self._destinations() if part in name]
        return sorted(found, key=lambda each: (each[1].page, -each[1].y))

    def _destinations(self) -> Iterator[tuple[str, Place]]:
        raw, size = self._raw, ctypes.c_long()
        for at in range(raw.FPDF_CountNamedDests(self._handle)):
            size.value = -1
            raw.FPDF_GetNamedDest(self._handle, at, None, size)
            buffer = ctypes.create_string_buffer(max(size.value, 2))
            target = raw.FPDF_GetNamedDest(self._handle, at, buffer, size)
            if target:
                name = buffer.raw[: max(size.value, 0)].decode("utf-16-le", "replace").rstrip("\0")
                yield name, self._place(target)

    def _place(self, target: Any) -> Place:
        raw = self._raw
        flags = [ctypes.c_int() for _ in range(3)]
        x, y, zoom = (ctypes.c_float() for _ in range(3))
        raw.FPDFDest_GetLocationInPage(target, *flags, x, y, zoom)
        return Place(raw.FPDFDest_GetDestPageIndex(self._handle, target) + 1, y.value, x.value)

    def runs(self) -> Runs:
        """The text of its marked content, for whoever reads its tags."""
        return marked_text(page.objects for page in self.pages)

    def close(self) -> None:
        """Give everything back to PDFium."""
        for page in self.pages:
            page.close()
        self._handle.close()


def _order(place: Place) -> tuple[int, float]:
    return (place.page, -place.y)


@contextmanager
def open_document(data: bytes) -> Iterator[Document]:
    """Open a PDF's bytes; raises ValueError when PDFium cannot read them."""
    import pypdfium2

    try:
        document = Document(pypdfium2.PdfDocument(data), data)
    except pypdfium2.PdfiumError as error:
        raise ValueError(str(error)) from error
    try:
        yield document
    finally:
        document.close()
