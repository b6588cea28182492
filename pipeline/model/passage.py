"""What a reader reads, passage by passage: the value in which finished files of different formats are compared."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Literal

from pipeline.frozen import dataclass

Kind = Literal["heading", "paragraph", "step", "item", "cell", "caption", "picture", "note"]

SOFT_HYPHEN = "\u00ad"
"""A place where a word may be broken; in what was read from a PDF, a hyphen at a line's end that may be the writer's."""

HYPHENS = frozenset("\u2010\u2011")
"""Other characters for a hyphen."""

SILENT = frozenset({"Cc", "Cf", "Cs"})
"""Categories of what shows nothing: controls, format characters (soft hyphens among them) and halves of characters."""

SELECTORS = range(0xFE00, 0xFE10)
"""Variation selectors: they choose a glyph and say nothing."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, heading, list item, cell, caption, picture or note."""

    kind: Kind
    """A step is an item of a numbered list."""
    text: str
    """Its words; of a picture, its text alternative. The mark of a note is its number in square brackets."""
    level: int = 0
    """Of a heading, from 1; of a step or item, how many lists it stands in; of any other, 0."""


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a page of the printed edition starts."""

    page: int
    """From 1."""
    passage: int
    """Index of the passage in which it starts; the number of passages where it has nothing but the last colophon."""
    offset: int
    """Characters of the passage, squeezed, that stand on the pages before."""


@lru_cache(maxsize=4096)
def squeezed(text: str) -> str:
    """A text as it is compared.

    Without white space and invisible characters, ligatures taken apart (NFKC), hyphens alike, and without capitals, which
    a style sheet may change.
    """
    plain = unicodedata.normalize("NFKC", text) if not text.isascii() else text
    kept = ("-" if each in HYPHENS else each for each in plain if not _is_silent(each))
    return "".join(kept).casefold()


def _is_silent(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in SILENT or ord(character) in SELECTORS
