"""A table has columns without a heading.

Screen readers say the column's heading with each cell (WCAG 2.2, 1.3.1). The top left corner may stay empty where the first
column holds the rows' own headings.

Bad:

    | Muscle |   |
    | ------ | - |
    | Glutes | strong |

Good:

    |        | Squat | Hip thrust |
    | ------ | ----- | ---------- |
    | Glutes | some  | much       |
    | Thighs | much  | some       |
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.nodes import everywhere
from pipeline.checks.registry import check
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity
from pipeline.model.nodes import Table, TableCell
from pipeline.model.walk import plain_text


@check("A02", severity=Severity.ERROR, source="WCAG 1.3.1")
def table_headers(article: Article, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """One finding for each table, at its first empty heading."""
    for table in everywhere(article, Table):
        empty = [number for number, cell in enumerate(table.header) if not _words(cell)]
        if not empty or (empty == [0] and _has_row_headings(table)):
            continue
        every = len(empty) == len(table.header)
        yield Finding(
            "the table has no headings" if every else f"column {empty[0] + 1} of the table has no heading",
            table.span if every else table.header[empty[0]].span,
            "Write above each column what is in it.",
        )


def _words(cell: TableCell) -> str:
    return plain_text(cell.children).strip()


def _has_row_headings(table: Table) -> bool:
    """Whether the first column names each row in words, with other columns beside it."""
    firsts = [_words(row[0]) if row else "" for row in table.rows]
    return len(table.header) > 1 and bool(firsts) and all(any(c.isalpha() for c in first) for first in firsts)
