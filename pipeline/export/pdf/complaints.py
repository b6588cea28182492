"""What WeasyPrint and fontTools only log is a failure here: a file that lacks something must not look finished."""

from __future__ import annotations

import contextlib
import logging
import re
import threading
import unicodedata
from collections.abc import Iterator

from pipeline.errors import ExportError
from pipeline.model.nodes import Code, CodeBlock, Disclaimer, Figure, Image, Node, Text
from pipeline.model.publication import Publication
from pipeline.model.walk import walk

LOGGERS = ("weasyprint", "fontTools")

MISSING = re.compile(
    r"\.notdef glyph rendered for Unicode string unsupported by fonts: .*\(U\+(?P<code>[0-9A-F]+)\)", re.DOTALL
)


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self.messages.append(record.getMessage())


@contextlib.contextmanager
def collected() -> Iterator[list[str]]:
    """Collect what is logged as a warning or worse in this thread, each message once."""
    collector = _Collector()
    loggers = [logging.getLogger(name) for name in LOGGERS]
    for logger in loggers:
        logger.addHandler(collector)
    try:
        yield collector.messages
    finally:
        for logger in loggers:
            logger.removeHandler(collector)


def missing_characters(messages: list[str]) -> list[str]:
    """The characters for which no font had a glyph, in order of first use."""
    found = (MISSING.search(message) for message in messages)
    return list(dict.fromkeys(chr(int(match["code"], 16)) for match in found if match))


def private_characters(text: str) -> list[str]:
    """The characters that each font may draw as it likes; what one draws is not what the writer saw."""
    return sorted(character for character in set(text) if unicodedata.category(character) == "Co")


def raise_for(messages: list[str], publication: Publication, text: str = "") -> None:
    """Raise ExportError for the first thing that was logged; a missing character is named with its line.

    A character of ``text`` that is for private use is missing whatever the fonts have in its place.
    """
    characters = list(dict.fromkeys([*missing_characters(messages), *private_characters(text)]))
    if not messages and not characters:
        return
    if not characters:
        more = f" (and {len(set(messages)) - 1} more)" if len(set(messages)) > 1 else ""
        raise ExportError(f"WeasyPrint reports: {messages[0]}{more}", path=_source(publication, 0))
    chapter, line = _where(publication, characters[0])
    names = ", ".join(f"{character!r} (U+{ord(character):04X})" for character in characters[:5])
    raise ExportError(
        f"no font has the character {names}" if len(characters) == 1 else f"no font has the characters {names}",
        path=_source(publication, chapter),
        line=line,
        help="Write it in other characters; a character that no font has would be printed as a box.",
    )


def _where(publication: Publication, character: str) -> tuple[int, int | None]:
    """Index of the chapter that has the character, and its line; no line where it is in the metadata."""
    for number, chapter in enumerate(publication.chapters):
        for node in walk(chapter.blocks):
            if character in _words(node):
                return number, node.span.line
    for number, chapter in enumerate(publication.chapters):
        if character in f"{chapter.title}{chapter.subtitle}{chapter.description}":
            return number, None
    return 0, None


def _words(node: Node) -> str:
    match node:
        case Text() | Code():
            return node.value
        case CodeBlock():
            return node.text
        case Image():
            return node.alt
        case Figure():
            return node.caption
        case Disclaimer():
            return node.title
        case _:
            return ""


def _source(publication: Publication, chapter: int) -> str:
    if chapter < len(publication.sources):
        return publication.sources[chapter]
    return publication.slug
