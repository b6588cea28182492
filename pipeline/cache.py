"""What earlier runs have found, kept in the user's cache folder; it can be deleted at any time.

Of each tree there is one file. An entry is a line of it with JSON in it, never anything that runs. It says whose it is, what it
was made from, and its own digest: one that is damaged, cut short, or belongs to something else counts as none. So does all
that is in a folder to which anybody else can write. New lines are put behind the others, and count in their place; once most
are old, the file is written anew. Two that write at a time may each lose what the other wrote: time, nothing else.
``PIPELINE_CACHE`` names another folder; empty, nothing is kept.
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
FORM = 2
"""Of entries; those of another form count as none."""
TOGETHER = 64
"""Entries that are written at a time."""
OLD = 256
"""Lines that may be old for each file, beside as many as are not."""
MOST = 1024**3
"""Bytes of a file that is still read; a larger one is begun anew."""
_NAME, _BODY = 41, 82
"""Where in a line the digest of its name starts, and its JSON."""


def digest(parts: Iterable[bytes | str]) -> str:
    """A digest of parts, each of which counts by itself."""
    total = hashlib.blake2b(digest_size=20)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(b"%d:%b" % (len(data), data))
    return total.hexdigest()


class Cache:
    """A file of entries; without one it keeps nothing and knows nothing."""

    def __init__(self, file: str | None) -> None:
        self._file = file
        self._put: dict[bytes, bytes] = {}
        """The lines that are still to be written, by the digest of their names."""
        self._lines: dict[bytes, bytes] | None = None
        """Those that are there, once they are read."""
        self._crowded = False
        """Whether most of what is there is old."""

    def get(self, name: str, key: str) -> Any | None:
        """What was kept under a name when its key was this; None where there is no such thing."""
        if self._file is None:
            return None
        place = digest((name,)).encode()
        line = self._put.get(place) or self._read().get(place)
        if line is None:
            return None
        body = line[_BODY:]
        if line[: _NAME - 1] != _digest(name, body):
            return None
        try:
            found = json.loads(body)
        except (ValueError, RecursionError):
            return None
        return found["value"] if isinstance(found, dict) and found.get("key") == key and "value" in found else None

    def put(self, name: str, key: str, value: Any) -> None:
        """Keep a value that JSON can say, in place of what the name had before; it is written before long."""
        if self._file is None:
            return
        body = json.dumps({"key": key, "value": value}, separators=(",", ":")).encode()
        place = digest((name,)).encode()
        self._put[place] = b"%b %b %b" % (_digest(name, body), place, body)
        if len(self._put) >= TOGETHER:
            self.keep()

    def keep(self) -> None:
        """Write what was put; where that cannot be, only time is lost. What was read is forgotten, and read again when asked for."""
        if self._file is not None and self._put:
            with suppress(OSError):
                if self._crowded:
                    _replace(self._file, {**self._read(), **self._put}.values())
                else:
                    _append(self._file, self._put.values())
        self._put, self._lines, self._crowded = {}, None, False

    def _read(self) -> dict[bytes, bytes]:
        if self._lines is None:
            lines = _lines(self._file or "")
            self._lines = {line[_NAME : _BODY - 1]: line for line in lines}
            self._crowded = len(lines) > 2 * len(self._lines) + OLD
        return self._lines


def _digest(name: str, body: bytes) -> bytes:
    return digest((str(FORM), name, body)).encode()


def _lines(file: str) -> list[bytes]:
    try:
        with open(file, "rb", opener=_plainly) as opened:
            status = os.fstat(opened.fileno())
            if not stat.S_ISREG(status.st_mode):  # a device may have no end
                return []
            if status.st_size > MOST:
                _replace(file, ())
                return []
            return [line for line in opened.read().split(b"\n") if line]
    except OSError:
        return []


def _plainly(file: str, flags: int, mode: int = 0o600) -> int:
    """Open what is no link, whose other end is none of ours to write to, and never wait for a pipe."""
    return os.open(file, flags | os.O_NOFOLLOW | os.O_NONBLOCK, mode)


def _append(file: str, lines: Iterable[bytes]) -> None:
    """Put lines behind the others at once, so that those of two processes do not mix; what was cut short before ends first."""
    descriptor = _plainly(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        os.write(descriptor, b"\n%b\n" % b"\n".join(lines))
    finally:
        os.close(descriptor)


def _replace(file: str, lines: Iterable[bytes]) -> None:
    temporary = f"{file}.{os.getpid()}"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.writelines(b"%b\n" % line for line in lines)
    os.replace(temporary, file)  # noqa: PTH105 -- it is a string


def open_cache(tree: str) -> Cache:
    """What is kept of a tree in the user's cache (XDG Base Directory Specification); nothing where there can be no such thing."""
    named = os.environ.get(VARIABLE)
    if named == "":
        return Cache(None)
    try:
        folder = Path(named) if named else _users() / FOLDER
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Cache(f"{folder}/{digest((tree,))}" if _is_ours(folder.stat()) else None)
    except (OSError, RuntimeError):  # no home, or none that can be written to
        return Cache(None)


def _users() -> Path:
    place = Path(os.environ.get("XDG_CACHE_HOME") or "")
    return place if place.is_absolute() else Path.home() / ".cache"


def _is_ours(status: os.stat_result) -> bool:
    """Whether nobody else can put anything there."""
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
