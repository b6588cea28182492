"""On which line of a TOML file each key stands; ``tomllib`` does not say."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.model.lines import split_lines

_PART = r"(?:[A-Za-z0-9_-]+|\"(?:[^\"\\]|\\.)*\"|'[^']*')"
_KEY = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_TABLE = re.compile(rf"[ \t]*\[\[?[ \t]*({_KEY})[ \t]*\]")
_PAIR = re.compile(rf"[ \t]*({_KEY})[ \t]*=(.*)", re.DOTALL)
_TEXTS = re.compile(r"\"\"\".*?\"\"\"|'''.*?'''|\"(?:[^\"\\]|\\.)*\"|'[^']*'|#.*", re.DOTALL)


def key_lines(text: str) -> Mapping[str, int]:
    """The line, from 1, of each table and key, as ``brand.colour``. ``text`` must be valid TOML."""
    lines: dict[str, int] = {}
    table: tuple[str, ...] = ()
    value = ""
    for number, line in enumerate(split_lines(text), 1):
        if value:
            value = _rest(f"{value}\n{line}")
        elif header := _TABLE.match(line):
            table = _parts(header[1])
            lines.setdefault(".".join(table), number)
        elif pair := _PAIR.match(line):
            key = (*table, *_parts(pair[1]))
            for length in range(len(table) + 1, len(key) + 1):
                lines.setdefault(".".join(key[:length]), number)
            value = _rest(pair[2])
    return lines


def _parts(key: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_PART, key))


def _rest(value: str) -> str:
    """A value that goes on in the next line, as far as it was read; empty when it is whole."""
    bare = _TEXTS.sub("", value)
    is_open = any(quotes in bare for quotes in ('"""', "'''")) or bare.count("[") > bare.count("]")
    return value if is_open else ""
