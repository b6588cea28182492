"""A book on paper: its pieces in the order in which they are bound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from pipeline.model.publication import Publication
from pipeline.model.volume import Volume
from pipeline.render.book import BookMatter
from pipeline.render.document import chapter_tree, furnish
from pipeline.render.elements import Element, class_names


def book_trees(publication: Publication, volume: Volume) -> list[Element]:
    """Cover, title page, imprint, contents, safety information; parts with their chapters; sources, index, colophon."""
    trees = list(_trees(publication, volume))
    ids = {each.get("id") for tree in trees for each in tree.iter()}
    for tree in trees:
        for link in tree.iter("a"):
            place = unquote(link.get("href", "").removeprefix("#"))
            if link.get("href", "").startswith("#") and place in ids and not link.get("role"):
                # what page that is, the style sheet looks up by the id as it is written
                link.set("data-to", f"#{place}")
    return trees


def _trees(publication: Publication, volume: Volume) -> Iterator[Element]:
    matter = BookMatter(publication, volume, "print")
    chapters = {chapter.slug: chapter for chapter in publication.chapters}
    yield matter.cover()
    yield from _bound(
        matter, (matter.title_page(), matter.imprint(), matter.contents(), matter.safety()), "front-matter"
    )
    for number, part in enumerate(volume.parts, 1):
        yield from _bound(matter, [matter.part(number)], "opens-text" if number == 1 else "opens-part")
        yield from (chapter_tree(publication, chapters[slug], "print") for slug in part.chapters)
    yield from _bound(matter, (matter.sources(), matter.exercises(), matter.colophon()), "back-matter")


def _bound(matter: BookMatter, pieces: Iterable[Element | None], place: str) -> Iterator[Element]:
    for piece in pieces:
        if piece is not None:
            piece.set("class", class_names(piece.get("class"), place))
            furnish(piece, matter.publication, matter.labels)
            yield piece
