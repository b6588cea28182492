"""One publication as a web page that works without scripts, without a server and without anything from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.export.html.assets import ASSETS, FOLDER, look, pictures, stylesheet_url
from pipeline.export.html.book import book_pages
from pipeline.export.html.head import head
from pipeline.export.html.newsletter import newsletter_page
from pipeline.export.html.standalone import enclose, style
from pipeline.model.proof import OutputFile
from pipeline.model.publication import Picture, Publication
from pipeline.render.document import chapter_tree, page
from pipeline.render.elements import Element


def export(publication: Publication) -> list[OutputFile]:
    """The page first, then what it needs beside it: style sheet, fonts, pictures. Raises ExportError."""
    if publication.issue:
        return newsletter_page(publication, publication.issue)
    if publication.volume:
        return book_pages(publication, publication.volume)
    trees = [chapter_tree(publication, chapter, "screen") for chapter in publication.chapters]
    if publication.standalone:
        return [_finished(publication, _standalone(publication, trees))]
    used = list(_pictures(publication, trees))
    data = page(
        publication,
        trees,
        "screen",
        stylesheets=[stylesheet_url(publication.theme)],
        head=head(publication),
    )
    main = _finished(publication, data)
    return [main, *look(publication.theme, publication.imprint.colour), *pictures(used)]


def _finished(publication: Publication, data: bytes) -> OutputFile:
    return OutputFile(f"{FOLDER}/{publication.slug}.html", "text/html", data)


def _standalone(publication: Publication, trees: list[Element]) -> bytes:
    inside = style(publication.theme, publication.imprint.colour, trees)
    about = head(publication, inside)
    enclose([*about, *trees], publication.pictures, publication.imprint.url)
    return page(publication, trees, "screen", head=about)


def _pictures(publication: Publication, trees: list[Element]) -> Iterator[Picture]:
    """The pictures that the page shows or names as its cover, each once."""
    from urllib.parse import unquote

    shown = {unquote(image.get("src", "")) for tree in trees for image in tree.iter("img")}
    covers = {chapter.cover for chapter in publication.chapters}
    for path, picture in publication.pictures.items():
        if ASSETS + path in shown or path in covers:
            yield picture
