"""The package's own data files, and what is worked out of them, kept ready beside the byte code.

Reading TOML and patterns, or cutting fonts down for the web, takes longer than checking or exporting an article. What it comes
to is kept in ``__pycache__``, under Python's own rules for byte code: stale when a source's size or time differ, never needed,
deleted at any time, and not written where ``PYTHONDONTWRITEBYTECODE`` forbids it or the folder is read-only. Nothing that is
kept can run as code.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any
from zlib import crc32


def bundled_toml(path: Path) -> dict[str, Any]:
    """What a TOML file of this package says; dates as ISO 8601 text. Raises what ``tomllib`` raises."""
    kept = Kept(path, [path])
    text = kept.load()
    if text is None:
        import tomllib

        text = json.dumps(tomllib.loads(path.read_text("utf-8")), default=str, ensure_ascii=False).encode()
        kept.save(text)
    data: dict[str, Any] = json.loads(text)
    return data


class Kept:
    """Bytes that were worked out of some files."""

    def __init__(self, path: Path, sources: Iterable[Path]) -> None:
        """``path`` names them, and they are kept near it; ``sources`` are the files that they were worked out of."""
        self.place = Path(cache_from_source(str(path.with_name(f"{path.name}.py")))).with_suffix(".kept")
        self._sources = tuple(sources)

    def load(self) -> bytes | None:
        """The bytes; None when they are not there, damaged, or older than one of their sources."""
        try:
            head, _, data = self.place.read_bytes().partition(b"\n")
        except OSError:
            return None
        return data if head == self._head(data) else None

    def save(self, data: bytes) -> None:
        """Keep the bytes, whole or not at all; where that may not or cannot be, nothing is lost but time."""
        if sys.dont_write_bytecode:
            return
        with suppress(OSError):
            self.place.parent.mkdir(exist_ok=True)
            temporary = self.place.with_suffix(f".{os.getpid()}")
            temporary.write_bytes(self._head(data) + b"\n" + data)
            temporary.replace(self.place)

    def _head(self, data: bytes) -> bytes:
        states = (source.stat() for source in self._sources)
        stamps = " ".join(f"{state.st_size}:{state.st_mtime_ns}" for state in states)
        return f"{stamps} {crc32(data):08x}".encode()
