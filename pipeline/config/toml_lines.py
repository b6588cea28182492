"""On which line of a TOML file each key stands; ``tomllib`` does not say."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.model.lines import split_lines

_PART = r"(?:[A-Za-z0-9_-]+|\"(?:[^\"\\]|\\.)*\"|'[^']*')"
_KEY = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_TABLE = re.compile(rf"[ \t]*\[\[?[ \t]*({_KEY})[ \t]*\]")
_PAIR = re.compile(rf"[ \t]*({_KEY})[ \t]*=(.*)", re.DOTALL)
_TOKEN = re.compile(r"\"\"\"|'''|\"(?:[^\"\\]|\\.)*\"|'[^']*'|#|[\[\]]")


def key_lines(text: str) -> Mapping[str, int]:
    """The line, from 1, of each table and key, as ``brand.colour``. ``text`` must be valid TOML."""
    lines: dict[str, int] = {}
    table: tuple[str, ...] = ()
    value = _Value()
    for number, line in enumerate(split_lines(text), 1):
        if value.is_open:
            value.read(line)
        elif header := _TABLE.match(line):
            table = _parts(header[1])
            lines.setdefault(".".join(table), number)
        elif pair := _PAIR.match(line):
            key = (*table, *_parts(pair[1]))
            for length in range(len(table) + 1, len(key) + 1):
                lines.setdefault(".".join(key[:length]), number)
            value.read(pair[2])
    return lines


def _parts(key: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_PART, key))


class _Value:
    """A value that may go on over several lines."""

    def __init__(self) -> None:
        self._quotes = ""
        self._depth = 0

    @property
    def is_open(self) -> bool:
        """Whether it goes on in the next line."""
        return bool(self._quotes) or self._depth > 0

    def read(self, line: str) -> None:
        """Take one more line of it."""
        position = 0
        while True:
            if self._quotes:
                end = line.find(self._quotes, position)
                if end < 0:
                    return
                position, self._quotes = end + len(self._quotes), ""
            token = _TOKEN.search(line, position)
            if token is None or token.group() == "#":
                return
            position = token.end()
            if token.group() in {'"""', "'''"}:
                self._quotes = token.group()
            elif token.group() in "[]":
                self._depth += 1 if token.group() == "[" else -1
