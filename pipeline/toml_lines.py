"""On which line of a TOML file each key and item stands; ``tomllib`` does not say."""

from __future__ import annotations

import re
from collections.abc import Mapping

Place = tuple[str | int, ...]
"""The way to a value: keys, and numbers of list items from 0."""

_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n]*)
  | (?P<text>\"{3}(?:\\.|[^\\])*?\"{3,5} | '{3}.*?'{3,5} | "(?:\\.|[^"\\])*" | '[^']*')
  | (?P<end>\n)
  | (?P<sign>[\[\]{},=.])
  | (?P<word>[^\s\[\]{},=.\#"']+)
    """,
    re.VERBOSE | re.DOTALL,
)
"""TOML 1.0 as far as keys and the shape of values go."""


def key_lines(text: str) -> Mapping[str, int]:
    """The line, from 1, of each table and key, as ``brand.colour``; of what is there several times, the first.

    ``text`` must be valid TOML.
    """
    lines: dict[str, int] = {}
    for place, line in item_lines(text).items():
        if isinstance(place[-1], str):
            lines.setdefault(".".join(part for part in place if isinstance(part, str)), line)
    return lines


def item_lines(text: str) -> Mapping[Place, int]:
    """The line, from 1, of each table, key and list item by its place: ``("parts", 0, "articles", 2)``.

    ``text`` must be valid TOML.
    """
    reader = _Reader()
    line = 1
    for token in _TOKEN.finditer(text):
        reader.read(token.lastgroup or "", token.group(), line)
        line += token.group().count("\n")
    return reader.lines


class _Reader:
    """Takes tokens one after the other, without recursion."""

    def __init__(self) -> None:
        self.lines: dict[Place, int] = {}
        self._tables: dict[Place, int] = {}
        """Number of the last table of each list of tables."""
        self._table: Place = ()
        self._open: list[Place] = []
        """Lists and inline tables around: of a list its next item's place, of a table its own."""
        self._lists: list[bool] = []
        self._key: list[str] = []
        self._value: Place | None = None
        """Where the value goes that is being read; None where a key is."""
        self._header = 0
        """Brackets of a table's header that are open."""

    def read(self, kind: str, token: str, line: int) -> None:
        """Take a token that starts on ``line``."""
        if kind == "end" and not self._open:
            self._value = None
        elif kind == "sign":
            self._sign(token, line)
        elif kind in {"text", "word"}:
            if self._value is None:
                self._key.append(token.strip("\"'") if kind == "text" else token)
            else:
                self._note(self._value, line)

    def _sign(self, sign: str, line: int) -> None:
        if self._header or (sign == "[" and self._value is None):
            self._bracket(sign, line)
        elif sign == "=":
            around = self._open[-1] if self._open else self._table
            for length in range(1, len(self._key) + 1):
                self._note((*around, *self._key[:length]), line)
            self._value, self._key = (*around, *self._key), []
        elif sign in "[{" and self._value is not None:
            self._note(self._value, line)
            self._lists.append(sign == "[")
            self._open.append((*self._value, 0) if sign == "[" else self._value)
            self._value = self._open[-1] if sign == "[" else None
        elif sign in "]}":
            self._open.pop()
            self._lists.pop()
        if sign in ",]}" and self._open:
            self._next(after=sign == ",")

    def _next(self, *, after: bool) -> None:
        """Go on in the list or inline table around; ``after`` a comma with its next item."""
        *way, last = self._open[-1]
        if self._lists[-1] and after and isinstance(last, int):
            self._open[-1] = (*way, last + 1)
        self._value = self._open[-1] if self._lists[-1] else None

    def _bracket(self, sign: str, line: int) -> None:
        """A bracket or dot of a header, as ``[brand]`` or ``[[parts]]``."""
        if sign == "[":
            self._header += 1
        elif sign == "]" and self._key:
            self._table = self._place(self._key, several=self._header > 1)
            self._note(self._table, line)
            for length in range(len(self._table), 0, -1):
                if isinstance(self._table[length - 1], int):
                    self._note(self._table[: length - 1], line)
            self._key = []
        if sign == "]":
            self._header -= 1

    def _place(self, parts: list[str], *, several: bool) -> Place:
        place: Place = ()
        for number, part in enumerate(parts, 1):
            place = (*place, part)
            if several and number == len(parts):
                self._tables[place] = self._tables.get(place, -1) + 1
            if place in self._tables:
                place = (*place, self._tables[place])
        return place

    def _note(self, place: Place, line: int) -> None:
        self.lines.setdefault(place, line)
