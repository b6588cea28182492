"""What earlier runs have found, kept in the user's cache folder; it can be deleted at any time.

An entry is one file with JSON in it, never anything that runs. It says whose it is, what it was made from, and its own
digest: one that is damaged, cut short, or belongs to something else counts as none. So does all that is in a folder to which
anybody else can write. ``PIPELINE_CACHE`` names another folder; empty, nothing is kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

VARIABLE = "PIPELINE_CACHE"
FOLDER = "fitness-press"
FORM = 1
"""Of entries; those of another form count as none."""


def digest(parts: Iterable[bytes | str]) -> str:
    """A digest of parts, each of which counts by itself."""
    total = hashlib.blake2b(digest_size=20)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(b"%d:" % len(data))
        total.update(data)
    return total.hexdigest()


class Cache:
    """A folder of entries; without one it keeps nothing and knows nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, name: str, key: str) -> Any | None:
        """What was kept under a name when its key was this; None where there is no such thing."""
        if self._folder is None:
            return None
        try:
            with open(self._place(name), "rb") as file:  # noqa: PTH123 -- for thousands of articles
                head, _, body = file.read().partition(b"\n")
            if head.decode() != digest((str(FORM), name, body)):
                return None
            found = json.loads(body)
        except (OSError, ValueError, RecursionError):
            return None
        return found["value"] if isinstance(found, dict) and found.get("key") == key and "value" in found else None

    def put(self, name: str, key: str, value: Any) -> None:
        """Keep a value that JSON can say, in place of what the name had before; where that cannot be, only time is lost."""
        if self._folder is None:
            return
        body = json.dumps({"key": key, "value": value}, separators=(",", ":")).encode()
        place = self._place(name)
        temporary = f"{place}.{os.getpid()}"
        with suppress(OSError):
            with suppress(FileExistsError):
                os.mkdir(os.path.dirname(place), mode=0o700)  # noqa: PTH102, PTH120 -- the same
            with open(temporary, "wb") as file:  # noqa: PTH123 -- the same
                file.write(digest((str(FORM), name, body)).encode() + b"\n" + body)
            os.replace(temporary, place)  # noqa: PTH105 -- the same

    def _place(self, name: str) -> str:
        hashed = digest((name,))
        return f"{self._folder}/{hashed[:2]}/{hashed[2:]}"


def open_cache() -> Cache:
    """The user's cache (XDG Base Directory Specification); one that keeps nothing where there can be none."""
    named = os.environ.get(VARIABLE)
    if named == "":
        return Cache(None)
    try:
        folder = Path(named) if named else _users() / FOLDER
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Cache(folder if _is_ours(folder.stat()) else None)
    except (OSError, RuntimeError):  # no home, or none that can be written to
        return Cache(None)


def _users() -> Path:
    place = Path(os.environ.get("XDG_CACHE_HOME") or "")
    return place if place.is_absolute() else Path.home() / ".cache"


def _is_ours(status: os.stat_result) -> bool:
    """Whether nobody else can put anything there."""
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
