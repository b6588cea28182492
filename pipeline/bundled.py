"""The package's own data files, and what is worked out of them, kept ready beside the byte code.

Reading TOML and patterns takes longer than checking an article. What they come to is kept as JSON in ``__pycache__``, under
Python's own rules for byte code: stale when its source's size or time differ, never needed, deleted at any time, and not
written where ``PYTHONDONTWRITEBYTECODE`` forbids it or the folder is read-only. JSON, because reading it cannot run code.
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

        text = json.dumps(tomllib.loads(path.read_text("utf-8")), default=str, ensure_ascii=False)
        if not sys.dont_write_bytecode:
            kept.save(text)
    data: dict[str, Any] = json.loads(text)
    return data


class Kept:
    """A text that was worked out of some files of this package."""

    def __init__(self, path: Path, sources: Iterable[Path]) -> None:
        """``path`` names it; ``sources`` are the files that it was worked out of."""
        self.place = Path(cache_from_source(str(path.with_name(f"{path.name}.py")))).with_suffix(".json")
        self._sources = tuple(sources)

    def load(self) -> str | None:
        """The text; None when it is not there, damaged, or older than one of its sources."""
        try:
            head, _, text = self.place.read_text("utf-8").partition("\n")
            return text if head == self._head(text) else None
        except (OSError, UnicodeDecodeError):
            return None

    def save(self, text: str) -> None:
        """Keep the text, whole or not at all; where that cannot be, nothing is lost but time."""
        with suppress(OSError):
            self.place.parent.mkdir(exist_ok=True)
            temporary = self.place.with_suffix(f".{os.getpid()}")
            temporary.write_text(f"{self._head(text)}\n{text}", "utf-8", newline="")
            temporary.replace(self.place)

    def _head(self, text: str) -> str:
        states = (source.stat() for source in self._sources)
        stamps = " ".join(f"{state.st_size}:{state.st_mtime_ns}" for state in states)
        return f"{stamps} {crc32(text.encode()):08x}"
