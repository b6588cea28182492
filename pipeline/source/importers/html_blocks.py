"""The blocks of HTML: paragraphs, headings, lists, tables, figures, quotations, notices; furniture of the site is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model.nodes import (
    Alert,
    AlertKind,
    Block,
    BlockQuote,
    CodeBlock,
    Figure,
    Footnote,
    HardBreak,
    Heading,
    Image,
    Inline,
    Paragraph,
    Strong,
    Text,
    ThematicBreak,
)
from pipeline.model.walk import find, plain_text
from pipeline.source.importers.draft import Draft, at, said
from pipeline.source.importers.furniture import NAMES, class_kind
from pipeline.source.importers.html_inlines import DEEPEST, MOST_OF_ALL, InlineReader, visible
from pipeline.source.importers.html_lists import flat, read_list, read_terms
from pipeline.source.importers.html_notes import HEADINGS, Notes
from pipeline.source.importers.html_tables import read_table

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CONTAINERS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
    ]
)
"""Elements that start a new block (HTML Living Standard, section 15.3, display block and the parts of tables)."""
ALERTS: dict[str, AlertKind] = {
    "warning": "warning",
    "danger": "warning",
    "caution": "caution",
    "important": "important",
    "tip": "tip",
    "protip": "tip",
}
_BREAKS = 2
"""Line breaks in a row that end a paragraph."""
_BYLINE_WORDS = 8
"""Words of a box about the author that is but a line with the name, which is wanted."""


@dataclass(slots=True)
class BlockReader:
    """Reads the blocks of one article."""

    draft: Draft
    inlines: InlineReader
    notes: Notes

    def read(self, element: HtmlElement, depth: int = 0) -> list[Block]:
        """The blocks inside an element."""
        return list(self._inside(element, depth))

    def _inside(self, element: HtmlElement, depth: int) -> Iterator[Block]:
        run: list[Inline] = [Text(element.text)] if element.text else []
        for child in element:
            if isinstance(child.tag, str) and self._is_block(child):
                yield from self._paragraphs(run, element)
                run = []
                yield from self._block(child, depth + 1)
            elif isinstance(child.tag, str) and self._is_left_out(child):
                pass
            else:
                run += self.inlines.one(child, depth + 1)
            if child.tail:
                run.append(Text(child.tail))
        yield from self._paragraphs(run, element)

    def _is_block(self, element: HtmlElement) -> bool:
        """Whether an element starts a new block, itself or by what is in it."""
        if element.tag in CONTAINERS:
            return True
        return any(
            isinstance(part.tag, str) and part.tag in CONTAINERS for part in element.iter() if part is not element
        )

    def _paragraphs(self, run: Sequence[Inline], element: HtmlElement) -> Iterator[Block]:
        """Words as paragraphs: two line breaks in a row part them."""
        part: list[Inline] = []
        breaks = 0
        for inline in run:
            part.append(inline)
            if isinstance(inline, HardBreak):
                breaks += 1
            elif not isinstance(inline, Text) or inline.value.strip():
                breaks = 0
            if breaks == _BREAKS:
                yield from self._paragraph(part, element)
                part, breaks = [], 0
        yield from self._paragraph(part, element)

    def _paragraph(self, run: Sequence[Inline], element: HtmlElement) -> Iterator[Block]:
        words = [number for number, each in enumerate(run) if not _is_blank(each)]
        if words:
            yield Paragraph(tuple(run[words[0] : words[-1] + 1]), at(element.sourceline or 0))

    def _block(self, element: HtmlElement, depth: int) -> Iterator[Block]:
        if self._leaves_out(element):
            return
        if depth > DEEPEST:
            yield Paragraph((Text(element.text_content()),), at(element.sourceline or 0))
            return
        tag = element.tag
        if tag in HEADINGS:
            yield from self._heading(element, depth)
        elif tag in {"ul", "ol"}:
            yield from read_list(element, lambda part: self.read(part, depth + 1), self._leaves_out)
        elif tag == "dl":
            yield from self._terms(element, depth)
        elif tag == "table":
            yield from read_table(element, self.draft, lambda cell: self.read(cell, depth + 1))
        elif tag == "figure":
            yield from self._figure(element, depth)
        elif tag == "blockquote":
            inner = tuple(self.read(element, depth))
            if inner:
                yield BlockQuote(inner, at(element.sourceline or 0))
        elif tag == "pre":
            yield from self._code(element)
        elif tag == "hr":
            yield ThematicBreak(at(element.sourceline or 0))
        elif tag == "summary":
            yield Paragraph((Strong(tuple(self.inlines.read(element, depth))),), at(element.sourceline or 0))
        elif kind := self._alert(element):
            yield Alert(kind, tuple(flat(self.read(element, depth))), at(element.sourceline or 0))
        else:
            yield from self._inside(element, depth)

    def _is_left_out(self, element: HtmlElement) -> bool:
        """Whether an element is furniture of the site, or a note, which stands elsewhere; furniture is noted."""
        if element in self.notes.labels:
            return True
        if (
            element.tag == "a"
            and self.notes.is_back(element)
            and any(up in self.notes.labels for up in element.iterancestors())
        ):
            return True
        names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
        kind = "navigation" if element.tag == "nav" else class_kind(names)
        if not kind or element.tag in {"html", "body", *HEADINGS}:
            return False
        words = visible(element)
        if len(words.split()) > MOST_OF_ALL * self.inlines.whole or element.find(".//h1") is not None:
            return False
        if kind == "author" and len(words.split()) <= _BYLINE_WORDS:
            return False
        if words or element.find(".//img") is not None:
            self.draft.drop(NAMES[kind], words, element.sourceline or 0)
        return True

    def _heading(self, element: HtmlElement, depth: int) -> Iterator[Block]:
        children = tuple(self.inlines.read(element, depth))
        pictures = list(find(children, Image))
        words = tuple(child for child in children if not isinstance(child, Image))
        if said(words):
            id = self.notes.kept_ids.get(element, "")
            yield Heading(int(str(element.tag)[1]), words, id, span=at(element.sourceline or 0))
        for picture in pictures:
            yield Paragraph((picture,), at(element.sourceline or 0))

    def _leaves_out(self, element: HtmlElement) -> bool:
        return self.inlines.is_left_out(element) or self._is_left_out(element)

    def _terms(self, element: HtmlElement, depth: int) -> Iterator[Block]:
        terms = read_terms(
            element, lambda part: self.read(part, depth + 1), lambda part: self.inlines.read(part, depth)
        )
        yield from (terms,) if terms else self._inside(element, depth)

    def _figure(self, element: HtmlElement, depth: int) -> Iterator[Block]:
        """A picture with its caption; a caption of anything else is a paragraph below it."""
        caption = element.find(".//figcaption")
        words = " ".join(caption.text_content().split()) if caption is not None else ""
        if caption is not None and caption.getparent() is not None:
            caption.drop_tree()
        blocks = self.read(element, depth)
        pictures = list(find(blocks, Image))
        only = (
            len(blocks) == 1
            and isinstance(blocks[0], Paragraph)
            and not plain_text(_without_pictures(blocks[0].children)).strip()
        )
        if len(pictures) == 1 and only:
            picture = pictures[0]
            span = at(element.sourceline or 0)
            yield Figure(picture, words, span) if words else Paragraph((picture,), span)
            return
        yield from blocks
        if words:
            yield Paragraph((Text(words),), at(element.sourceline or 0))

    def _code(self, element: HtmlElement) -> Iterator[Block]:
        text = element.text_content().strip("\n")
        code = element.find(".//code")
        names = (code.get("class") or "") if code is not None else ""
        language = re.search(r"language-([\w+#-]{1,20})", names)
        if text.strip():
            yield CodeBlock(f"{text}\n", language[1] if language else "", at(element.sourceline or 0))

    def _alert(self, element: HtmlElement) -> AlertKind | None:
        """The kind of a box that warns or advises, by its names."""
        if element.tag not in {"div", "aside", "section"}:
            return None
        names = re.findall(r"[a-z]+", (element.get("class") or "").lower())
        if not {
            "alert",
            "callout",
            "notice",
            "admonition",
            "box",
            "message",
            "note",
            "warning",
            "caution",
            "tip",
        } & set(names):
            return None
        return next((ALERTS[name] for name in names if name in ALERTS), "note" if "note" in names else None)

    def footnotes(self) -> Iterator[Footnote]:
        """The notes of the article, without what leads back to their marks."""
        for holder, label in list(self.notes.labels.items()):
            del self.notes.labels[holder]
            for link in list(holder.iter("a")):
                if self.notes.is_back(link):
                    link.drop_tree()
            blocks = tuple(flat(self.read(holder)))
            if blocks:
                yield Footnote(label, 0, blocks)
            else:
                yield Footnote(label, 0, (Paragraph((Text("…"),)),))


def _is_blank(inline: Inline) -> bool:
    return isinstance(inline, HardBreak) or (isinstance(inline, Text) and not inline.value.strip())


def _without_pictures(children: Iterable[Inline]) -> Iterator[Inline]:
    return (child for child in children if not isinstance(child, Image))
