"""Metadata so plain that YAML could mean nothing else by it: keys with words behind them, lists of words, groups of keys.

That is what editors write, and nearly all that they do. Whatever else there is, and each mistake, is left to the reader of YAML,
which says the same of all this; ``tests/source/test_plain_metadata.py`` holds them together.
"""

from __future__ import annotations

import re
from typing import Any

from pipeline.model.characters import find_forbidden
from pipeline.model.nodes import Span
from pipeline.source.yaml_nodes import plain_scalar

MOST_LINES = 200
"""Of metadata that is read here."""

_KEY = r"[A-Za-z][A-Za-z0-9_-]{0,63}"
_WORDS = r"[^\W_](?:[^\n:#]|:(?=\S)|(?<=\S)#)*+(?<! )"
"""A text that needs no quotation marks and is a single line."""
_WORD = r"[^\W_][\w .+/()'’-]*+(?<! )"
"""One that needs none within square brackets."""
_PAIR = re.compile(rf"( *)(- )?({_KEY}): ({_WORDS})")
_ITEM = re.compile(rf"( *)- ({_WORDS})")
_ENTRY = re.compile(
    rf"(?P<key>{_KEY}):(?: (?P<words>{_WORDS})| \[(?P<list>(?:{_WORD}(?:, *+{_WORD})*+)?)\]|(?P<below>(?:\n(?: |- )[^\n]*+)++))\n"
)

Spans = dict[str, Span]


def plain_values(text: str, first_line: int) -> tuple[dict[str, Any], Spans] | None:
    """The values of metadata and where each is, as its file's lines count from ``first_line``; None for what is not plain."""
    if not text.replace("\n", "").isprintable() or text.count("\n") > MOST_LINES or find_forbidden(text):
        return None
    data: dict[str, Any] = {}
    spans: Spans = {}
    offset, line = 0, first_line
    while offset < len(text):
        found = _ENTRY.match(text, offset)
        if found is None:
            return None
        key, words, below = found["key"], found["words"], found["below"]
        if key in data or not _is_word(key):
            return None
        spans[key] = Span(line, 1, line, len(key) + 1)
        if words is not None:
            data[key] = plain_scalar(words)
            spans[key] = Span(line, 1, line, len(key) + len(words) + 3)
        elif below is not None:
            data[key] = _below(below[1:].split("\n"), key, line + 1, spans)
            line += below.count("\n")
        else:
            data[key] = _list(found["list"], key, line, spans)
        if data[key] is None:
            return None
        offset = found.end()
        line += 1
    return data, spans


def _is_word(key: str) -> bool:
    return type(plain_scalar(key)) is str


def _list(text: str, key: str, line: int, spans: Spans) -> list[Any] | None:
    values: list[Any] = []
    column = len(key) + 4
    for words in re.finditer(_WORD, text):
        spans[f"{key}.{len(values)}"] = Span(line, column + words.start(), line, column + words.end())
        values.append(plain_scalar(words[0]))
    return None if None in values else values


def _below(lines: list[str], key: str, line: int, spans: Spans) -> list[Any] | dict[str, Any] | None:
    """What stands on the lines below a key: words or groups of keys, each after a dash, or a group."""
    indent = len(lines[0]) - len(lines[0].lstrip(" "))
    if not lines[0].startswith("- ", indent):
        return _group(lines, indent, key, line, spans)
    values: list[Any] = []
    inner: Spans = {}
    start = 0
    for end in range(1, len(lines) + 1):
        if end < len(lines) and not lines[end].startswith("- ", indent):
            continue
        name, first, column = f"{key}.{len(values)}", lines[start], indent + 3
        spans[name] = Span(line + start, column, line + start, len(first) + 1)
        item = _ITEM.fullmatch(first) if end == start + 1 else None
        if item is not None and len(item[1]) == indent:
            values.append(plain_scalar(item[2]))
        else:
            group = [" " * (indent + 2) + first[indent + 2 :], *lines[start + 1 : end]]
            values.append(_group(group, indent + 2, name, line + start, inner))
        start = end
    spans |= inner
    return None if None in values else values


def _group(lines: list[str], indent: int, key: str, line: int, spans: Spans) -> dict[str, Any] | None:
    values: dict[str, Any] = {}
    for number, text in enumerate(lines, line):
        pair = _PAIR.fullmatch(text)
        if pair is None or pair[2] or len(pair[1]) != indent or pair[3] in values or not _is_word(pair[3]):
            return None
        values[pair[3]] = plain_scalar(pair[4])
        spans[f"{key}.{pair[3]}"] = Span(number, indent + 1, number, len(text) + 1)
    return None if None in values.values() else values
