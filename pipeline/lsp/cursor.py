"""Where in an article somebody writes: in which key of the metadata, or in what of the text."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.frozen import dataclass
from pipeline.model.lines import split_lines

_FENCE = re.compile(r"(?:---|\.\.\.)[ \t]*")
_KEY = re.compile(r"([ ]*)(- )?([A-Za-z_][\w-]*|[A-Z][0-9]{2}):(?=[ \t]|$)")
_ITEM = re.compile(r"[ ]*- ")


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the text of an article."""

    before: str
    """What stands before it on its line."""
    line: str
    """Its whole line."""
    in_metadata: bool
    parent: str = ""
    """In metadata, the key that the line's own key or item stands below; empty at the top."""
    key: str = ""
    """In metadata, the key on its line that stands before it; empty where a key is being written."""


@lru_cache(maxsize=2)
def _lines(source: str) -> tuple[str, ...]:
    return tuple(split_lines(source))


def cursor_at(source: str, line: int, column: int) -> Cursor:
    """The place before a column of a line; both count from 0, columns in characters."""
    lines = _lines(source)
    text = lines[line] if line < len(lines) else ""
    before = text[:column]
    if not 0 < line < metadata_end(source):
        return Cursor(before, text, in_metadata=False)
    match = _KEY.match(text)
    key = match[3] if match and column >= match.end() else ""
    indent = len(text) - len(text.lstrip(" "))
    nested = indent > 0 or text.startswith("- ")
    parent = _parent(lines, line) if nested else ""
    return Cursor(before, text, in_metadata=True, parent=parent, key=key)


def _parent(lines: tuple[str, ...], line: int) -> str:
    """The key at the top that a line stands below."""
    for above in range(line - 1, 0, -1):
        match = _KEY.match(lines[above])
        if match and not match[1] and not match[2]:
            return match[3]
    return ""


def metadata_end(source: str) -> int:
    """The number, from 0, of the line that closes the metadata; 0 where there is none."""
    lines = _lines(source)
    if not lines or not _FENCE.fullmatch(lines[0]):
        return 0
    return next((number for number, text in enumerate(lines[1:], 1) if _FENCE.fullmatch(text)), len(lines))


def keys_of(source: str) -> frozenset[str]:
    """The keys at the top of the metadata."""
    lines = _lines(source)[1 : metadata_end(source)]
    found = (_KEY.match(text) for text in lines)
    return frozenset(match[3] for match in found if match and not match[1] and not match[2])


def is_item(text: str) -> bool:
    """Whether a line is an item of a list."""
    return _ITEM.match(text) is not None


def word_at(text: str, column: int, pattern: str = r"[\w-]+") -> tuple[str, int, int]:
    """The word around a column, and where it starts and ends; empty where there is none."""
    for match in re.finditer(pattern, text):
        if match.start() <= column <= match.end():
            return match.group(), match.start(), match.end()
    return "", column, column
