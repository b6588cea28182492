"""Pieces of publications that were made before, kept below ``build/``: what has not changed is not set again.

A piece lies under a name made of all that went into it, and says its own digest. One that is damaged, or that somebody else
put there, is not taken; all of them can be deleted at any time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable
from contextlib import suppress
from pathlib import Path

from pipeline.export.format import Piece
from pipeline.files import plain_bytes
from pipeline.page_lists import PageLists
from pipeline.staging import WORK, write_atomically
from pipeline.toolchain import toolchain

FOLDER = f"{WORK}/pieces"


class Kept:
    """The pieces below one output folder."""

    def __init__(self, out: Path, *, fresh: bool = False) -> None:
        """``fresh``: those that are there are not taken."""
        self._folder = out / FOLDER
        self._fresh = fresh
        self.pages = PageLists(out, fresh=fresh)

    def found(self, output: str, pieces: Iterable[Piece]) -> dict[str, bytes]:
        """Those of the pieces of an output (by its path) that are there and whole, by key."""
        read = {} if self._fresh else {piece.key: self._read(self._place(output, piece.key)) for piece in pieces}
        return {key: data for key, data in read.items() if data is not None}

    def keep(self, output: str, piece: Piece, data: bytes) -> None:
        """Keep a piece, if there is room for it."""
        place = self._place(output, piece.key)
        with suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(place, _seal(place, data) + data)

    def drop_others(self, output: str, keys: Iterable[str]) -> None:
        """Drop the pieces of an output but for those with these keys."""
        names: Container[str] = {self._place(output, key).name for key in keys}
        with suppress(OSError):
            for place in self._place(output, "").parent.iterdir():
                if place.name not in names:
                    place.unlink()

    def _place(self, output: str, key: str) -> Path:
        name = hashlib.sha256(f"{toolchain()}\n{key}".encode()).hexdigest()
        return self._folder / hashlib.sha256(output.encode()).hexdigest()[:16] / name

    def _read(self, place: Path) -> bytes | None:
        try:
            said = plain_bytes(place)
        except OSError:
            return None
        data = said[32:]
        return data if said[:32] == _seal(place, data) else None


def _seal(place: Path, data: bytes) -> bytes:
    """What stands before a piece, and before no other."""
    return hashlib.sha256(place.name.encode() + data).digest()
