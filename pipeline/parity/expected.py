"""What every finished file of a publication must say, from the article itself and not from what was rendered of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from pipeline.model.article import Person
from pipeline.model.nodes import (
    NOWHERE,
    Alert,
    Block,
    BlockQuote,
    BulletList,
    Code,
    CodeBlock,
    Disclaimer,
    Figure,
    FootnoteReference,
    HardBreak,
    Heading,
    Image,
    Inline,
    Link,
    ListItem,
    OrderedList,
    Paragraph,
    Section,
    SoftBreak,
    Span,
    Table,
    Text,
    ThematicBreak,
)
from pipeline.model.passage import Kind, Passage
from pipeline.model.publication import Chapter, Publication
from pipeline.model.walk import find, walk
from pipeline.render.labels import LINE_LABELS, Labels, load_labels


@dataclass(frozen=True, slots=True)
class Expected:
    """A passage, and where it comes from."""

    passage: Passage
    chapter: int
    """Index of the publication's chapter."""
    span: Span
    """In the chapter's source; ``NOWHERE`` for words that come from its metadata or from approved wording."""


def expected(publication: Publication) -> list[Expected]:
    """All passages of all chapters, in order, but for the publisher's line, imprint and colophon."""
    found: list[Expected] = []
    for number, chapter in enumerate(publication.chapters):
        labels = load_labels(chapter.language or publication.language)
        found += _Chapter(number, labels).read(publication, chapter)
    return found


@dataclass(slots=True)
class _Chapter:
    number: int
    labels: Labels
    found: list[Expected] = field(default_factory=list)
    level: int = 1
    """Of the heading that governs what is being read."""

    def read(self, publication: Publication, chapter: Chapter) -> list[Expected]:
        if publication.kind == "handout":
            self._form(publication, chapter)
        else:
            self._masthead(chapter)
        self._blocks(chapter.front)
        self._blocks(chapter.body)
        self._notes(chapter)
        self._related(chapter)
        return self.found

    def _form(self, publication: Publication, chapter: Chapter) -> None:
        """The title, and the lines to fill in; filled in where the publication is one copy."""
        self._add("heading", chapter.title, NOWHERE, 1)
        said = dict(publication.copies[0].values) if publication.copies else {}
        for line in publication.lines:
            self._add("paragraph", f"{self.labels(LINE_LABELS[line])}: {said.get(line, '')}", NOWHERE)

    def _masthead(self, chapter: Chapter) -> None:
        self._add("heading", chapter.title, NOWHERE, 1)
        self._add("paragraph", chapter.subtitle, NOWHERE)
        if chapter.authors:
            self._add("paragraph", self.labels("by", names="; ".join(map(_person, chapter.authors))), NOWHERE)
        reviewer = self.labels("reviewed_by", name=_person(chapter.reviewer)) if chapter.reviewer else ""
        days = (("published", chapter.published), ("reviewed", chapter.reviewed), ("next_review", chapter.next_review))
        dates = " · ".join(self.labels(key, date=self.labels.date(day)) for key, day in days if day)
        self._add("paragraph", f"{reviewer} {dates}".strip(), NOWHERE)

    def _notes(self, chapter: Chapter) -> None:
        notes = [note for note in chapter.footnotes if note.number]
        if notes:
            self._add("heading", self.labels("notes"), NOWHERE, 2)
        self.level = 2
        for note in notes:
            self._blocks(note.blocks, "note", depth=1)
        self.level = 1

    def _related(self, chapter: Chapter) -> None:
        sections = [block for block in chapter.body if isinstance(block, Section) and block.role == "related"]
        linked = {link.href.partition("#")[0].removesuffix(".md") for link in find(sections, Link)}
        titles = [each.title for each in chapter.related if each.slug not in linked]
        if titles:
            self._add("heading", self.labels("related"), NOWHERE, 2)
        for title in titles:
            self._add("item", title, NOWHERE, 1)

    def _blocks(self, blocks: Iterable[Block], kind: Kind = "paragraph", depth: int = 0) -> None:
        for block in blocks:
            self._block(block, kind, depth)

    def _block(self, node: Block, kind: Kind, depth: int) -> None:
        """Read a block; ``kind`` is what the item or note around it makes of its paragraphs, ``depth`` its lists."""
        match node:
            case Paragraph() | Heading():
                self._words(kind, node.children, node.span, depth)
            case Section():
                self._under(node.heading.children, node.heading.span, node.blocks)
            case Disclaimer():
                self._under((Text(node.title or node.kind),), node.span, node.blocks, kind, depth)
            case BulletList() | OrderedList():
                inner: Kind = "step" if isinstance(node, OrderedList) else "item"
                for item in node.items:
                    self._item(item, inner, depth + 1, tight=node.tight)
            case BlockQuote():
                self._blocks(node.blocks, kind, depth)
            case Alert():
                self._add(kind, self.labels(node.kind), node.span, depth)
                self._blocks(node.blocks, kind, depth)
            case CodeBlock():
                self._add(kind, node.text, node.span, depth)
            case Table():
                for cell in (*node.header, *(cell for row in node.rows for cell in row)):
                    self._words("cell", cell.children, cell.span)
            case Figure():
                self._picture(node.image)
                self._add("caption", node.caption, node.span)
            case ThematicBreak():
                pass
            case _:
                assert_never(node)

    def _under(
        self, title: Sequence[Inline], span: Span, blocks: Iterable[Block], kind: Kind = "paragraph", depth: int = 0
    ) -> None:
        """A heading one level below the one around it, and what it governs."""
        outer = self.level
        self.level = min(outer + 1, 6)
        self._words("heading", title, span, self.level)
        self._blocks(blocks, kind, depth)
        self.level = outer

    def _item(self, node: ListItem, kind: Kind, depth: int, *, tight: bool) -> None:
        """An item; the paragraphs of a tight list are lines of one passage, as far as no other block parts them."""
        words: list[Inline] = []
        if node.checked is not None:
            words += [Text(self.labels("done" if node.checked else "to_do")), SoftBreak()]
        if node.label:
            words += [*node.label, Text(":"), SoftBreak()]
        led = bool(words)
        for number, block in enumerate(node.blocks):
            if isinstance(block, Paragraph) and (tight or (led and number == 0)):
                words += [SoftBreak(), *block.children]
                if tight:
                    continue
                self._words(kind, words, block.span, depth)
            elif tight and isinstance(block, ThematicBreak):
                continue
            else:
                self._words(kind, words, node.span, depth)
                self._block(block, kind, depth)
            words = []
        self._words(kind, words, node.span, depth)

    def _words(self, kind: Kind, nodes: Sequence[Inline], span: Span, level: int = 0) -> None:
        """A passage of running words, then the pictures among them."""
        self._add(kind, "".join(_words(nodes)), span, level)
        for image in find(nodes, Image):
            self._picture(image)

    def _picture(self, image: Image) -> None:
        if not image.decorative:
            self._add("picture", image.alt, image.span)

    def _add(self, kind: Kind, text: str, span: Span, level: int = 0) -> None:
        words = " ".join(text.split())
        if words:
            counted = level if kind in {"heading", "step", "item"} else 0
            self.found.append(Expected(Passage(kind, words, counted), self.number, span))


def _words(nodes: Iterable[Inline]) -> Iterator[str]:
    for node in walk(nodes):
        match node:
            case Text() | Code():
                yield node.value
            case SoftBreak() | HardBreak():
                yield " "
            case FootnoteReference():
                yield f"[{node.number}]"
            case _:
                pass


def _person(person: Person) -> str:
    return f"{person.name}, {person.credentials}" if person.credentials else person.name
