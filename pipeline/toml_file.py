"""A TOML file that an editor wrote below ``content/``: opened safely, read within limits."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.errors import ContentError, UnreadableError, shorten
from pipeline.files import ContentFolder, MissingFileError, NotPlainFileError, display_path
from pipeline.model.characters import describe, find_forbidden

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 20
"""Lists and tables in one another, and parts of one key."""
MAX_DIGITS = 100
"""Characters of a number."""

_MARKS = re.compile(
    r"""
    (?P<plain>\#[^\n]*+ | "{3}(?:\\.|[^\\])*?"{3} | '{3}.*?'{3} | "(?:\\.|[^"\\\n])*+" | '[^'\n]*+')
  | (?P<opens>[\[{]) | (?P<closes>[\]}]) | (?P<ends>[=,\n]) | (?P<dot>\.)
  | (?P<word>[^\s\[\]{},=.\#"']++)
    """,
    re.VERBOSE | re.DOTALL,
)


class TomlMistakeError(Exception):
    """A text that is no TOML; the message says why."""

    def __init__(self, message: str, line: int, mend: str = 'Write `key = "value"` on each line.') -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.mend = mend


class TooMuchError(TomlMistakeError):
    """A text that goes beyond a limit; the message says which."""


def read_toml(file: Path, content: Path) -> tuple[str, dict[str, Any]]:
    """The text of a file in the tree ``content`` and what it says.

    Raises UnreadableError when its bytes cannot be had, and ContentError, with the line, when it is no plain file of the
    tree, too large, no UTF-8 or no TOML, and where it holds characters that nothing may hold.
    """
    path = display_path(file)
    text = _text(file, content, path)
    try:
        data = parse_toml(text)
    except TomlMistakeError as mistake:
        raise ContentError(mistake.message, path=path, line=mistake.line, help=mistake.mend) from None
    for words in _words(data):
        for match in find_forbidden(words):
            message = f"{describe(match.group())} is not allowed"
            raise ContentError(message, path=path, line=_line_of(text, match.group()), help="Delete it.")
    return text, data


def parse_toml(text: str) -> dict[str, Any]:
    """What a TOML text says. Raises TomlMistakeError, and TooMuchError for what ``tomllib`` would choke on."""
    _refuse_too_much(text)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        raise TomlMistakeError(f"it is not TOML: {str(error).partition(' (at ')[0]}", line) from None


def _refuse_too_much(text: str) -> None:
    """Refuse deep nesting and endless keys and numbers before ``tomllib`` recurses into them or converts them."""
    line, depth, dots = 1, 0, 0
    for mark in _MARKS.finditer(text):
        match mark.lastgroup:
            case "opens":
                depth, dots = depth + 1, 0
            case "closes":
                depth, dots = max(depth - 1, 0), 0
            case "ends":
                dots = 0
            case "dot":
                dots += 1
            case "word" if len(mark.group()) > MAX_DIGITS and mark.group()[0] in "+-0123456789":
                raise TooMuchError(f"`{shorten(mark.group())}` has more than {MAX_DIGITS} digits", line, "Shorten it.")
        if depth > MAX_DEPTH or dots >= MAX_DEPTH:
            message = f"more than {MAX_DEPTH} lists, tables or parts of a key lie in one another"
            raise TooMuchError(message, line, "Write it flatter.")
        line += mark.group().count("\n")


def _text(file: Path, content: Path, path: str) -> str:
    """The text of a plain file inside the tree."""
    try:
        data = ContentFolder(content).read(file, MAX_BYTES).data
    except NotPlainFileError as error:
        raise ContentError(str(error), path=path, line=1, help="Put a plain file there.") from None
    except (OSError, MissingFileError) as error:
        reason = getattr(error, "strerror", None) or "it has gone"
        raise UnreadableError(f"cannot be read: {reason}", path=path, help="Check that you may read it.") from None
    if data is None:
        raise ContentError("has more than 1 MB", path=path, line=1, help="It should have a page.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ContentError("is not UTF-8", path=path, line=line, help="Save it as UTF-8.") from None


def _words(value: object) -> Iterator[str]:
    """Every text in a TOML value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)


def _line_of(text: str, character: str) -> int:
    """The line on which a character stands, as it is or as an escape."""
    point = ord(character)
    spelt = [re.escape(character), rf"\\u{point:04x}", rf"\\U{point:08x}"]
    if short := {"\b": r"\\b", "\f": r"\\f"}.get(character):
        spelt.append(short)
    found = re.search("|".join(spelt), text, re.IGNORECASE)
    return text.count("\n", 0, found.start()) + 1 if found else 1
