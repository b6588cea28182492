"""A newsletter as plain text, written from the model: wrapped, with headings that look like headings and links as notes."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import assert_never

from pipeline.export.newsletter.words import Words, wrapped
from pipeline.model.newsletter import Event, Offer
from pipeline.model.nodes import (
    Alert,
    Block,
    BlockQuote,
    BulletList,
    CodeBlock,
    Disclaimer,
    Figure,
    Heading,
    Inline,
    ListItem,
    OrderedList,
    Paragraph,
    Section,
    Table,
    ThematicBreak,
)
from pipeline.model.publication import Chapter, Issue, Publication
from pipeline.render.labels import Labels, load_labels
from pipeline.render.newsletter import credit
from pipeline.render.scene import Scene, open_scene

UNDERLINES = {1: "=", 2: "=", 3: "-"}
"""By level; deeper headings have none."""


def mail_text(publication: Publication, issue: Issue) -> str:
    """The text part of a message; every line but those with a long address has at most 72 characters."""
    return _Text(publication, issue).whole()


class _Text:
    """One newsletter being written."""

    def __init__(self, publication: Publication, issue: Issue) -> None:
        self.publication = publication
        self.issue = issue
        self.labels: Labels = load_labels(publication.language)
        self.words = Words()

    def whole(self) -> str:
        publication, issue, labels = self.publication, self.issue, self.labels
        day = labels.date(issue.published)
        out = [publication.imprint.name.upper(), *_heading(publication.title, 1)]
        out += [f"{labels('issue', number=issue.number)} · {day}", ""]
        out += [f"{labels('in_this_issue')}:", *(f"- {chapter.title}" for chapter in publication.chapters), ""]
        note, notices = self._chapter(issue.note, 1), self._notices()
        out += [*notices, *note] if issue.warns_first else [*note, *notices]
        for chapter in publication.chapters:
            out += self._item(chapter)
        out += self._list("offers", [self._offer(offer) for offer in issue.offers])
        out += self._list("events", [self._event(event) for event in issue.events])
        out += self._sender()
        out += ["", *self.words.listed()]
        return "\n".join(_single_blanks(out)).strip("\n") + "\n"

    def _notices(self) -> list[str]:
        writer = _Writer(open_scene(self.publication, self.issue.note, "screen", ""), self.words)
        return [*_heading(self.labels("safety_information"), 2), *writer.blocks(self.issue.note.front, 2)]

    def _chapter(self, chapter: Chapter, level: int) -> list[str]:
        scene = open_scene(self.publication, chapter, "screen", "")
        writer = _Writer(scene, self.words)
        out = writer.blocks(chapter.body, level)
        notes = [note for note in chapter.footnotes if note.number]
        if notes:
            out += _heading(scene.labels("notes"), level + 1)
            for note in notes:
                mark = f"*{note.number} "
                out += [*_hung(writer.inside(note.blocks, level, mark), mark, " " * len(mark)), ""]
        return out

    def _item(self, chapter: Chapter) -> list[str]:
        out = _heading(chapter.title, 2)
        if chapter.slug not in self.issue.summaries:
            scene = open_scene(self.publication, chapter, "screen", "")
            return [*out, *wrapped(credit(scene)), "", *self._chapter(chapter, 2)]
        url = open_scene(self.publication, chapter, "screen", "").article_url(chapter.slug)
        link = f"{self.labels('read_article', title=chapter.title)} {self.words.note(url)}"
        return [*out, *wrapped(chapter.description), "", *wrapped(f"{link}"), ""]

    def _list(self, key: str, items: list[str]) -> list[str]:
        rows = [line for item in items for line in (*_hung(wrapped(item, 2), "- ", "  "), "")]
        return [*_heading(self.labels(key), 2), *rows] if items else []

    def _event(self, event: Event) -> str:
        parts = [f"{event.name}{self.words.behind(event.url)}", self.labels.moment(event.when), event.where]
        return " · ".join(part for part in parts if part)

    def _offer(self, offer: Offer) -> str:
        until = self.labels("until", date=self.labels.date(offer.until)) + "." if offer.until else ""
        parts = [f"{offer.name}{self.words.behind(offer.url)}.", offer.text, until]
        return " ".join(part for part in parts if part)

    def _sender(self) -> list[str]:
        imprint, labels = self.publication.imprint, self.labels
        leave = f"{labels('unsubscribe')} {self.words.note(self.issue.unsubscribe)}"
        site = f"{self.publication.imprint.url.rstrip('/')}/newsletters/{self.publication.slug}/"
        return [
            *_heading(labels("contact"), 2),
            *wrapped(imprint.name),
            *wrapped(imprint.postal_address),
            f"{imprint.contact} · {imprint.url}",
            "",
            *wrapped(labels("why_you_get_this", name=imprint.name)),
            *wrapped(leave),
            *wrapped(f"{labels('read_in_browser')} {self.words.note(site)}"),
            labels("edition", edition=self.publication.edition),
        ]


class _Writer:
    """One chapter's blocks as lines, each block followed by an empty line."""

    def __init__(self, scene: Scene, words: Words) -> None:
        self.scene = scene
        self.words = words
        self.indent = 0
        """Characters that stand before every line."""

    def inside(self, nodes: Iterable[Block], level: int, mark: str) -> list[str]:
        """The lines of blocks that stand behind a mark, without empty ones at the end."""
        self.indent += len(mark)
        lines = self.blocks(nodes, level)
        self.indent -= len(mark)
        while lines and not lines[-1]:
            lines.pop()
        return lines

    def blocks(self, nodes: Iterable[Block], level: int) -> list[str]:
        """The lines of blocks; ``level`` is that of the heading around them."""
        return [line for node in nodes for line in self._block(node, level)]

    def _inline(self, nodes: Iterable[Inline]) -> str:
        return self.words.inline(nodes, self.scene)

    def _block(self, node: Block, level: int) -> list[str]:
        match node:
            case Paragraph():
                lines = wrapped(self._inline(node.children), self.indent)
                return [*lines, ""] if lines else []
            case Heading():
                return [*wrapped(f"{self._inline(node.children)}:", self.indent), ""]
            case Section():
                return [*_heading(self._inline(node.heading.children), level + 1), *self.blocks(node.blocks, level + 1)]
            case BulletList():
                return self._items(node.items, ["- "] * len(node.items), level, tight=node.tight)
            case OrderedList():
                marks = [f"{node.start + number}. " for number in range(len(node.items))]
                return self._items(node.items, marks, level, tight=node.tight)
            case BlockQuote():
                return [*_hung(self.inside(node.blocks, level, "> "), "> ", "> "), ""]
            case Alert():
                label = self.scene.labels(node.kind).upper()
                return [f"{label}:", *self.blocks(node.blocks, level)]
            case CodeBlock():
                return [*(f"    {line}" for line in node.text.splitlines()), ""]
            case ThematicBreak():
                return ["* * *", ""]
            case Table():
                return self._table(node)
            case Figure():
                words = node.caption or ("" if node.image.decorative else node.image.alt)
                return [*wrapped(f"[{words}]", self.indent), ""] if words else []
            case Disclaimer():
                title = node.title.upper()
                return [f"*** {title} ***", *self.blocks(node.blocks, level)]
            case _:
                assert_never(node)

    def _items(self, items: Iterable[ListItem], marks: Iterable[str], level: int, *, tight: bool) -> list[str]:
        out: list[str] = []
        for item, mark in zip(items, marks, strict=True):
            self.indent += len(mark)
            lines = self._item(item, level)
            self.indent -= len(mark)
            while lines and not lines[-1]:
                lines.pop()
            out += _hung(lines, mark, " " * len(mark))
            if not tight:
                out.append("")
        return [*out, ""] if tight else out

    def _item(self, item: ListItem, level: int) -> list[str]:
        lead = f"{self._inline(item.label)}: " if item.label else ""
        if item.checked is not None:
            lead = f"[{self.scene.labels('done' if item.checked else 'to_do')}] {lead}"
        first, *rest = item.blocks or (None,)
        if isinstance(first, Paragraph):
            lead += self._inline(first.children)
        elif first is not None:
            rest = [first, *rest]
        nested = self.blocks(rest, level)
        return [
            *wrapped(lead, self.indent),
            *([""] if nested and not isinstance(rest[0], BulletList | OrderedList) else []),
            *nested,
        ]

    def _table(self, node: Table) -> list[str]:
        """A row at a time, each cell behind its heading, since columns break where lines wrap."""
        heads = [self._inline(cell.children) for cell in node.header]
        out: list[str] = []
        for row in node.rows:
            cells = [self._inline(cell.children) for cell in row]
            named = [f"{head}: {cell}" if head else cell for head, cell in zip(heads, cells, strict=False) if cell]
            out += _hung(wrapped("; ".join(named), self.indent + 2), "- ", "  ")
        return [*out, ""]


def _heading(text: str, level: int) -> list[str]:
    lines = textwrap.wrap(text, 72) or [""]
    mark = UNDERLINES.get(level, "")
    under = [mark * max(len(line) for line in lines)] if mark else []
    above = ["", ""] if level <= 2 else [""]  # noqa: PLR2004 -- the items' own level
    return [*above, *lines, *under, ""]


def _hung(lines: Iterable[str], first: str, rest: str) -> list[str]:
    return [f"{rest if number else first}{line}".rstrip() for number, line in enumerate(lines)]


def _single_blanks(lines: Iterable[str]) -> Iterable[str]:
    """At most two empty lines in a row."""
    empty = 0
    for line in lines:
        empty = empty + 1 if not line else 0
        if empty <= 2:  # noqa: PLR2004 -- two part the articles
            yield line
