"""A book on the web: a page with title, contents and safety information, a page a chapter, and one for what stands behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from pipeline.export.format import BOOKS, output_path
from pipeline.export.html.assets import ASSETS, look, pictures, stylesheet_url
from pipeline.export.html.policy import policy
from pipeline.model.article import Person
from pipeline.model.proof import OutputFile
from pipeline.model.publication import Publication
from pipeline.model.volume import Volume
from pipeline.publication import people
from pipeline.publication.links import chapter_page
from pipeline.render.book import FILES, BookMatter
from pipeline.render.document import chapter_tree, page
from pipeline.render.elements import Element, element

UP = "../"
"""All books share what lies in ``assets/`` beside their folders."""
STYLE = "book-screen.css"
START = FILES["title"][0]
BACK = FILES["about"][0]


@dataclass(frozen=True, slots=True)
class _Page:
    name: str
    title: str
    description: str
    language: str
    authors: Sequence[Person]
    tree: Element


def book_pages(publication: Publication, volume: Volume) -> list[OutputFile]:
    """The book's own page first, then its chapters and what they need beside them. Raises ExportError."""
    matter = BookMatter(publication, volume, "screen", UP + ASSETS)
    made = [_opening(publication, volume, matter), *_chapters(publication), _closing(publication, volume, matter)]
    for number, each in enumerate(made):
        each.tree.append(_ways(matter, made[number - 1] if number else None, *made[number + 1 : number + 2]))
    shown = {
        unquote(image.get("src", "")).removeprefix(UP + ASSETS) for each in made for image in each.tree.iter("img")
    }
    shown.add(publication.imprint.logo)
    used = [picture for path, picture in publication.pictures.items() if path in shown]
    folder = output_path(publication, "html", ".html").removesuffix(START)
    pages = (OutputFile(folder + each.name, "text/html", _written(publication, each)) for each in made)
    assets = look(publication.theme, publication.imprint.colour, BOOKS, (STYLE,))
    return [*pages, *assets, *pictures(used, BOOKS)]


def _opening(publication: Publication, volume: Volume, matter: BookMatter) -> _Page:
    pieces = [matter.title_page(), element("p", volume.description, class_="description"), matter.contents()]
    tree = element("article", *_there([*pieces, matter.safety(), matter.imprint()]), class_="book")
    tree.set("aria-labelledby", "_title")
    return _Page(START, publication.title, volume.description, publication.language, people(publication), tree)


def _chapters(publication: Publication) -> Iterator[_Page]:
    for chapter in publication.chapters:
        tree = chapter_tree(publication, chapter, "screen", pictures_at=UP + ASSETS)
        title = f"{chapter.title} – {publication.title}"
        yield _Page(chapter_page(chapter.slug), title, chapter.description, chapter.language, chapter.authors, tree)


def _closing(publication: Publication, volume: Volume, matter: BookMatter) -> _Page:
    there = (("sources", volume.works), ("index_of_exercises", volume.exercises), ("about_edition", True))
    name = " · ".join(matter.labels(key) for key, wanted in there if wanted)
    line = element("p", element("a", publication.title, href=START), class_="number")
    head = element("header", line, element("h1", name, id="_title"), class_="masthead")
    pieces = [head, matter.sources(), matter.exercises(), matter.colophon()]
    tree = element("article", *_there(pieces), class_="book", aria_labelledby="_title")
    title = f"{name} – {publication.title}"
    return _Page(BACK, title, volume.description, publication.language, people(publication), tree)


def _there(pieces: Iterable[Element | None]) -> Iterator[Element]:
    return (piece for piece in pieces if piece is not None)


def _ways(matter: BookMatter, before: _Page | None, after: _Page | None = None) -> Element:
    """Links to the pages before and after, and to the contents."""
    made = element("nav", class_="book-ways", aria_label=matter.publication.title)
    rows = element("ul")
    for sign, each, rel in (("←", before, "prev"), ("→", after, "next")):
        if each is not None:
            words = each.title.removesuffix(f" – {matter.publication.title}")
            arrow = element("span", sign, class_="arrow", aria_hidden="true")
            rows.append(element("li", element("a", arrow, f" {words}", href=quote(each.name), rel=rel), class_=rel))
    made.append(rows)
    return made


def _written(publication: Publication, made: _Page) -> bytes:
    return page(
        publication,
        [made.tree],
        "screen",
        stylesheets=[UP + stylesheet_url(publication.theme)],
        title=made.title,
        language=made.language,
        head=list(_head(publication, made)),
        body_class="kind-book",
    )


def _head(publication: Publication, made: _Page) -> Iterator[Element]:
    yield from policy()
    yield element("meta", name="referrer", content="strict-origin-when-cross-origin")
    if made.description:
        yield element("meta", name="description", content=made.description)
    yield from (element("meta", name="author", content=each.name) for each in made.authors)
    yield element("meta", name="edition", content=publication.edition)
    yield element("meta", name="theme-color", content=publication.imprint.colour)
    name = "" if made.name == START else quote(made.name)
    url = f"{publication.imprint.url.rstrip('/')}/{BOOKS}/{publication.slug}/{name}"
    yield element("link", rel="canonical", href=url)
    if publication.imprint.logo in publication.pictures:
        logo = publication.pictures[publication.imprint.logo]
        yield element("link", rel="icon", href=UP + ASSETS + quote(logo.path), type=logo.media_type)
