"""The matter of a book: title page, imprint, contents, safety information, parts, sources, index of exercises, colophon.

Each piece is a tree of its own: on paper they follow one another, in an e-book each is a document, on the web several share
a page.
"""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType

from lxml import etree

from pipeline.model.nodes import BulletList
from pipeline.model.publication import Chapter, Publication
from pipeline.model.volume import Exercise, Spot, Volume
from pipeline.publication.links import edition_url
from pipeline.render.blocks import blocks
from pipeline.render.elements import EPUB_TYPE, Content, Element, element, joined
from pipeline.render.inlines import image
from pipeline.render.labels import Labels, load_labels
from pipeline.render.matter import imprint_lines, named, publisher_line
from pipeline.render.scene import Target, open_scene
from pipeline.render.semantics import mark
from pipeline.render.theme import load_theme

APART = "_"
"""Before every id that is no chapter's; no slug is empty or starts so."""
START = "_text"
"""Id of what the book's text starts with: the first part."""

FILES = MappingProxyType(
    {
        "title": ("index.html", "title_page.xhtml"),
        "imprint": ("index.html", "imprint_page.xhtml"),
        "safety": ("index.html", "safety_information.xhtml"),
        "sources": ("back_matter.html", "sources_list.xhtml"),
        "exercises": ("back_matter.html", "exercises_index.xhtml"),
        "about": ("back_matter.html", "about_edition.xhtml"),
    }
)
"""Where each piece lies on the web and in an e-book; no chapter's file has an underscore."""


