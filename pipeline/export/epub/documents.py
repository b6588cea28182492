"""The documents that a book is made of, in reading order: cover, title page, safety information, chapters, colophon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from pipeline.export.epub.cover import Cover, drawing, own_cover
from pipeline.export.epub.pictures import MARK
from pipeline.locales import Locale, load_locale
from pipeline.model.nodes import Disclaimer
from pipeline.model.publication import Chapter, Publication
from pipeline.model.volume import Volume
from pipeline.model.walk import block_lines, find
from pipeline.publication import people
from pipeline.render.blocks import blocks
from pipeline.render.book import BookMatter, without
from pipeline.render.document import chapter_tree
from pipeline.render.elements import EPUB_TYPE, Element, element
from pipeline.render.matter import back, publisher_line
from pipeline.render.scene import open_scene


@dataclass(frozen=True, slots=True)
class Document:
    """One XHTML document before it is written."""

    name: str
    """Of the file in ``text/``. Those that are no chapter have an underscore, which no slug has."""
    title: str
    language: str
    tree: Element
    landmark: str = ""
    """``epub:type`` of its place among the landmarks; empty where it has none."""
    chapter: Chapter | None = None
    within: str = ""
    """Name of the document of the part that it belongs to; empty for all others."""

    @property
    def href(self) -> str:
        """Its path in the package."""
        return f"text/{self.name}"


def documents(publication: Publication, cover: Cover) -> list[Document]:
    """All documents in reading order, pictures still under their paths below ``content/``."""
    locale = load_locale(publication.language)
    if publication.volume:
        return [_cover_page(publication, cover, locale), *_volume(publication, publication.volume, locale)]
    made = [_cover_page(publication, cover, locale), _title_page(publication, locale)]
    boxes = list(_all_boxes(publication))
    if boxes:
        made.append(_safety_information(publication, locale))
    made += [_chapter(publication, chapter) for chapter in publication.chapters]
    made.append(_colophon(publication, locale))
    return made


def _volume(publication: Publication, volume: Volume, locale: Locale) -> Iterator[Document]:
    """A book's documents but for the cover: parts stand before their chapters."""
    matter = BookMatter(publication, volume, "epub", MARK)
    chapters = {chapter.slug: chapter for chapter in publication.chapters}

    def piece(name: str, label: str, tree: Element | None, landmark: str = "") -> Iterator[Document]:
        if tree is not None:
            name = matter.address(name).rpartition("#")[0]
            yield Document(name, locale.text(label), publication.language, tree, landmark)

    yield from piece("title", "title_page", matter.title_page(), "titlepage")
    yield from piece("imprint", "imprint", matter.imprint())
    yield from piece("safety", "safety_information", matter.safety(), "frontmatter")
    for number, part in enumerate(volume.parts, 1):
        opening = f"part_{number}.xhtml"
        kind = "bodymatter" if number == 1 else ""
        yield Document(opening, part.title, publication.language, matter.part(number), kind)
        yield from (_chapter(publication, chapters[slug], opening) for slug in part.chapters)
    yield from piece("sources", "sources", matter.sources(), "bibliography")
    yield from piece("exercises", "index_of_exercises", matter.exercises(), "index")
    yield from piece("about", "about_edition", matter.colophon(), "colophon")


def _cover_page(publication: Publication, cover: Cover, locale: Locale) -> Document:
    if own := own_cover(publication):
        shown = element("img", src=MARK + quote(own.path), alt=cover.label, role="doc-cover")
    else:
        shown = drawing(cover)
    tree = element("section", shown, class_="cover")
    tree.set(EPUB_TYPE, "cover")
    tree.set("aria-label", locale.text("cover"))
    return Document("cover_page.xhtml", locale.text("cover"), publication.language, tree, "cover")


def _title_page(publication: Publication, locale: Locale) -> Document:
    scene = open_scene(publication, publication.chapters[0], "epub", MARK)
    tree = element("section", publisher_line(scene), class_="title-page")
    tree.append(element("h1", publication.title, id="title"))
    if len(publication.chapters) == 1 and publication.chapters[0].subtitle:
        tree.append(element("p", publication.chapters[0].subtitle, class_="subtitle", role="doc-subtitle"))
    if names := author_names(publication):
        tree.append(element("p", locale.text("by", names="; ".join(names)), class_="byline"))
    tree.append(element("p", locale.text("edition", edition=publication.edition), class_="edition"))
    tree.set(EPUB_TYPE, "titlepage")
    tree.set("aria-labelledby", "title")
    return Document("title_page.xhtml", locale.text("title_page"), publication.language, tree, "titlepage")


def author_names(publication: Publication) -> list[str]:
    """Who wrote or edited it, each once."""
    return list(dict.fromkeys(person.name for person in people(publication)))


def _all_boxes(publication: Publication) -> Iterator[tuple[Chapter, Disclaimer]]:
    """Every disclaimer of the book with its chapter; the same wording only once."""
    seen = set()
    for chapter in publication.chapters:
        for box in find((*chapter.front, *chapter.body), Disclaimer):
            key = (box.kind, box.title, *block_lines(box.blocks))
            if key not in seen:
                seen.add(key)
                yield chapter, box


def _safety_information(publication: Publication, locale: Locale) -> Document:
    """Front matter with every disclaimer; the chapters repeat those that they trigger."""
    title = locale.text("safety_information")
    tree = element("section", element("h1", title, id="safety"), class_="safety", aria_labelledby="safety")
    tree.set(EPUB_TYPE, "frontmatter")
    for chapter in publication.chapters:
        scene = open_scene(publication, chapter, "epub", MARK)
        tree.extend(blocks([box for owner, box in _all_boxes(publication) if owner is chapter], scene))
    without(tree, ".//sup[@class='noteref']")
    return Document("safety_information.xhtml", title, publication.language, tree, "frontmatter")


def _chapter(publication: Publication, chapter: Chapter, within: str = "") -> Document:
    """The chapter; what the title page and the colophon say is not said again."""
    tree = chapter_tree(publication, chapter, "epub", pictures_at=MARK)
    # ARIA in HTML has no doc-chapter for <article>
    tree.tag = "section"
    without(tree, "./footer | ./header/p[@class='publisher']")
    return Document(f"{chapter.slug}.xhtml", chapter.title, chapter.language, tree, chapter=chapter, within=within)


def _colophon(publication: Publication, locale: Locale) -> Document:
    title = locale.text("about_edition")
    tree = element("section", element("h1", title, id="about"), class_="about", aria_labelledby="about")
    tree.set(EPUB_TYPE, "colophon")
    tree.set("role", "doc-colophon")
    first, *rest = publication.chapters
    tree.extend(list(back(open_scene(publication, first, "epub", MARK))))
    for chapter in rest:
        if chapter.funding:
            funding = load_locale(chapter.language).text("funding", funding=chapter.funding)
            tree.append(element("p", f"{chapter.title}: {funding}", lang=chapter.language))
    return Document("about_edition.xhtml", title, publication.language, tree, "colophon")
