"""The words of an article that checks read, each with the way back to its place in the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Literal, assert_never

from pipeline.frozen import dataclass
from pipeline.model.article import Article
from pipeline.model.nodes import (
    Alert,
    Block,
    BlockQuote,
    BulletList,
    Code,
    CodeBlock,
    Disclaimer,
    Figure,
    HardBreak,
    Heading,
    Inline,
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
from pipeline.model.walk import walk

Kind = Literal["paragraph", "item", "heading", "cell", "caption"]
Region = Literal["text", "quotation", "disclaimer", "sources", "footnote"]

PROSE: frozenset[Kind] = frozenset({"paragraph", "item"})
EVERYWHERE: frozenset[Kind] = frozenset({"paragraph", "item", "heading", "cell", "caption"})
TEXT: frozenset[Region] = frozenset({"text"})
TOLD: frozenset[Region] = frozenset({"text", "quotation"})
CODE = "\ufffc"
"""Stands for a code span, which is not prose: no word, but not nothing either."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters and where it stands."""

    start: int
    """Its offset in the passage's text."""
    length: int
    span: Span


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of one paragraph, list item, heading, table cell or caption, without markup."""

    text: str
    """A line end in the source is a space; a code span is ``CODE``."""
    span: Span
    kind: Kind
    region: Region
    sections: tuple[Section, ...]
    """The sections that hold it, the outermost first."""
    continues: bool
    """Whether it is an item that goes on with the sentence of a lead that ends in a colon."""
    children: tuple[Inline, ...]
    """What the words come from."""

    @property
    def role(self) -> str:
        """Role of the innermost section that has one; empty when none has."""
        return next((section.role for section in reversed(self.sections) if section.role), "")

    @property
    def section(self) -> Section | None:
        """The innermost section; None before the first heading."""
        return self.sections[-1] if self.sections else None

    def place(self, start: int, end: int) -> Span:
        """The span in the source of ``text[start:end]``.

        Exact to the column where the source has the same characters; else (entities, escapes) that of the whole run.
        """
        pieces = _pieces(self)
        if not pieces:
            return self.span
        first, last = _piece(pieces, start), _piece(pieces, max(start, end - 1))
        from_line, from_column = first.span.line, first.span.column
        to_line, to_column = last.span.end_line, last.span.end_column
        if _plain(first):
            from_column += max(0, start - first.start)
        if _plain(last):
            to_column = last.span.column + min(last.length, end - last.start)
        return Span(from_line, from_column, to_line, to_column)


_last: list[tuple[Passage, Sequence[Piece]]] = []
"""The pieces of one passage: few are asked for theirs, and those several times, one after the other."""


def _pieces(passage: Passage) -> Sequence[Piece]:
    for known, pieces in _last:
        if known is passage:
            return pieces
    runs = list(_runs(passage.children))
    starts = accumulate((len(words) for words, _ in runs), initial=0)
    found = [Piece(start, len(words), span) for start, (words, span) in zip(starts, runs, strict=False)]
    _last[:] = [(passage, found)]
    return found


def _piece(pieces: Sequence[Piece], offset: int) -> Piece:
    number = bisect_right(pieces, offset, key=lambda piece: piece.start) - 1
    return pieces[max(number, 0)]


def _plain(piece: Piece) -> bool:
    span = piece.span
    return span.line == span.end_line and span.end_column - span.column == piece.length


class Same:
    """An article as a cache's key: the same object, not an equal one."""

    __slots__ = ("article",)

    def __init__(self, article: Article) -> None:
        self.article = article

    def __hash__(self) -> int:
        return id(self.article)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.article is self.article


def prose(article: Article, kinds: frozenset[Kind] = PROSE, regions: frozenset[Region] = TEXT) -> tuple[Passage, ...]:
    """The passages of an article in document order, footnotes last.

    Without ``kinds`` and ``regions`` what policy calls prose: paragraphs and list items, alerts included; no headings,
    tables, captions, quotations, sources, disclaimers, footnotes or code. Text that belongs to several regions is that
    of the innermost, save that all in a disclaimer is disclaimer and all in the sources is sources.
    """
    return _chosen(Same(article), kinds, regions)


