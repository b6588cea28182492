"""Tables that have room for their words, so that none is broken, and tables that have not, so that none runs off the page."""

from __future__ import annotations

from pipeline.render.elements import Element, class_names

ROOM = 29
"""Width of a box's inside on the smallest paper, and of a page on a small screen, in rem."""
LEVEL = 1.5
"""What a list or a quotation takes of it."""
LETTER = 0.62
"""Width of a letter in bold type, on average, in rem; wide letters are among those of short words as well."""
GAP = 0.75
"""Between two columns."""

BOXED = ".//*[contains(@class, 'disclaimer')]//table"
LEVELS = ("li", "blockquote")


def keep_words_whole(tree: Element) -> None:
    """On paper, mark tables in boxes: as ``even-columns``, which no word can widen, where words have no room.

    Those deep in a box, where each column has room for its longest word, are ``whole-words``.
    """
    for table in tree.xpath(BOXED):
        if not _has_room(table):
            table.set("class", class_names(table.get("class"), "even-columns"))
        elif next(table.iterancestors(*LEVELS), None) is not None and next(table.iter("img"), None) is None:
            table.set("class", class_names(table.get("class"), "whole-words"))


def let_words_break(tree: Element) -> None:
    """In an e-book, where nothing scrolls sideways, mark tables as ``broken-words`` that are too wide otherwise."""
    for table in tree.iter("table"):
        if not _has_room(table):
            table.set("class", class_names(table.get("class"), "broken-words"))


def _has_room(table: Element) -> bool:
    longest: dict[int, int] = {}
    for row in table.iter("tr"):
        for column, cell in enumerate(row):
            words = "".join(cell.itertext()).split()
            longest[column] = max(longest.get(column, 0), *map(len, words), 0)
    least = sum(longest.values()) * LETTER + len(longest) * GAP
    return least <= ROOM - LEVEL * sum(1 for _ in table.iterancestors(*LEVELS))
