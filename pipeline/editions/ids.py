"""Edition ids as people type them from paper, and as they stand in running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from pipeline.publication.edition import ALPHABET, LENGTH
from pipeline.publication.links import EDITIONS

LOOK_ALIKES = str.maketrans({"o": "0", "i": "1", "l": "1", "u": "v"})
"""Letters that no id has, and the character that was meant (Crockford's base 32)."""
MISREAD = str.maketrans({"s": "5", "b": "8", "6": "8", "z": "2", "7": "1", "g": "9", "q": "9", "y": "v"})
"""Characters that are taken for one another in small or bad print; both of a pair can stand in an id."""

_ID = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
_WORD = re.compile(rf"(?<![^\W_])[^\W_]{{{LENGTH}}}(?![^\W_])")
_ADDRESS = re.compile(rf"/{EDITIONS}/([^/?#\s]+)/?(?:index\.html)?(?:[?#]\S*)?$")


def read_id(typed: str) -> str:
    """The id that was typed, in capitals or not, with spaces or hyphens, after other words or in an address; empty if none."""
    typed = typed.strip()
    if address := _ADDRESS.search(typed):
        typed = address[1]
    whole = _plain(typed)
    last = _plain(typed.split()[-1]) if typed else ""
    return next((id_ for id_ in (whole, last) if _ID.fullmatch(id_)), "")


def _plain(typed: str) -> str:
    return re.sub(r"[\s.‐‑–-]", "", typed).lower().translate(LOOK_ALIKES)


def nearest(id_: str, known: Iterable[str]) -> str:
    """The known id that was most likely meant; empty when none is near.

    One that differs by characters which are easily misread comes first, then one with few other differences.
    """
    known = list(known)
    alike = [other for other in known if other.translate(MISREAD) == id_.lower().translate(MISREAD)]
    near = get_close_matches(id_.lower(), known, n=1, cutoff=0.7)
    return next(iter([*alike, *near]), "")


def ids_in(text: str) -> Iterator[str]:
    """Every word of a text that can be an edition id."""
    yield from (word.lower() for word in _WORD.findall(text) if _ID.fullmatch(word.lower()))
