"""Block tokens as nodes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from markdown_it.common.utils import unescapeAll

from pipeline.errors import shorten
from pipeline.model.nodes import (
    Alert,
    AlertKind,
    Alignment,
    Block,
    BlockQuote,
    BulletList,
    CodeBlock,
    Footnote,
    Heading,
    Inline,
    ListItem,
    OrderedList,
    Paragraph,
    Span,
    Table,
    TableCell,
    Text,
    ThematicBreak,
)
from pipeline.source.attributes import Attributes
from pipeline.source.characters import cleaned
from pipeline.source.directive_blocks import close_directive, stray_directive
from pipeline.source.findings import Findings
from pipeline.source.headings import Slugger, heading_attributes
from pipeline.source.inlines import InlineBuilder, footnote_key, plain_inlines
from pipeline.source.labels import labelled
from pipeline.source.parser import PlacedInline
from pipeline.source.places import Content, Page
from pipeline.source.ready_blocks import Ready
from pipeline.source.ready_nodes import ReadyNodes, paragraph_of

if TYPE_CHECKING:
    from markdown_it.token import Token


@dataclass(slots=True)
class Open:
    """A container block whose end has not been seen yet."""

    kind: str
    token: Token | None = None
    blocks: list[Block] = field(default_factory=list)
    items: list[ListItem] = field(default_factory=list)
    loose: bool = False
    last: Span | None = None
    """Span of the last node inside."""


@dataclass(slots=True)
class BlockBuilder:
    """Builds the blocks of one article from its tokens."""

    tokens: list[Token | Ready]
    inlines: dict[int, tuple[Content, PlacedInline | None]]
    """What is parsed inside, by the position of its ``inline`` token; None where that is nothing but words."""
    page: Page
    numbers: dict[str, int]
    """Numbers of the footnotes, by key; 0 for those that nothing refers to."""
    slugger: Slugger
    kinds: Collection[str]
    findings: Findings
    stack: list[Open] = field(default_factory=lambda: [Open("")])
    footnotes: list[Footnote] = field(default_factory=list)
    defined: set[str] = field(default_factory=set)
    """Keys of the footnotes."""
    plain: ReadyNodes = field(init=False)

    def __post_init__(self) -> None:
        """Have the nodes of plain blocks made from the same page."""
        self.plain = ReadyNodes(self.page, self._inlines)

    def build(self) -> list[Block]:
        """All top-level blocks; footnote definitions go to ``footnotes``."""
        position = 0
        while position < len(self.tokens):
            token = self.tokens[position]
            if isinstance(token, Ready):
                self._ready(token)
                position += 1
            else:
                position = self._token(token, position)
        return self.stack[0].blocks

    def _ready(self, block: Ready) -> None:
        """Take a block that needed no parser."""
        match block.kind:
            case "heading":
                children, _ = self.plain.words(block.words[0])
                self._add_heading(block.number, children, block.attributes, self.page.line(block.line))
            case "directive":
                first = self.page.line(block.line)
                span = Span(first.line, 1, *self.page.line_end(block.line + 1))
                self._add_directive((), span, first, words=block.info, closed=True)
            case _:
                made = self.plain.block(block)
                if made is not None:
                    self.add(made)

    def _token(self, token: Token, position: int) -> int:
        """Take one token, or the few of one leaf block; returns the position after them."""
        match token.type:
            case "paragraph_open":
                self._paragraph(token, position + 1)
                return position + 3
            case "heading_open":
                self._heading(token, position + 1)
                return position + 3
            case "table_open":
                return self._table(token, position)
            case "alert_title_open":
                return position + 3
            case "fence" | "code_block" | "hr" | "html_block" | "too_much" | "directive_stray":
                self._leaf(token)
            case _ if token.nesting == 1:
                self.stack.append(Open(token.type.removesuffix("_open"), token))
            case _:
                self._close(self.stack.pop())
        return position + 1

    def span(self, token: Token) -> Span:
        """Span of the block that starts with ``token``."""
        assert token.map is not None
        start = token.attrs["at"] if token.type == "list_item_open" else token.meta["start"]
        return self.page.block(int(start), token.map[1])

    def add(self, block: Block) -> None:
        """Put a finished block where it belongs."""
        self.stack[-1].blocks.append(block)
        self.stack[-1].last = block.span

    def _paragraph(self, token: Token, inline: int) -> None:
        content, state = self.inlines[inline]
        children = self._inlines(content, state)
        span = self.span(token)
        if not token.hidden and self.stack[-1].kind == "list_item":
            self.stack[-1].loose = True
        paragraph = paragraph_of(children, span)
        if paragraph is not None:
            self.stack[-1].blocks.append(paragraph)
        self.stack[-1].last = span

    def _heading(self, token: Token, inline: int) -> None:
        content, state = self.inlines[inline]
        children = self._inlines(content, state)
        self._add_heading(int(token.tag[1]), children, token.meta.get("attributes"), self.span(token))

    def _add_heading(self, level: int, children: tuple[Inline, ...], attributes: Attributes | None, span: Span) -> None:
        id, role = heading_attributes(attributes, span, self.findings)
        self.add(Heading(level, children, id=self.slugger.id_for(children, id), role=role, span=span))

    def _inlines(self, content: Content, state: PlacedInline | None) -> tuple[Inline, ...]:
        if state is None:
            return plain_inlines(content)
        return InlineBuilder(content, self.numbers, self.findings).build(state)

    def _table(self, token: Token, position: int) -> int:
        here = token
        rows: list[tuple[TableCell, ...]] = []
        alignments: list[Alignment | None] = []
        cells: list[TableCell] = []
        while here.type != "table_close":
            if here.type in {"th_open", "td_open"}:
                content, state = self.inlines[position + 1]
                cells.append(TableCell(self._inlines(content, state), content.span(0, len(content.text))))
                if here.type == "th_open":
                    alignments.append(_alignment(here))
            elif here.type == "tr_close":
                rows.append(tuple(cells))
                cells = []
            position += 1
            following = self.tokens[position]
            assert not isinstance(following, Ready)
            here = following
        self.add(Table(rows[0], tuple(rows[1:]), tuple(alignments), self.span(token)))
        return position + 1

    def _leaf(self, token: Token) -> None:
        span = self.span(token)
        match token.type:
            case "fence":
                self.add(CodeBlock(token.content, cleaned(unescapeAll(token.info).strip(), span, self.findings), span))
            case "code_block":
                self.add(CodeBlock(token.content, "", span))
            case "hr":
                self.add(ThematicBreak(span))
            case "directive_stray":
                stray_directive(span, self.findings)
            case "html_block":
                message = f"raw HTML: `{shorten(token.content)}`"
                self.findings.add("P02", message, span, "Write it in Markdown, or put it in a code block.")
            case _:
                self.findings.add("P06", token.info, span, token.meta["mend"])
                self.add(Paragraph((Text(token.content, span),), span))

    def _close(self, done: Open) -> None:
        token = done.token
        assert token is not None
        span = self.span(token)
        if done.kind != "directive":
            span = self._to_last(span, done)
        match done.kind:
            case "blockquote":
                self.add(BlockQuote(tuple(done.blocks), span))
            case "alert":
                self.add(Alert(cast("AlertKind", token.meta["kind"].lower()), tuple(done.blocks), span))
            case "list_item":
                label, blocks = labelled(tuple(done.blocks))
                self.stack[-1].items.append(ListItem(blocks, label, token.meta.get("checked"), span))
                self.stack[-1].loose = self.stack[-1].loose or done.loose
                self.stack[-1].last = span
            case "bullet_list":
                self.add(BulletList(tuple(done.items), not done.loose, span))
            case "ordered_list":
                self.add(OrderedList(tuple(done.items), int(token.attrs.get("start", 1)), not done.loose, span))
            case "directive":
                first, closed = self._first_line(span), token.meta["closed"]
                self._add_directive(tuple(done.blocks), span, first, words=token.info, closed=closed)
            case _:
                self._footnote(token, tuple(done.blocks), span)
        self.stack[-1].last = span

    def _add_directive(self, blocks: tuple[Block, ...], span: Span, first: Span, *, words: str, closed: bool) -> None:
        inside = [frame.kind for frame in self.stack[1:]]
        for block in close_directive(words, closed, blocks, span, first, inside, self.kinds, self.findings):
            self.add(block)

    def _to_last(self, span: Span, done: Open) -> Span:
        """A container ends where the last node in it does, not with blank lines after it."""
        if done.last is None:
            return self._first_line(span)
        return Span(span.line, span.column, done.last.end_line, done.last.end_column)

    def _first_line(self, span: Span) -> Span:
        length = len(self.page.lines[span.line - self.page.first_line].rstrip())
        return Span(span.line, span.column, span.line, length + 1)

    def _footnote(self, token: Token, blocks: tuple[Block, ...], span: Span) -> None:
        label = token.meta["label"]
        if footnote_key(label) in self.defined:
            self.findings.add(
                "L01", f"two footnotes are called `{shorten(label)}`", span, "Give one of them another name."
            )
            return
        self.defined.add(footnote_key(label))
        self.footnotes.append(Footnote(label, self.numbers[footnote_key(label)], blocks, span))


def _alignment(cell: Token) -> Alignment | None:
    style = str(cell.attrs.get("style", ""))
    return cast("Alignment", style.removeprefix("text-align:")) if style else None
