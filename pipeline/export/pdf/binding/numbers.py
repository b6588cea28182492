"""Page numbers of a book whose sheets are set apart: guessed first, then known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.export.pdf.book import FRONT, REST, Leaf, Sheet
from pipeline.render.book import START

LETTERS_A_PAGE = {"A4": 3200, "Letter": 3200, "A5": 1500}
"""About so many; a guess."""

STANDING = "2"
"""The digit that stands for others: in the text's face it is about as wide as digits are on the whole."""

ROMAN_STANDING = "vii"
"""The page on which safety information starts in most books."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a sheet, or guessed."""

    pages: int
    places: Mapping[str, int]
    """Ids, and the index of the sheet's page that each is on."""
    blank: frozenset[int]
    """Indices of pages that hold nothing."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Which pages of a sheet a leaf takes."""

    leaf: Leaf
    first: int
    count: int
    places: Mapping[str, int]
    """Ids on these pages, and the index of the sheet's page that each is on."""


def guessed(sheet: Sheet, paper: str) -> tuple[int, dict[str, int]]:
    """About how many pages a sheet takes, and about where its places are on them."""
    places: dict[str, int] = {}
    letters = page = 0
    for tree in sheet.trees:
        page += page % 2 if sheet.name == REST else 0
        letters = page * LETTERS_A_PAGE[paper]
        for each in tree.iter():
            if id_ := each.get("id"):
                places[id_] = letters // LETTERS_A_PAGE[paper]
            letters += len(each.text or "") + len(each.tail or "")
        page = letters // LETTERS_A_PAGE[paper] + 1
    return page, places


def extents(leaves: Iterable[Leaf], made: Mapping[str, Sheet], known: Mapping[str, Known]) -> list[Extent]:
    """What each leaf takes; ``made`` and ``known`` are by the sheet's name."""
    found = []
    for leaf in leaves:
        sheet = known[leaf.sheet]
        first, end = 0, sheet.pages
        if leaf.tree is not None:
            starts = [sheet.places[str(tree.get("aria-labelledby"))] for tree in made[leaf.sheet].trees]
            first = starts[leaf.tree]
            end = next(iter(starts[leaf.tree + 1 :]), sheet.pages)
            while end - 1 in sheet.blank:
                end -= 1
        inside = {id_: page for id_, page in sheet.places.items() if first <= page < end}
        found.append(Extent(leaf, first, end - first, inside))
    return found


def opens_at(found: Sequence[Extent]) -> list[int]:
    """Index of the book's page on which each leaf opens: always a right one."""
    starts, page = [], 0
    for extent in found:
        page += page % 2
        starts.append(page)
        page += extent.count
    return starts


def counted(found: Sequence[Extent]) -> dict[str, str]:
    """The number of the page that each place is on: the text starts on page 1, what is before it has Roman numerals."""
    starts = opens_at(found)
    text = next(at for at, extent in zip(starts, found, strict=True) if START in extent.places)
    numbers = {}
    for start, extent in zip(starts, found, strict=True):
        for id_, page in extent.places.items():
            index = start + page - extent.first
            numbers[id_] = roman(index + 1) if extent.leaf.sheet == FRONT else str(index - text + 1)
    return numbers


def roman(number: int) -> str:
    """A number in small Roman numerals."""
    made = ""
    for letters, value in (
        ("m", 1000), ("cm", 900), ("d", 500), ("cd", 400), ("c", 100), ("xc", 90),
        ("l", 50), ("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1),
    ):  # fmt: skip
        made += letters * (number // value)
        number %= value
    return made


def standing(number: str) -> str:
    """What stands for a number while a sheet is set: as many digits, or a Roman numeral of the usual length."""
    return STANDING * len(number) if number.isdecimal() else ROMAN_STANDING
