"""Tables that have room for their words, so that none is broken, and tables that have not, so that none runs off the page."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.render.elements import Element, class_names


class Page(NamedTuple):
    """What there is room for, all in rem."""

    room: float
    letter: float
    """Width of a letter of ASCII in bold type, on average."""
    other: float
    """That of any other, which may be of another font."""
    boxes: float
    """What a box takes."""


PAPER = Page(room=28.25, letter=0.62, other=0.62, boxes=0)
"""The inside of a box on the smallest paper, and a page of an e-reader; wide letters are among those of short words as well."""
SMALL = Page(room=18.4, letter=0.5, other=0.8, boxes=2.7)
"""A screen of 320 pixels, less its margins. Estimates were held against what Chromium needs for 433 tables: none was too low."""
LEVEL = 1.5
"""What a list or a quotation takes of it."""
GAP = 0.75
"""Between two columns."""

BOXED = ".//*[contains(@class, 'disclaimer')]//table"
BOXES = "ancestor::*[contains(@class, 'disclaimer') or contains(@class, 'part-key-points')]"
LEVELS = ("li", "blockquote")


def keep_words_whole(tree: Element) -> None:
    """On paper, mark tables in boxes: as ``even-columns``, which no word can widen, where words have no room.

    Those deep in a box, where each column has room for its longest word, are ``whole-words``.
    """
    for table in tree.xpath(BOXED):
        if not _has_room(table, PAPER):
            table.set("class", class_names(table.get("class"), "even-columns"))
        elif next(table.iterancestors(*LEVELS), None) is not None and next(table.iter("img"), None) is None:
            table.set("class", class_names(table.get("class"), "whole-words"))


def let_words_break(tree: Element) -> None:
    """In an e-book, where nothing scrolls sideways, mark tables that are too wide otherwise.

    They are ``broken-words``, or ``broken-words-if-small`` where that is so on small screens only.
    """
    for table in tree.iter("table"):
        if not _has_room(table, PAPER):
            table.set("class", class_names(table.get("class"), "broken-words"))
        elif not _has_room(table, SMALL):
            table.set("class", class_names(table.get("class"), "broken-words-if-small"))


def _has_room(table: Element, page: Page) -> bool:
    longest: dict[int, float] = {}
    for row in table.iter("tr"):
        for column, cell in enumerate(row):
            words = "".join(cell.itertext()).split()
            longest[column] = max(longest.get(column, 0), *(_width(word, page) for word in words), 0)
    least = sum(longest.values()) + (len(longest) - 1) * GAP
    levels = sum(1 for _ in table.iterancestors(*LEVELS))
    return least <= page.room - LEVEL * levels - page.boxes * len(table.xpath(BOXES))


def _width(word: str, page: Page) -> float:
    latin = sum(map(str.isascii, word))
    return latin * page.letter + (len(word) - latin) * page.other
