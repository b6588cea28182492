"""Blocks that needed no parser as nodes."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.model.nodes import (
    Alignment,
    Block,
    BulletList,
    Figure,
    Image,
    Inline,
    ListItem,
    OrderedList,
    Paragraph,
    Span,
    Table,
    TableCell,
    Text,
)
from pipeline.source.inlines import plain_inlines
from pipeline.source.labels import labelled
from pipeline.source.parser import PlacedInline
from pipeline.source.places import Content, Page
from pipeline.source.ready_blocks import Ready, Words

_SIDES: dict[tuple[str, str], Alignment | None] = {
    (":", ":"): "center",
    (":", "-"): "left",
    ("-", ":"): "right",
    ("-", "-"): None,
}
"""By the ends of a column's cell in a table's second line."""


class ReadyNodes:
    """Makes nodes of the plain blocks of one article."""

    def __init__(self, page: Page, marked: Callable[[Content, PlacedInline], tuple[Inline, ...]]) -> None:
        self._page = page
        self._marked = marked
        """Gives the nodes of what is more than words."""

    def block(self, ready: Ready) -> Block | None:
        """The node of a paragraph, list or table; None for a paragraph of which nothing is left."""
        match ready.kind:
            case "paragraph":
                words = ready.words[0]
                children, span = self.words(words)
                return paragraph_of(children, span) if words.marked else Paragraph(children, span)
            case "bullets":
                items = self._items(ready)
                return BulletList(items, span=_around(items))
            case "numbers":
                items = self._items(ready)
                return OrderedList(items, ready.number, span=_around(items))
            case _:
                return self._table(ready)

    def words(self, words: Words) -> tuple[tuple[Inline, ...], Span]:
        """The nodes of a text, and where it stands."""
        span = self._page.words_span(words)
        if words.marked is not None:
            return self._marked(*words.marked), span
        if "\n" in words.text:
            return plain_inlines(self._page.words(words)), span
        return (Text(words.text, span),) if words.text else (), span

    def _items(self, ready: Ready) -> tuple[ListItem, ...]:
        items = []
        for words in ready.words:
            children, span = self.words(words)
            whole = Span(span.line, 1, span.end_line, span.end_column)
            if not words.marked:
                items.append(ListItem((Paragraph(children, span),), (), None, whole))
                continue
            paragraph = paragraph_of(children, span)
            label, blocks = labelled((paragraph,) if paragraph else ())
            items.append(ListItem(blocks, label, None, whole))
        return tuple(items)

    def _table(self, ready: Ready) -> Table:
        cells = [TableCell(*self.words(words)) for words in ready.words]
        rows = [tuple(cells[at : at + ready.number]) for at in range(0, len(cells), ready.number)]
        end = self._page.line_end(ready.line + len(rows))
        span = Span(ready.line + self._page.first_line, 1, *end)
        return Table(rows[0], tuple(rows[1:]), _alignments(ready.info), span)


def paragraph_of(children: tuple[Inline, ...], span: Span) -> Paragraph | Figure | None:
    """The block of a paragraph's nodes: a picture with a title that stands alone is a figure; None where nothing is left."""
    match children:
        case (Image(title=title) as image,) if title:
            return Figure(image, title, span)
        case ():
            return None
        case _:
            return Paragraph(children, span)


def _around(items: tuple[ListItem, ...]) -> Span:
    """The span of a list, which starts at the left margin."""
    return Span(items[0].span.line, 1, items[-1].span.end_line, items[-1].span.end_column)


def _alignments(rule: str) -> tuple[Alignment | None, ...]:
    """How the columns stand, by a table's second line."""
    sides = [(cell.strip()[0], cell.strip()[-1]) for cell in rule.split("|")[1:-1]]
    return tuple(_SIDES[side] for side in sides)
