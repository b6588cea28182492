"""Places in a source text: offsets, lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

from pipeline.model.nodes import Span

LINE_END = re.compile(r"\r\n?|\n")
"""What ends a line in CommonMark (0.31, section 2.1); no other character does, whatever ``str.splitlines`` says."""


def split_lines(source: str) -> list[str]:
    """The lines of ``source`` without their ends; a final line end gives an empty last line."""
    return LINE_END.split(source) if "\r" in source else source.split("\n")


class LineIndex:
    """Turns offsets of a source text into lines and columns, and back; both count from 1."""

    def __init__(self, source: str) -> None:
        if "\r" in source:
            self._starts = [0, *(match.end() for match in LINE_END.finditer(source))]
        else:  # the same, with one call for all lines
            self._starts = [0, *accumulate(map((1).__add__, map(len, source.split("\n"))))]
            self._starts.pop()
        self._source = source

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of the character at ``offset``."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, number: int) -> str:
        """A line without its end."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self._source)
        return self._source[start:end].rstrip("\r\n")

    def offset(self, line: int, column: int) -> int:
        """Offset of a line and column, kept within the text."""
        if line > len(self._starts):
            return len(self._source)
        return min(self._starts[line - 1] + column - 1, len(self._source))

    def span(self, start: int, end: int) -> Span:
        """The span of ``source[start:end]``."""
        return Span(*self.place(start), *self.place(end))

    def offsets(self, span: Span) -> tuple[int, int]:
        """Start and end offset of a span."""
        return self.offset(span.line, span.column), self.offset(span.end_line, span.end_column)


@lru_cache(maxsize=4)
def line_index(source: str) -> LineIndex:
    """The index of a source text, made once for all that ask for places in it one after the other."""
    return LineIndex(source)