class BookMatter:
    """A book's matter, rendered for one target."""

    def __init__(
        self, publication: Publication, volume: Volume, target: Target, pictures_at: str | None = None
    ) -> None:
        self.publication = publication
        self.volume = volume
        self.target = target
        self.labels: Labels = load_labels(publication.language)
        self._pictures_at = pictures_at
        self._chapters = {chapter.slug: chapter for chapter in publication.chapters}

    def cover(self) -> Element:
        """The cover on paper: the editor's picture, or publisher, title and names."""
        label = f"{self.labels('cover')}: {self.publication.title}. {self.publication.imprint.name}"
        made = element("section", class_="cover", aria_label=self.labels("cover"))
        if self.volume.cover in self.publication.pictures:
            scene = open_scene(self.publication, self.publication.chapters[0], self.target, self._pictures_at)
            made.append(element("p", image(self.volume.cover, label, scene), class_="cover-picture"))
            return made
        names = ", ".join(person.name for person in self.volume.authors or self.volume.editors)
        rows = (
            ("publisher", self.publication.imprint.name),
            ("title", self.publication.title),
            ("subtitle", self.volume.subtitle),
            ("names", names),
        )
        made.extend(element("p", words, class_=f"cover-{name}") for name, words in rows if words)
        return made

    def title_page(self) -> Element:
        """Publisher, title, who wrote or edited it; on the web what a page starts with."""
        scene = open_scene(self.publication, self.publication.chapters[0], self.target, self._pictures_at)
        if self.target == "screen":
            made = element("header", publisher_line(scene), class_="masthead title-page")
        else:
            made = element("section", publisher_line(scene), class_="title-page", aria_labelledby="_title")
        made.append(element("h1", self.publication.title, id="_title"))
        if self.volume.subtitle:
            made.append(element("p", self.volume.subtitle, class_="subtitle", role="doc-subtitle"))
        for key, people in (("by", self.volume.authors), ("edited_by", self.volume.editors)):
            if people:
                before, after = self.labels.around(key, "names")
                names = joined([named(each) for each in people], "; ")
                made.append(element("p", before, *names, after, class_="byline"))
        if self.target == "epub":
            made.set(EPUB_TYPE, "titlepage")
        return made

    def imprint(self) -> Element:
        """Who publishes, when, which edition it is and where to ask whether it is current."""
        lines = imprint_lines(self.publication.imprint)
        if day := self.volume.published:
            before, after = self.labels.around("published", "date")
            lines.append(element("p", before, element("time", self.labels.date(day), datetime=day.isoformat()), after))
        url = edition_url(self.publication.imprint.url, self.publication.edition)
        before, after = self.labels.around("edition_check", "url")
        edition = self.labels("edition", edition=self.publication.edition)
        lines.append(element("p", f"{edition}.", class_="edition"))
        lines.append(element("p", before, element("a", url.partition("://")[2], href=url), after))
        made = element("section", *lines, class_="imprint-page imprint", aria_label=self.labels("imprint"))
        self._mark(made, "imprint")
        return made

    def contents(self) -> Element:
        """Parts and chapters, and the matter around them, each with a link."""
        rows = element("ul", class_="tight")
        if self.volume.front:
            rows.append(self._row("safety_information", "safety", "front"))
        for number, part in enumerate(self.volume.parts, 1):
            chapters = (self._chapter_row(self._chapters[slug]) for slug in part.chapters)
            made = element("li", *self._part_title(number, part.title), class_="part-row")
            made.append(element("ul", *chapters, class_="tight"))
            rows.append(made)
        if self.volume.works:
            rows.append(self._row("sources", "sources", "back"))
        if self.volume.exercises:
            rows.append(self._row("index_of_exercises", "exercises", "back"))
        rows.append(self._row("about_edition", "about", "back"))
        title = element(self._heading, self.labels("contents"), id="_contents")
        return element("nav", title, rows, class_="book-contents", aria_labelledby="_contents")

    def safety(self) -> Element | None:
        """Every general disclaimer once; None where the book has none."""
        if not self.volume.front:
            return None
        made = self._section("safety", "safety_information", "frontmatter")
        ids: set[str] = set()
        for each in self.volume.front:
            chapter = self._chapters[each.chapter]
            scene = open_scene(self.publication, chapter, self.target, self._pictures_at)
            scene.apart, scene.ids = APART, ids
            scene.level, scene.heading = int(self._heading[1]), "_safety"
            boxes = blocks([each.box], scene)
            for box in boxes:
                if chapter.language != self.publication.language:
                    box.set("lang", chapter.language)
            made.extend(boxes)
        without(made, ".//sup[@class='noteref']")
        _tell_apart(made)
        return made

    def part(self, number: int) -> Element:
        """What opens a part, from 1: its number, title and chapters."""
        part = self.volume.parts[number - 1]
        id_ = START if number == 1 else f"_part-{number}"
        heading = element("h1", part.title, id=id_)
        rows = (self._chapter_row(self._chapters[slug]) for slug in part.chapters)
        label = element("p", self.labels("part", number=number), class_="number")
        made = element("section", label, heading, element("ul", *rows, class_="tight"), class_="part-page")
        made.set("aria-labelledby", id_)
        self._mark(made, "part", "doc-part")
        return made

    def sources(self) -> Element | None:
        """The sources of all chapters; None where there are none to gather."""
        if not self.volume.works:
            return None
        made = self._section("sources", "sources", "bibliography", "doc-bibliography")
        rows = element("ul", class_="tight")
        for work in self.volume.works:
            chapter = self._chapters[work.chapter]
            scene = open_scene(self.publication, chapter, self.target, self._pictures_at)
            scene.apart, scene.level = f"_sources-{len(rows)}-", int(self._heading[1])
            for row in blocks([BulletList((work.item,))], scene)[0]:
                if chapter.language != self.publication.language:
                    row.set("lang", chapter.language)
                rows.append(row)
        made.append(rows)
        return made

    def exercises(self) -> Element | None:
        """The index of exercises; None where no chapter shows one."""
        if not self.volume.exercises:
            return None
        made = self._section("exercises", "index_of_exercises", "index", "doc-index")
        made.append(element("ul", *map(self._exercise, self.volume.exercises), class_="tight index"))
        return made

    def colophon(self) -> Element:
        """How the book was made, who paid for what is in it, and who publishes it."""
        made = self._section("about", "about_edition", "colophon", "doc-colophon")
        edition = self.labels("edition", edition=self.publication.edition)
        made.append(element("p", f"{edition}.", class_="edition"))
        if self.publication.sources:
            made.append(element("p", self.labels("made_from", sources=", ".join(self.publication.sources))))
        fonts = ", ".join(load_theme(self.publication.theme).families())
        made.append(element("p", self.labels("set_in", fonts=fonts)))
        for chapter in self.publication.chapters:
            if chapter.funding:
                funding = load_labels(chapter.language)("funding", funding=chapter.funding)
                made.append(element("p", f"{chapter.title}: {funding}", lang=chapter.language))
        made.append(element("div", *imprint_lines(self.publication.imprint), class_="imprint"))
        return made

    def pointer(self, chapter: Chapter) -> list[Element]:
        """A line in a chapter that leads to the safety information; none where the chapter says it all itself."""
        if self.target == "screen" or not any(each.everywhere for each in self.volume.front):
            return []
        labels = load_labels(chapter.language)
        link = element("a", labels("safety_first"), href=self.address("safety"))
        return [element("p", link, class_="safety-first")]

    def address(self, piece: str, id_: str = "") -> str:
        """Where a piece of the matter is, as a link beside it has it."""
        page, document = FILES[piece]
        file = {"screen": page, "print": "", "epub": document}[self.target]
        return f"{file}#{id_ or APART + piece}"

    def chapter_address(self, spot: Spot) -> str:
        """Where a place in a chapter is."""
        scene = open_scene(self.publication, self._chapters[spot.chapter], self.target)
        return scene.article_url(spot.chapter, spot.anchor)

    @property
    def _heading(self) -> str:
        """Of a piece: on the web several share a page, which has a title already."""
        return "h2" if self.target == "screen" else "h1"

    def _section(self, name: str, label: str, epub_type: str, role: str = "") -> Element:
        id_ = APART + name
        heading = element(self._heading, self.labels(label), id=id_)
        made = element("section", heading, class_=f"book-{name}", aria_labelledby=id_)
        self._mark(made, epub_type, role)
        return made

    def _mark(self, made: Element, epub_type: str, role: str = "") -> None:
        mark(made, epub_type, role, self.target)

    def _row(self, label: str, piece: str, class_: str) -> Element:
        return element("li", element("a", self.labels(label), href=self.address(piece)), class_=class_)

    def _chapter_row(self, chapter: Chapter) -> Element:
        language = chapter.language if chapter.language != self.publication.language else None
        return element("li", element("a", chapter.title, href=self.chapter_address(Spot(chapter.slug)), lang=language))

    def _part_title(self, number: int, title: str) -> list[Content]:
        words = element("span", self.labels("part", number=number), class_="number")
        if self.target != "print":
            return [words, " ", element("strong", title)]
        return [words, " ", element("a", title, href=f"#{START if number == 1 else f'_part-{number}'}")]

    def _exercise(self, exercise: Exercise) -> Element:
        if len(exercise.spots) == 1:
            return element("li", element("a", exercise.name, href=self.chapter_address(exercise.spots[0])))
        rows = (
            element("li", element("a", self._chapters[spot.chapter].title, href=self.chapter_address(spot)))
            for spot in exercise.spots
        )
        return element("li", exercise.name, element("ul", *rows, class_="tight"))


def _tell_apart(tree: Element) -> None:
    """Landmarks of one page have different names: boxes that are called alike, as in two languages, are numbered."""
    seen: Counter[str] = Counter()
    for box in tree.iterchildren("section"):
        name = "".join(box[0].itertext())
        seen[name] += 1
        if seen[name] > 1:
            del box.attrib["aria-labelledby"]
            box.set("aria-label", f"{name} ({seen[name]})")


def without(tree: Element, path: str) -> None:
    """Take elements out of a tree, but leave the text that follows them."""
    for gone in tree.xpath(path):
        gone.tag = "gone"
    etree.strip_elements(tree, "gone", with_tail=False)
