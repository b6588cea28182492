"""Where pieces of a parsed text stand in the source file."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from pipeline.frozen import dataclass
from pipeline.model.nodes import Span

if TYPE_CHECKING:
    from pipeline.source.ready_blocks import Words

BLANKS = " \t\n\v\f\r"
"""What markdown-it trims from the ends of a block's content."""


@dataclass(frozen=True, slots=True)
class Content:
    """The text of one paragraph, heading or table cell, and where each piece of it stands."""

    text: str
    starts: tuple[int, ...]
    """Offsets in ``text`` at which pieces start."""
    places: tuple[tuple[int, int], ...]
    """Line and column of each piece's first character."""

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of the character at ``offset``."""
        piece = bisect_right(self.starts, offset) - 1
        line, column = self.places[piece]
        return line, column + offset - self.starts[piece]

    def span(self, start: int, end: int) -> Span:
        """The span of ``text[start:end]``, which ends right behind its last character."""
        if len(self.places) == 1:
            line, column = self.places[0]
            return Span(line, column + start, line, column + max(start, end))
        if end <= start:
            return Span(*self.place(start), *self.place(start))
        line, column = self.place(end - 1)
        return Span(*self.place(start), line, column + 1)


class Page:
    """The lines below the metadata, numbered as in the whole file."""

    def __init__(self, lines: list[str], first_line: int) -> None:
        self.lines = lines
        self.first_line = first_line
        self._starts = [0]
        for line in lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset in the lines joined by line feeds."""
        line = bisect_right(self._starts, offset) - 1
        return line + self.first_line, offset - self._starts[line] + 1

    def line_end(self, line: int) -> tuple[int, int]:
        """Line and column behind the last character of a line (counted from 0) that is no blank."""
        return line + self.first_line, len(self.lines[line].rstrip(BLANKS)) + 1

    def line(self, line: int) -> Span:
        """A line (counted from 0) that starts at the left margin."""
        return Span(line + self.first_line, 1, *self.line_end(line))

    def block(self, start: int, end_line: int) -> Span:
        """From offset ``start`` to the end of the last line before ``end_line`` (counted from 0) that has words."""
        line, column = self.place(start)
        last = end_line - 1
        while last + self.first_line > line and not self.lines[last].strip(BLANKS):
            last -= 1
        return Span(line, column, last + self.first_line, len(self.lines[last].rstrip(BLANKS)) + 1)

    def paragraph(self, content: str, first: int) -> Content:
        """Content that starts on line ``first`` (counted from 0); each of its lines ends where the source's line does."""
        if "\n" not in content:
            line = self.lines[first]
            column = len(line if line.endswith(content) else line.rstrip(BLANKS)) - len(content)
            return Content(content, (0,), ((first + self.first_line, column + 1),))
        starts, places, offset = [], [], 0
        for number, text in enumerate(content.split("\n"), first):
            line = self.lines[number]
            column = len(line if line.endswith(text) else line.rstrip(BLANKS)) - len(text)
            starts.append(offset)
            places.append((number + self.first_line, column + 1))
            offset += len(text) + 1
        return Content(content, tuple(starts), tuple(places))

    def words(self, words: Words) -> Content:
        """Content whose lines the patterns have told."""
        if "\n" in words.text:
            return self.paragraph(words.text, words.line)
        return Content(words.text, (0,), ((words.line + self.first_line, words.column + 1),))

    def words_span(self, words: Words) -> Span:
        """From the first to the last character of what the patterns have told."""
        first, column = words.line + self.first_line, words.column + 1
        if "\n" not in words.text:
            return Span(first, column, first, column + len(words.text))
        last = words.line + words.text.count("\n")
        return Span(first, column, *self.line_end(last))

    def heading(self, content: str, start: int) -> Content:
        """Content of a ``#`` heading whose first ``#`` is at offset ``start``."""
        line, column = self.place(start)
        text = self.lines[line - self.first_line]
        after = column - 1
        while text[after : after + 1] == "#":
            after += 1
        while after < len(text) and text[after] in BLANKS:
            after += 1
        return Content(content, (0,), ((line, after + 1),))

    def row(self, start: int) -> list[Content]:
        """The cells of the table row that starts at offset ``start``, as GitHub's tables split it (GFM 0.29, 4.10)."""
        line, column = self.place(start)
        return split_row(self.lines[line - self.first_line], line, column - 1)


def split_row(text: str, line: int, start: int) -> list[Content]:
    """The cells of a table row in ``text`` from offset ``start``; an escaped pipe is a character of its cell."""
    cells: list[tuple[int, int]] = []
    end = len(text.rstrip(BLANKS))
    position = first = start
    escaped = False
    for position in range(start, end):
        if text[position] == "|" and not escaped:
            cells.append((first, position))
            first = position + 1
        escaped = text[position] == "\\"
    cells.append((first, end))
    if cells and cells[0][0] == cells[0][1]:
        cells.pop(0)
    if cells and cells[-1][0] == cells[-1][1]:
        cells.pop()
    return [_cell(text, line, *cell) for cell in cells]


def _cell(text: str, line: int, start: int, end: int) -> Content:
    while start < end and text[start] in BLANKS:
        start += 1
    while end > start and text[end - 1] in BLANKS:
        end -= 1
    pieces, starts, places, length = [], [0], [(line, start + 1)], 0
    first = start
    position = text.find("\\|", start, end)
    while position >= 0:
        pieces.append(text[first:position])
        length += position - first
        first = position + 1
        starts.append(length)
        places.append((line, first + 1))
        position = text.find("\\|", first, end)
    pieces.append(text[first:end])
    return Content("".join(pieces), tuple(starts), tuple(places))