@lru_cache(maxsize=32)
def _chosen(same: Same, kinds: frozenset[Kind], regions: frozenset[Region]) -> tuple[Passage, ...]:
    return tuple([found for found in _all(same) if found.kind in kinds and found.region in regions])


@lru_cache(maxsize=8)
def _all(same: Same) -> tuple[Passage, ...]:
    article = same.article
    reader = _Reader()
    reader.blocks(article.body, (), "text", "paragraph")
    for footnote in article.footnotes:
        reader.blocks(footnote.blocks, (), "footnote", "paragraph")
    return tuple(reader.found)


class _Reader:
    """Walks the blocks; remembers whether the paragraph before a list ends in a colon."""

    def __init__(self) -> None:
        self.found: list[Passage] = []
        self.lead = False

    def blocks(self, blocks: Iterable[Block], sections: tuple[Section, ...], region: Region, kind: Kind) -> None:
        for block in blocks:
            self.block(block, sections, region, kind)
            if not isinstance(block, Paragraph):
                self.lead = False

    def block(self, block: Block, sections: tuple[Section, ...], region: Region, kind: Kind) -> None:
        match block:
            case Paragraph():
                self.passage(block.children, block.span, kind, region, sections)
            case Heading():
                self.found.append(_passage(block.children, block.span, "heading", region, sections))
            case Section():
                inner, within = _region_of(block, region), (*sections, block)
                self.block(block.heading, within, inner, kind)
                self.blocks(block.blocks, within, inner, kind)
            case BulletList() | OrderedList():
                continues = self.lead
                for item in block.items:
                    self.item(item, sections, region, continues=continues)
            case BlockQuote():
                self.blocks(block.blocks, sections, "quotation" if region == "text" else region, kind)
            case Alert():
                self.blocks(block.blocks, sections, region, kind)
            case Disclaimer():
                self.blocks(block.blocks, sections, "disclaimer", kind)
            case Table():
                cells = (*block.header, *(cell for row in block.rows for cell in row))
                self.found += [_passage(cell.children, cell.span, "cell", region, sections) for cell in cells]
            case Figure():
                caption = (Text(block.caption, block.span),)
                self.found.append(_passage(caption, block.span, "caption", region, sections))
            case CodeBlock() | ThematicBreak():
                pass
            case _:
                assert_never(block)

    def passage(
        self,
        children: tuple[Inline, ...],
        span: Span,
        kind: Kind,
        region: Region,
        sections: tuple[Section, ...],
        *,
        continues: bool = False,
    ) -> None:
        """A paragraph, or an item's first, on which a list may follow."""
        passage = _passage(children, span, kind, region, sections, continues=continues)
        self.found.append(passage)
        self.lead = passage.text.rstrip().endswith(":")

    def item(self, item: ListItem, sections: tuple[Section, ...], region: Region, *, continues: bool) -> None:
        """A list item: its label and first paragraph are one passage."""
        rest = item.blocks
        first = rest[0] if rest and isinstance(rest[0], Paragraph) else None
        if item.label or first:
            label = (*item.label, Text(": ", item.span)) if item.label else ()
            children = (*label, *(first.children if first else ()))
            self.passage(children, item.span, "item", region, sections, continues=continues)
            rest = rest[1:] if first else rest
        self.blocks(rest, sections, region, "item")


def _region_of(section: Section, region: Region) -> Region:
    if region == "disclaimer" or section.role == "disclaimer":
        return "disclaimer"
    return "sources" if section.role == "sources" else region


def _passage(
    children: tuple[Inline, ...],
    span: Span,
    kind: Kind,
    region: Region,
    sections: tuple[Section, ...],
    *,
    continues: bool = False,
) -> Passage:
    if len(children) == 1 and isinstance(only := children[0], Text):  # so it is nearly always
        text = only.value
    else:
        text = "".join([words for words, _ in _runs(children)])
    return Passage(text, span, kind, region, sections, continues, children)


def _runs(children: Iterable[Inline]) -> Iterator[tuple[str, Span]]:
    """The words of inline nodes, with where they stand."""
    for node in walk(children):
        match node:
            case Text():
                yield node.value, node.span
            case Code():
                yield CODE, node.span
            case SoftBreak() | HardBreak():
                yield " ", node.span
            case _:
                pass
