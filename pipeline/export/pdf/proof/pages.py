"""A finished PDF as PDFium, and so a reader, sees it: text with places and sizes, and the page as a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from pipeline.export.pdf.page_objects import PageObjects
from pipeline.export.pdf.proof.characters import Characters, Shown
from pipeline.export.pdf.proof.places import Box, around
from pipeline.export.pdf.proof.words import Squeezed, squeeze

SURROGATES = range(0xD800, 0xE000)
"""Halves of characters, which PDFium gives where a font's map is wrong."""


MARK = 0.85
"""A note's mark is smaller than this share of the words before it."""

SLICE_SLACK = 0.01
"""Points between two slices of one rectangle, by rounding."""


class Page:
    """One page; open as long as its document is."""

    def __init__(self, handle: Any, number: int) -> None:
        from pypdfium2 import raw

        self.handle = handle
        self.number = number
        """From 1."""
        self._raw = raw
        self._text = handle.get_textpage()
        self._characters = Characters(self._text)
        self.objects = PageObjects(handle, self._text)

    @cached_property
    def text(self) -> str:
        """Every character, one each, so that places in it are PDFium's own."""
        count = self._raw.FPDFText_CountChars(self._text)
        whole = self._text.get_text_range() if count > 0 else ""
        if len(whole) == count:
            return str(whole)
        codes = (self._raw.FPDFText_GetUnicode(self._text, at) for at in range(count))
        return "".join(" " if code in SURROGATES else chr(code) for code in codes)

    def text_within(self, left: float, bottom: float, right: float, top: float) -> str:
        """What stands in a rectangle."""
        return str(self._text.get_text_bounded(left, bottom, right, top))

    @cached_property
    def squeezed(self) -> Squeezed:
        """The text, ready to be searched."""
        return squeeze(self.text)

    @cached_property
    def media_box(self) -> Box:
        """What of the page can be seen: media box and crop box."""
        media, crop = Box(*self.handle.get_mediabox()), Box(*self.handle.get_cropbox())
        return Box(
            max(media.left, crop.left),
            max(media.bottom, crop.bottom),
            min(media.right, crop.right),
            min(media.top, crop.top),
        )

    def character_box(self, at: int) -> Box:
        """The rectangle that a character's ink fills."""
        return Box(*self._characters.box(at))

    def size(self, at: int) -> float:
        """A character's font size as it shows, in points."""
        shown = self._shown[at]
        return self._characters.size(at) if shown is None else shown.size

    def painted(self, at: int) -> bool:
        """Whether a character is filled, and not only there to be searched or to clip; ISO 32000-1, 9.3.6."""
        shown = self._shown[at]
        return shown is not None and shown.painted

    @cached_property
    def _shown(self) -> list[Shown | None]:
        """What shows each character, and how; None where nothing does."""
        return self._characters.shown(len(self.text))

    def run(self, at: int) -> list[int]:
        """Places of all characters that are marked as one with the one at a place."""
        mcid = self._mcid(at)
        return [at] if mcid is None else self.marked.get(mcid, [at])

    @cached_property
    def content(self) -> list[int]:
        """Places of the characters that are real content: neither page furniture nor note marks above the line."""
        raised = self.raised
        return [
            at
            for at, (letter, shown) in enumerate(zip(self.text, self._shown, strict=True))
            if (letter.isspace() if shown is None else shown.mcid >= 0) and not (letter.isdecimal() and raised(at))
        ]

    def is_content(self, at: int) -> bool:
        """Whether a character is the document's and not the page's, as running heads are; ISO 32000-1, 14.8.2.2."""
        mcid = self._mcid(at)
        return self.text[at].isspace() if mcid is None else mcid >= 0

    def _mcid(self, at: int) -> int | None:
        """The marked content that a character is in, negative where it is in none; None where nothing shows it."""
        shown = self._shown[at]
        return None if shown is None else shown.mcid

    @cached_property
    def marked(self) -> dict[int, list[int]]:
        """Places of the characters of each run of marked content but for note marks, by MCID."""
        found: dict[int, list[int]] = {}
        for at in range(len(self.text)):
            mcid = self._mcid(at)
            if mcid is not None and mcid >= 0 and not self.raised(at):
                found.setdefault(mcid, []).append(at)
        return found

    def raised(self, at: int) -> bool:
        """Whether a character is of a note's mark: a digit smaller than what stands before it, also than a digit."""
        if not self.text[at].isdecimal():
            return False
        size = self.size(at)
        for place in range(at - 1, -1, -1):
            # words of a picture that decorates may be of any size
            if self.text[place].isspace() or not self.is_content(place):
                continue
            before = self.size(place)
            if size < MARK * before:
                return True
            if before < MARK * size or not self.text[place].isdecimal():
                return False
        return False

    @cached_property
    def foot(self) -> float:
        """How far down the page's content reaches, in points from its bottom, page furniture apart."""
        return min((box.bottom for box in self.inked.values()), default=self.media_box.top)

    def reaches(self, low: float) -> bool:
        """Whether the page's content comes down to a height in points from its bottom; the last characters tell soonest."""
        return any(
            self.is_content(at) and self.character_box(at).bottom <= low and not self.raised(at)
            for at in range(len(self.text) - 1, -1, -1)
            if not self.text[at].isspace()
        )

    @cached_property
    def inked(self) -> dict[int, Box]:
        """The rectangles that the ink of the page's content fills, by the place of each character."""
        return {at: self.character_box(at) for at in self.content if not self.text[at].isspace()}

    def words(self, places: Iterable[int]) -> Iterator[tuple[int, int]]:
        """The words at these places, as first and last place of each."""
        start = last = -2
        for at in places:
            if start >= 0 and (at != last + 1 or self.text[at].isspace()):
                yield start, last
                start = -2
            if start < 0 and not self.text[at].isspace():
                start = at
            last = at
        if start >= 0:
            yield start, last

    def word_box(self, first: int, last: int) -> Box:
        """The rectangle that a word's ink fills."""
        box = self._characters.box
        return around([box(at) for at in range(first, last + 1)])

    def shared_box(self, first: int, last: int) -> Box:
        """The rectangle in which the ink of a word lies that PDFium cannot place itself.

        What a run is spelled as (ISO 32000-1, 14.9.4) is spread evenly over one rectangle, a slice for each character.
        """
        while first > 0 and self._sliced(first) and self._sliced(first - 1) and self._touch(first - 1, first):
            first -= 1
        end = len(self.text) - 1
        while last < end and self._sliced(last) and self._sliced(last + 1) and self._touch(last, last + 1):
            last += 1
        return self.word_box(first, last)

    def _sliced(self, at: int) -> bool:
        return self.character_box(at) == Box(*self._characters.loose_box(at))

    def _touch(self, at: int, after: int) -> bool:
        one, other = self.character_box(at), self.character_box(after)
        return one[1::2] == other[1::2] and abs(one.right - other.left) < SLICE_SLACK

    def sizes(self) -> Counter[float]:
        """How many characters the page shows in each font size, in points to one decimal."""
        found = Counter[float]()
        for thing in self.objects.texts:
            found[round(thing.size, 1)] += thing.units
        return found

    @cached_property
    def painted_paths(self) -> list[Box]:
        """Where lines and areas are painted in anything but white."""
        return [Box(*bounds) for bounds in self.objects.painted_paths]

    def close(self) -> None:
        """Give the page back to PDFium."""
        self._text.close()
        self.handle.close()
