"""Patterns that an earlier run has read, so that this one need not: they are kept beside the byte code."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pipeline.bundled import Kept
from pipeline.language.rules import DATA, primary

MOST = 8_000
"""Entries that one language keeps; a tree with more patterns than that reads the rest anew."""
_MAKERS = ("machine", "normal", "patterns", "ready", "remembered", "rules", "syntax")
"""The modules that decide what a pattern comes to."""


class Ready:
    """What patterns of one language come to, by key."""

    def __init__(self, language: str) -> None:
        """``language`` is a primary subtag."""
        sources = [*(DATA / f"{name}.py" for name in _MAKERS), *_stemmers()]
        rules = DATA / f"{language}.toml"
        self._kept = Kept(DATA / f"patterns-{language}", [*sources, rules] if rules.is_file() else sources)
        lines = (self._kept.load() or b"").decode().splitlines()
        self._known: dict[str, str] = dict(zip(lines[::2], lines[1::2], strict=True))
        self._new: dict[str, Any] = {}

    def get(self, key: str) -> Any | None:
        """What was kept under a key (JSON), or None."""
        found = self._known.get(key)
        return None if found is None else json.loads(found)

    def put(self, key: str, value: Any) -> None:
        """Keep ``value``, which JSON can say, for the next run."""
        if len(self._known) + len(self._new) < MOST and key.isprintable():
            self._new[key] = value

    def save(self) -> None:
        """Write what is new beside what is known."""
        if self._new:
            self._known |= {key: json.dumps(value, separators=(",", ":")) for key, value in self._new.items()}
            self._new = {}
            self._kept.save("\n".join(line for entry in self._known.items() for line in entry).encode())


def _stemmers() -> Iterable[Path]:
    """The stemmer's own files: another version may find other stems."""
    specs = (find_spec(name) for name in ("snowballstemmer", "Stemmer"))
    return [Path(spec.origin) for spec in specs if spec is not None and spec.origin]


_opened: dict[str, Ready] = {}


def ready(language: str) -> Ready:
    """What is known of the patterns of a BCP 47 language."""
    tag = primary(language)
    if tag not in _opened:
        _opened[tag] = Ready(tag)
    return _opened[tag]


def group_key(groups: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    """The key of a set of patterns."""
    return "=" + blake2b(repr(groups).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def keep_patterns() -> None:
    """Keep what this run has read of patterns; for the end of a command."""
    for opened in _opened.values():
        opened.save()
