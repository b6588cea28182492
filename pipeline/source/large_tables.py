"""Tables within limits: one that no page could hold is not parsed cell by cell, but reported (P06)."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import table

MAX_CELLS = 50_000
MAX_COLUMNS = 1_000


def table_within_limits(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """GitHub's tables (GFM 0.29, 4.10); of one beyond the limits, only the first line is kept, as text."""
    if not table(state, start, end, True):  # noqa: FBT003 - markdown-it passes it by position
        return False
    if silent:
        return True
    columns = _columns(state, start)
    last = _last_line(state, start, end)
    cells = columns * (last - start - 2)
    if columns <= MAX_COLUMNS and cells <= MAX_CELLS:
        return table(state, start, end, False)  # noqa: FBT003 - the same
    over = f"{columns:,} columns, more than {MAX_COLUMNS:,}"
    if columns <= MAX_COLUMNS:
        over = f"{cells:,} cells, more than {MAX_CELLS:,}"
    token = state.push("too_much", "", 0)
    token.info = f"the table has {over}"
    token.meta["mend"] = "Divide it into several tables, or give its data in a file of its own."
    token.content = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]][:1000]
    token.map = [start, last]
    state.line = last
    return True


def _columns(state: StateBlock, start: int) -> int:
    delimiters = state.src[state.bMarks[start + 1] + state.tShift[start + 1] : state.eMarks[start + 1]]
    return delimiters.strip().strip("|").count("|") + 1


def _last_line(state: StateBlock, start: int, end: int) -> int:
    """The line after the last that can be a row: whatever ends the table within them is not worth looking for."""
    line = start + 2
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        line += 1
    return line
