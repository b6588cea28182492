"""One required text in a finished PDF: where it stands, and what keeps readers from it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain

from pipeline.export.pdf.proof.document import BOX, Document
from pipeline.export.pdf.proof.ink import contrasts
from pipeline.export.pdf.proof.pages import Page
from pipeline.export.pdf.proof.places import Box, Place, around
from pipeline.export.pdf.proof.spelling import spelled
from pipeline.export.pdf.proof.words import occurrences, says_nothing, squeeze

CONTRAST = 4.5
"""WCAG 2.2, 1.4.3, for text of any size."""

CONTRAST_SLACK = 0.05
"""How far the contrast of a rendered page is off, its light being measured in 255 steps."""

SIZE_SLACK = 0.15
"""Points by which sizes may differ that are meant to be the same."""

FRAME_DISTANCE = 72.0
"""Points within which a box's border runs above, below and left of its text."""

SIDES = frozenset({"left", "right", "top", "bottom"})

MOST_OF_PAGE = 0.97
"""A border as wide and as high as this share of the page frames the page and not the text."""


NOWHERE = Box(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one page's text."""

    page: Page
    places: list[int]
    """Of its characters."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a required text stands."""

    start: Place
    """Its first line."""
    end: Place
    """Its last line."""
    faults: tuple[str, ...]
    """What keeps it from being read, each as the end of a sentence that starts with the notice."""
    box: Box = NOWHERE
    """What its words fill on the page where it starts."""


def examine(document: Document, texts: Iterable[str]) -> list[Finding]:
    """Every place where one of the texts stands, in page order; a text may run on over a page break."""
    found: list[Finding] = []
    for text in texts:
        found.extend(_finding(document, parts) for parts in _places(document, text))
    return sorted(found, key=lambda each: (each.start.page, -each.start.y))


def _places(document: Document, text: str) -> list[list[Part]]:
    found = [
        [Part(page, [at for at in range(first, last + 1) if page.is_content(at)] or list(range(first, last + 1)))]
        for page in document.pages
        for first, last in occurrences(page.squeezed, text)
    ]
    if document.chapters:
        # a book says the same in several chapters, and one of its boxes may run on over a page break
        found += [parts for parts in _across_pages(document, text) if len(parts) > 1]
    return found or list(_across_pages(document, text)) or list(_as_spelled(document, text))


def _across_pages(document: Document, text: str) -> Iterator[list[Part]]:
    """Look in the document's content as one text, without page furniture and note marks."""
    places, whole = document.content
    for first, last in occurrences(whole, text):
        yield _parts((page, at) for page, at in places[first : last + 1] if at >= 0)


def _as_spelled(document: Document, text: str) -> Iterator[list[Part]]:
    """Look once more in the words as the tags spell them; what stands there is all that shows them."""
    words, places = spelled(document)
    for first, last in occurrences(squeeze(words), text):
        shown = dict.fromkeys(
            (page, at) for page, start in places[first : last + 1] for at in document.pages[page].run(start)
        )
        yield _parts((document.pages[page], at) for page, at in sorted(shown))


def _parts(places: Iterable[tuple[Page, int]]) -> list[Part]:
    parts: list[Part] = []
    for page, at in places:
        if parts and parts[-1].page is page:
            parts[-1].places.append(at)
        else:
            parts.append(Part(page, [at]))
    return parts


def _finding(document: Document, parts: list[Part]) -> Finding:
    faults: list[str] = []
    boxes: list[Box] = []
    for part in parts:
        words = list(part.page.words(part.places))
        inked = [part.page.word_box(*word) for word in words]
        whole = around(inked)
        boxes.append(whole)
        faults.extend(_faults(document, part, words, inked, whole))
        cut = {"top"} if part is not parts[0] else set()
        cut |= {"bottom"} if part is not parts[-1] else set()
        if not any(framed(part.page, box, cut) for box in chain([whole], _from_heads(document, part.page, whole))):
            faults.append("stands in no bordered box; put a border around it")
    start = Place(parts[0].page.number, boxes[0].top)
    last = boxes[-1]
    end = Place(parts[-1].page.number, last.bottom, last.left, last.right)
    return Finding(start, end, tuple(dict.fromkeys(faults)), boxes[0])


def _from_heads(document: Document, page: Page, text: Box) -> Iterator[Box]:
    """A text with what stands above it in its box, whose heading and first words may have a high picture between them."""
    for _, head in document.places(BOX):
        if head.page == page.number and head.y > text.top:
            yield text._replace(top=head.y)


def _faults(
    document: Document, part: Part, words: list[tuple[int, int]], inked: list[Box], whole: Box
) -> Iterator[str]:
    page = part.page
    characters = [at for first, last in words for at in range(first, last + 1)]
    if not all(page.painted(at) for at in characters):
        yield "is there to be searched but is not painted; print it as ordinary text"
    if not whole.inside(page.media_box):
        yield "runs off the page; give it room within the margins"
    smallest = min((page.size(at) for at in characters if not page.raised(at)), default=0.0)
    if smallest < document.body_size - SIZE_SLACK:
        yield (
            f"is set in {smallest:.1f} pt where the text is {document.body_size:.1f} pt; "
            "set it at least as large as the text"
        )
    lowest = _lowest_contrast(page, words, inked)
    if lowest < CONTRAST - CONTRAST_SLACK:
        yield (
            f"has words with a contrast of {lowest:.1f}:1 on the printed page, so it is faint or covered; "
            f"give it at least {CONTRAST}:1"
        )


def _lowest_contrast(page: Page, words: list[tuple[int, int]], inked: list[Box]) -> float:
    """Of the words that have a letter or digit; 1.0 where none has."""
    spoken = [
        (word, box)
        for word, box in zip(words, inked, strict=True)
        if any(map(str.isalnum, page.text[word[0] : word[1] + 1]))
    ]
    found = contrasts(page, [box for _, box in spoken])
    faint = [word for (word, _), contrast in zip(spoken, found, strict=True) if contrast < CONTRAST - CONTRAST_SLACK]
    clear = [contrast for contrast in found if contrast >= CONTRAST - CONTRAST_SLACK]
    return min([*clear, *contrasts(page, [page.shared_box(*word) for word in faint])], default=1.0)


def framed(page: Page, text: Box, cut: Collection[str] = ()) -> bool:
    """Whether lines or a tinted area run around a text on the sides that a box has, but for where a page's end cuts it."""
    if "top" in cut and page.painted_paths:
        # WeasyPrint may put the number of an item that starts a page a line above it
        text = text._replace(top=min(text.top, max(path.top for path in page.painted_paths)))
    # Nearly all boxes are told by the distance; what lies between costs a look at every character of the page.
    return _sides(page, text, lambda low, high: high - low <= FRAME_DISTANCE) >= SIDES - set(cut) or (
        _sides(page, text, partial(_near, page)) >= SIDES - set(cut)
    )


def _sides(page: Page, text: Box, near: Callable[[float, float], bool]) -> set[str]:
    """The sides of a text on which something is painted."""
    media = page.media_box
    sides = dict.fromkeys(SIDES, False)
    for path in page.painted_paths:
        if path.right - path.left > MOST_OF_PAGE * (media.right - media.left) and (
            path.top - path.bottom > MOST_OF_PAGE * (media.top - media.bottom)
        ):
            continue
        beside = path.bottom <= text.bottom + 1 and path.top >= text.top - 1
        along = path.left <= text.left + 1 and path.right >= text.right - 1
        sides["left"] |= beside and text.left - FRAME_DISTANCE <= path.left <= text.left + 1
        sides["right"] |= beside and path.right >= text.right - 1
        sides["top"] |= along and path.top >= text.top - 1 and near(text.top, path.top)
        sides["bottom"] |= along and path.bottom <= text.bottom + 1 and near(path.bottom, text.bottom)
    return {side for side, found in sides.items() if found}


def foot(page: Page, end: Place) -> float:
    """Where the lowest border around a text that ends here runs, pictures below its words included."""
    borders = (
        path.bottom
        for path in page.painted_paths
        if path.bottom <= end.y + 1 and path.left <= end.left + 1 and path.right >= end.right - 1
    )
    return min((each for each in borders if _near(page, each, end.y)), default=end.y)


def _near(page: Page, low: float, high: float) -> bool:
    """Whether a border and a text stand near each other, or apart by nothing but pictures and the numbers of their items."""
    if high - low <= FRAME_DISTANCE:
        return True
    between = (at for at, box in page.inked.items() if box.bottom >= low + 1 and box.top <= high - 1)
    return says_nothing("".join(page.text[at] for at in between))
