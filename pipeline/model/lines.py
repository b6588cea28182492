"""Places in a source text: offsets, lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right

from pipeline.model.nodes import Span

LINE_END = re.compile(r"\r\n?|\n")
"""What ends a line in CommonMark (0.31, section 2.1); no other character does, whatever ``str.splitlines`` says."""


def split_lines(source: str) -> list[str]:
    """The lines of ``source`` without their ends; a final line end gives an empty last line."""
    return LINE_END.split(source)


class LineIndex:
    """Turns offsets of a source text into lines and columns, and back; both count from 1."""

    def __init__(self, source: str) -> None:
        self._starts = [0, *(match.end() for match in LINE_END.finditer(source))]
        self._length = len(source)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of the character at ``offset``."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """Offset of a line and column, kept within the text."""
        if line > len(self._starts):
            return self._length
        return min(self._starts[line - 1] + column - 1, self._length)

    def span(self, start: int, end: int) -> Span:
        """The span of ``source[start:end]``."""
        return Span(*self.place(start), *self.place(end))

    def offsets(self, span: Span) -> tuple[int, int]:
        """Start and end offset of a span."""
        return self.offset(span.line, span.column), self.offset(span.end_line, span.end_column)
