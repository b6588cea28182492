"""Blocks that patterns can tell at the top of a text: most of an article is plain enough to need no parser.

What is found here stands at the left margin, and what is behind it cannot belong to it. Whatever is less plain is left to the
parser, which would make the same of all these (CommonMark 0.31.2); ``tests/source/test_ready_blocks.py`` holds them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipeline.source.attributes import Attributes, split_attributes
from pipeline.source.places import BLANKS, Content

if TYPE_CHECKING:
    from pipeline.source.parser import PlacedInline

Kind = Literal["paragraph", "heading", "bullets", "numbers", "table", "directive"]

MOST_CELLS = 1_000
"""Of a table that is taken here; the parser knows what to do with more."""

_OPENER = r"(?:[#>\[<=|]|:::|```|~~~|[-+*](?:[ \t]|$)|[0-9]{1,9}[.)](?:[ \t]|$)|[-*_:][-*_:| \t]*$)"
"""What a line starts with that may be no paragraph's, or may make another block of the paragraph above it."""
_REST = rf"[^\n]*+(?:\n[ \t]*+(?!{_OPENER})\S[^\n]*+)*+"
"""What follows the first character of a paragraph, further lines included."""
_AFTER_PARAGRAPH = r"(?=\Z|\n[ \t]*+(?:\n|\Z))"
_AFTER_LIST = r"(?=\Z|\n(?:[ \t]*+\n)*+[ \t]*+\Z|\n(?:[ \t]*+\n)++(?![ \t]|[-+*](?:[ \t]|$)|[0-9]{1,9}[.)](?:[ \t]|$)))"
"""A blank line and then nothing that could be in the list."""
_AFTER_HEADING = r"[ \t]*+(?=\Z|\n(?![ \t]*+[-:|][-:| \t]*$))"
"""What would make a table's first line of it is not there."""
_TEXT = rf"[ ]{{1,4}}(?!{_OPENER})\S{_REST}"
"""Of an item, behind its mark."""
_BLOCK = re.compile(
    rf"(?P<paragraph>(?!{_OPENER})\S{_REST}){_AFTER_PARAGRAPH}"
    rf"|(?P<level>#{{1,6}})[ \t]++(?P<heading>[^\s#](?:[^\n]*[^\s#])?){_AFTER_HEADING}"
    r"|:::[ \t]*+(?P<directive>[^\s:](?:[^\n]*\S)?)[ \t]*+\n:::[ \t]*+(?=\n|\Z)"
    rf"|(?P<bullets>(?P<mark>[-+*]){_TEXT}(?:\n(?P=mark){_TEXT})*+){_AFTER_LIST}"
    rf"|(?P<numbers>(?P<number>[0-9]{{1,9}})(?P<dot>[.)]){_TEXT}(?:\n[0-9]{{1,9}}(?P=dot){_TEXT})*+){_AFTER_LIST}"
    r"|(?P<table>\|[^\n\\]*\|[ \t]*+\n(?P<rule>\|(?:[ \t]*+:?+-++:?+[ \t]*+\|)++)[ \t]*+(?:\n\|[^\n\\]*\|[ \t]*+)*+)"
    rf"{_AFTER_PARAGRAPH}",
    re.MULTILINE,
)
_ITEM = re.compile(rf"((?:[-+*]|[0-9]{{1,9}}[.)])[ ]+)(\S{_REST})\n?+", re.MULTILINE)
_BLANK_LINES = re.compile(r"(?:[ \t]*+\n)*+(?:[ \t]++\Z)?+")
_LINE_START = re.compile(r"\n[ \t]+")


@dataclass(slots=True)
class Words:
    """The text of a paragraph, a heading or an item, which ends where its last line does."""

    text: str
    """Its lines without the blanks before them and after the last."""
    line: int
    """Where it starts; lines and columns count from 0 here."""
    column: int = 0
    marked: tuple[Content, PlacedInline] | None = None
    """What the inline parser finds in it; None as long as it is nothing but words."""


@dataclass(slots=True)
class Ready:
    """A block that needs no parser, among the tokens of those that do."""

    kind: Kind
    line: int
    words: tuple[Words, ...] = ()
    number: int = 1
    """Level of a heading, what a list counts from, or the columns of a table."""
    info: str = ""
    """What stands behind a directive's colons, or a table's second line."""
    attributes: Attributes | None = None
    """Of a heading."""


def after_blank_lines(source: str, offset: int) -> int:
    """The offset behind the blank lines, or the rest of a line, that start at an offset."""
    found = _BLANK_LINES.match(source, offset)
    return found.end() if found else offset


def ready_block(source: str, offset: int, line: int) -> tuple[Ready, int] | None:
    """The block that starts at an offset, which is that of a line, and where it ends; None for what needs the parser."""
    found = _BLOCK.match(source, offset)
    made = _made(found, line) if found else None
    if found is None or made is None or any(words.text[-1:].isspace() for words in made.words):
        return None  # the last, since the parser takes blanks of other kinds away there
    return made, found.end()


def _made(found: re.Match[str], line: int) -> Ready | None:
    match found.lastgroup:
        case "paragraph":
            return Ready("paragraph", line, (_words(found[0], line, 0),))
        case "heading":
            text, attributes = split_attributes(found["heading"])
            words = Words(text, line, found.start("heading") - found.start())
            return Ready("heading", line, (words,), len(found["level"]), attributes=attributes)
        case "directive":
            return Ready("directive", line, info=found["directive"])
        case "bullets":
            return Ready("bullets", line, _items(found[0], line))
        case "numbers":
            return Ready("numbers", line, _items(found[0], line), int(found["number"]))
        case _:
            return _table(found[0], found["rule"], line)


def _items(text: str, line: int) -> tuple[Words, ...]:
    items: list[Words] = []
    for item in _ITEM.finditer(text):
        items.append(_words(item[2], line, len(item[1])))
        line += item[0].count("\n")
    return tuple(items)


def _words(text: str, line: int, column: int) -> Words:
    text = text.rstrip(" \t")
    return Words(_LINE_START.sub("\n", text) if "\n" in text else text, line, column)


def _table(text: str, rule: str, line: int) -> Ready | None:
    """A table each of whose lines has as many cells; None for any other, and for one that may be too large."""
    columns = rule.count("|") - 1
    header, _, *rows = text.split("\n")
    if columns * (len(rows) + 1) > MOST_CELLS or any(row.count("|") != columns + 1 for row in (header, *rows)):
        return None
    cells = [*_cells(header, line)]
    for number, row in enumerate(rows, line + 2):
        cells += _cells(row, number)
    return Ready("table", line, tuple(cells), columns, rule)


def _cells(row: str, line: int) -> Iterator[Words]:
    column = 1
    for cell in row.split("|")[1:-1]:
        text = cell.lstrip(BLANKS)
        yield Words(text.rstrip(BLANKS), line, column + len(cell) - len(text))
        column += len(cell) + 1
