"""The words of nodes as one analysed text, with the way back to the source file.

What no reader takes for the article's own words is left out: code, quotations, struck-out words, footnotes, pictures'
alternatives and link targets.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import assert_never

from pipeline.frozen import dataclass
from pipeline.language import Match, Text
from pipeline.language import blocks as language_blocks
from pipeline.language.normal import CLAUSE_GAP, SENTENCE_GAP
from pipeline.model import nodes
from pipeline.model.nodes import NOWHERE, Block, Inline, Span

_TERMINAL = ".!?…"
_ASIDE = " | "
"""Stands for what is left out within a sentence, so that the words around it are no neighbours."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An analysed text whose places are known."""

    text: Text
    starts: tuple[int, ...]
    """Where each piece of source starts in the text."""
    spans: tuple[Span, ...]
    """Where each piece stands in the file."""
    titles: tuple[bool, ...]
    """Whether each piece is part of a title, heading or bold words, in which capitals do not mean a name."""

    def span(self, match: Match) -> Span:
        """The place of a match in the source file; NOWHERE when that is not known."""
        return self.span_of(match.start, match.end)

    def span_of(self, start: int, end: int) -> Span:
        """The place in the source file of ``text.source[start:end]``."""
        if not self.starts:
            return NOWHERE
        first, first_offset = self._piece(start)
        last, last_offset = self._piece(max(end - 1, start))
        if first is NOWHERE or last is NOWHERE:
            return first if last is NOWHERE else last
        return Span(
            first.line,
            _column(first, first_offset),
            last.line,
            min(_column(last, last_offset) + 1, last.end_column) if last.end_line == last.line else last.end_column,
        )

    def _piece(self, offset: int) -> tuple[Span, int]:
        index = max(bisect_right(self.starts, offset) - 1, 0)
        return self.spans[index], offset - self.starts[index]

    def is_title(self, offset: int) -> bool:
        """Whether capitals mean nothing at this place."""
        return self.titles[max(bisect_right(self.starts, offset) - 1, 0)]


def _column(span: Span, offset: int) -> int:
    return min(span.column + offset, span.end_column) if span.line == span.end_line else span.column


class ReadingBuilder:
    """Collects words in document order."""

    def __init__(self, *, left_out: frozenset[str] = frozenset()) -> None:
        self._left_out = left_out
        self._parts: list[str] = []
        self._length = 0
        self._starts: list[int] = []
        self._spans: list[Span] = []
        self._titles: list[bool] = []
        self._depth = 0
        """How many titles the next words are in."""

    def build(self, language: str) -> Reading:
        """The words collected so far, analysed."""
        text = language_blocks.read_blocks("".join(self._parts), language)
        return Reading(text, tuple(self._starts), tuple(self._spans), tuple(self._titles))

    def line(self, words: str, span: Span, *, title: bool = False) -> None:
        """Add a line that is no node: a value of the metadata, a caption."""
        self._depth += title
        self._word(words, span)
        self._depth -= title
        self._end()

    def blocks(self, blocks: Iterable[Block]) -> None:
        """Add blocks, without sections whose role is left out and without disclaimer blocks."""
        for block in blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        match block:
            case nodes.Paragraph():
                self._inline(block.children)
                self._end()
            case nodes.Heading():
                self._title(block.children)
                self._end()
            case nodes.Section():
                if block.role not in self._left_out:
                    self._block(block.heading)
                    self.blocks(block.blocks)
            case nodes.BulletList() | nodes.OrderedList():
                self._list(block)
            case nodes.Alert():
                self.blocks(block.blocks)
            case nodes.Table():
                for cell in block.header:
                    self._title(cell.children)
                    self._end()
                for row in block.rows:
                    for cell in row:
                        self._inline(cell.children)
                        self._end()
            case nodes.Figure():
                if block.caption:
                    self.line(block.caption, block.span)
            case nodes.BlockQuote() | nodes.CodeBlock() | nodes.ThematicBreak() | nodes.Disclaimer():
                pass
            case _:
                assert_never(block)

    def _list(self, block: nodes.BulletList | nodes.OrderedList) -> None:
        self._join()
        for item in block.items:
            if item.label:
                self._title(item.label)
                self._text(": ")
            self.blocks(item.blocks)
            self._join()
        self._end()

    def _join(self) -> None:
        """A lead or item that no full stop ends goes on in what follows."""
        if not self._parts or self._parts[-1] != SENTENCE_GAP:
            return
        number = len(self._parts) - 2
        while number >= 0 and not self._parts[number].strip():
            number -= 1
        before = self._parts[number].rstrip() if number >= 0 else ""
        if before and before[-1] not in _TERMINAL:
            self._parts[-1] = CLAUSE_GAP
            self._length += len(CLAUSE_GAP) - len(SENTENCE_GAP)

    def _title(self, inlines: Iterable[Inline]) -> None:
        self._depth += 1
        self._inline(inlines)
        self._depth -= 1

    def _inline(self, inlines: Iterable[Inline]) -> None:
        for inline in inlines:
            match inline:
                case nodes.Text():
                    self._word(inline.value, inline.span)
                case nodes.Strong():
                    self._title(inline.children)
                case nodes.Emphasis() | nodes.Link():
                    self._inline(inline.children)
                case nodes.SoftBreak() | nodes.HardBreak():
                    self._text(" ")
                case nodes.Code() | nodes.Image() | nodes.Strikethrough():
                    self._text(_ASIDE)
                case nodes.FootnoteReference():
                    pass
                case _:
                    assert_never(inline)

    def _word(self, words: str, span: Span) -> None:
        if words:
            self._starts.append(self._length)
            self._spans.append(span)
            self._titles.append(self._depth > 0)
            self._parts.append(words)
            self._length += len(words)

    def _text(self, words: str) -> None:
        self._parts.append(words)
        self._length += len(words)

    def _end(self) -> None:
        """End a block, unless it has no words."""
        last = self._parts[-1] if self._parts else SENTENCE_GAP
        if last == CLAUSE_GAP:
            self._parts[-1] = SENTENCE_GAP
            self._length += len(SENTENCE_GAP) - len(CLAUSE_GAP)
        elif last != SENTENCE_GAP:
            self._parts.append(SENTENCE_GAP)
            self._length += len(SENTENCE_GAP)


def read_blocks(blocks: Iterable[Block], language: str) -> Reading:
    """The words of blocks, disclaimer blocks among them left out."""
    builder = ReadingBuilder()
    builder.blocks(blocks)
    return builder.build(language)
