"""Tables of HTML as tables of the model: cells that span others are repeated, tables that only arrange are taken apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from pipeline.model.nodes import Alignment, Block, Inline, Paragraph, Strong, Table, TableCell, Text
from pipeline.model.walk import plain_text
from pipeline.source.importers.draft import Draft, at

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_SPAN = 50
"""Columns or rows that a cell may span."""
MOST_COLUMNS = 100
ReadBlocks = Callable[["HtmlElement"], Sequence[Block]]
_BLOCKS = frozenset({"div", "section", "article", "table", "h1", "h2", "h3", "h4", "figure"})


def read_table(element: HtmlElement, draft: Draft, read: ReadBlocks) -> list[Block]:
    """The blocks of a ``table``: its caption as a paragraph, then the table, or what is in one that only arranges."""
    rows = [row for row in element.iter("tr") if _table_of(row) is element]
    caption = next((child for child in element if child.tag == "caption"), None)
    before = list(read(caption)) if caption is not None else []
    if _only_arranges(element, rows):
        cells = [cell for row in rows for cell in row if cell.tag in {"td", "th"}]
        if len(cells) > 1:
            draft.changed.append("a table that only arranged its parts was taken apart")
        return [*before, *(block for cell in cells for block in read(cell))]
    grid = _grid(rows, read, draft)
    if not grid:
        return before
    header = _header_rows(element, rows)
    head, body = (grid[0], grid[1:]) if header else (tuple(TableCell(()) for _ in grid[0]), grid)
    if header == 0 and len(grid) > 1 and _looks_like_header(rows, grid):
        head, body = grid[0], grid[1:]
    elif not header:
        draft.changed.append("a table has no headings over its columns; write them")
    head = tuple(TableCell(_plain(cell.children)) for cell in head)
    width = len(head)
    alignments = tuple(_alignment(rows, number) for number in range(width))
    return [*before, Table(head, tuple(body), alignments, at(element.sourceline or 0))]


def _table_of(row: HtmlElement) -> HtmlElement | None:
    return next((up for up in row.iterancestors() if up.tag == "table"), None)


def _only_arranges(table: HtmlElement, rows: Sequence[HtmlElement]) -> bool:
    """Whether a table is a layout: one column, or whole parts of a page in its cells."""
    if (table.get("role") or "") in {"presentation", "none"}:
        return True
    widths = [sum(1 for cell in row if cell.tag in {"td", "th"}) for row in rows]
    if not widths or max(widths) < 2:  # noqa: PLR2004 -- a column alone says no more than paragraphs do
        return True
    if any(cell.tag == "th" for row in rows for cell in row):
        return False
    return any(
        part.tag in _BLOCKS and part.tag not in {"div", "section"}
        for row in rows
        for cell in row
        for part in cell.iter()
        if part is not cell
    )


def _grid(rows: Sequence[HtmlElement], read: ReadBlocks, draft: Draft) -> list[tuple[TableCell, ...]]:
    """Rows of equal length; a cell that spans columns or rows stands in each of them."""
    grid: list[list[TableCell]] = []
    reaching: dict[int, tuple[int, TableCell]] = {}
    spans = False
    for row in rows:
        line: list[TableCell] = []
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        while cells or len(line) in reaching:
            column = len(line)
            if column >= MOST_COLUMNS:
                break
            if column in reaching:
                left, cell = reaching.pop(column)
                if left > 1:
                    reaching[column] = (left - 1, cell)
                line.append(cell)
                continue
            element = cells.pop(0)
            cell = TableCell(_inline(read(element)))
            wide, high = _span(element, "colspan"), _span(element, "rowspan")
            spans = spans or wide > 1 or high > 1
            for offset in range(wide):
                line.append(cell)
                if high > 1:
                    reaching[column + offset] = (high - 1, cell)
        if any(plain_text(cell.children).strip() or cell.children for cell in line):
            grid.append(line)
    if spans:
        draft.changed.append("table cells that span others are repeated in each of them")
    width = min(MOST_COLUMNS, max(map(len, grid), default=0))
    return [tuple((line + [TableCell(())] * width)[:width]) for line in grid]


def _plain(children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """What a cell of headings holds, not in bold: it is a heading."""
    return tuple(part for child in children for part in (child.children if isinstance(child, Strong) else (child,)))


def _span(element: HtmlElement, name: str) -> int:
    value = (element.get(name) or "1").strip()
    return max(1, min(MOST_SPAN, int(value))) if value.isascii() and value.isdigit() else 1


def _inline(blocks: Iterable[Block]) -> tuple[Inline, ...]:
    """What is in a cell on one line: paragraphs and items one after the other."""
    from pipeline.source.importers.draft import words_of

    found: list[Inline] = []
    for block in blocks:
        children: tuple[Inline, ...] = block.children if isinstance(block, Paragraph) else (Text(words_of(block)),)
        if not isinstance(block, Paragraph) and hasattr(block, "items"):
            children = (Text("; ".join(words_of(part) for item in block.items for part in item.blocks)),)
        if found and children:
            ends = plain_text(found).rstrip()[-1:]
            found.append(Text(" " if ends in ".!?:;," else "; "))
        found += children
    return tuple(found)


def _header_rows(table: HtmlElement, rows: Sequence[HtmlElement]) -> int:
    """1 where the first row is marked as headings."""
    if not rows:
        return 0
    parent = rows[0].getparent()
    cells = [cell for cell in rows[0] if cell.tag in {"td", "th"}]
    marked = bool(cells) and all(cell.tag == "th" for cell in cells[1:] or cells)
    return int(marked or (parent is not None and parent is not table and parent.tag == "thead"))


def _looks_like_header(rows: Sequence[HtmlElement], grid: Sequence[tuple[TableCell, ...]]) -> bool:
    """Whether a first row that is not marked is one of headings: all in bold, or words over numbers."""
    cells = [cell for cell in rows[0] if cell.tag in {"td", "th"}]
    bold = [any(part.tag in {"b", "strong"} for part in cell.iter()) for cell in cells]
    texts = [plain_text(cell.children).strip() for cell in grid[0]]
    if all(bold) and all(texts):
        return True
    short = all(0 < len(text.split()) <= 4 and not any(char.isdigit() for char in text) for text in texts[1:])  # noqa: PLR2004
    below = [plain_text(cell.children) for row in grid[1:] for cell in row[1:]]
    return short and any(any(char.isdigit() for char in text) for text in below)


def _alignment(rows: Sequence[HtmlElement], column: int) -> Alignment | None:
    found = set[Alignment | None]()
    for row in rows:
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        if column < len(cells):
            style = (cells[column].get("style") or "").replace(" ", "").lower()
            found.add(
                next(
                    (
                        side
                        for side in ("left", "center", "right")
                        if f"text-align:{side}" in style or cells[column].get("align") == side
                    ),
                    None,
                )
            )
    return found.pop() if len(found) == 1 else None
