"""A book on paper: the sheets that are set apart, each for itself, and the order in which they are bound.

A chapter is a sheet, so that it is set anew only when it changes itself. What stands before the text is another, and all
that stands between and behind the chapters a third.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from pipeline.model.publication import Publication
from pipeline.model.volume import Volume
from pipeline.render.book import BookMatter
from pipeline.render.document import chapter_tree, furnish
from pipeline.render.elements import Element, class_names

FRONT = "_front"
REST = "_rest"
"""Names of the sheets that are no chapters; no slug starts so."""

ELSEWHERE = "elsewhere:"
"""Scheme of a link to a place on another sheet, until the book is bound."""


HERE = "i"
"""Stands for the numbers of the front matter's own pages, which are Roman and which the style sheet knows."""

WIDEST = "0"
"""The digit that stands for others where dots lead to them, so that there is room for any."""
ROOM = 3
"""So many digits stand there, however many there will be: a book of more than 999 pages is set anew."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is set together."""

    name: str
    """A chapter's slug, or one of those above."""
    trees: tuple[Element, ...]
    ids: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Leaf:
    """What is bound together: a whole sheet, or one of its trees."""

    sheet: str
    tree: int | None = None


def sheets(publication: Publication, volume: Volume, apart: Publication) -> list[Sheet]:
    """Cover to safety information; parts, sources, index and colophon; and each chapter, as ``apart`` has the book."""
    matter = BookMatter(publication, volume, "print")
    front = [matter.cover()]
    front += _bound(matter, (matter.title_page(), matter.imprint(), matter.contents(), matter.safety()), "front-matter")
    rest: list[Element] = []
    for number in range(1, len(volume.parts) + 1):
        rest += _bound(matter, [matter.part(number)], "opens-text" if number == 1 else "opens-part")
    rest += _bound(matter, (matter.sources(), matter.exercises(), matter.colophon()), "back-matter")
    chapters = (_sheet(chapter.slug, [chapter_tree(apart, chapter, "print")]) for chapter in publication.chapters)
    return [_sheet(FRONT, front), _sheet(REST, rest), *chapters]


def order(volume: Volume, made: Iterable[Sheet]) -> list[Leaf]:
    """The leaves of a book from the first to the last."""
    rest = next(len(sheet.trees) for sheet in made if sheet.name == REST)
    leaves = [Leaf(FRONT)]
    for number, part in enumerate(volume.parts):
        leaves += [Leaf(REST, number), *(Leaf(slug) for slug in part.chapters)]
    return leaves + [Leaf(REST, number) for number in range(len(volume.parts), rest)]


def refer(sheet: Sheet, numbers: Mapping[str, str]) -> None:
    """Have every link of a sheet say the page of the place that it leads to, as ``numbers`` has it by id."""
    for link in (link for tree in sheet.trees for link in tree.iter("a")):
        href = link.get("href", "")
        place = unquote(href[1:]) if href.startswith("#") else ""
        if place not in numbers or link.get("role"):
            continue
        number = numbers[place]
        if sheet.name == FRONT and place in sheet.ids:
            link.set("data-page", HERE)
            continue
        link.set("data-to", place)
        if sheet.name in {FRONT, REST} and number.isdecimal():
            number = WIDEST * max(len(number), ROOM)
        link.set("data-page", number)
        if place not in sheet.ids:
            link.set("href", ELSEWHERE + quote(place))


def _sheet(name: str, trees: list[Element]) -> Sheet:
    ids = (each.get("id") for tree in trees for each in tree.iter())
    return Sheet(name, tuple(trees), frozenset(each for each in ids if each))


def _bound(matter: BookMatter, pieces: Iterable[Element | None], place: str) -> Iterator[Element]:
    for piece in pieces:
        if piece is not None:
            piece.set("class", class_names(piece.get("class"), place))
            furnish(piece, matter.publication, matter.labels)
            yield piece
