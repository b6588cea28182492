"""A layer between this process and its disk that fails at the call that one names.

Every call that changes something is counted: opening to write, writing, syncing, renaming, making and removing. A fault is
an error of the operating system, which comes once and may come again; or an end, after which nothing works any more, as if the
process had been killed there.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

import pytest

CALLS = ("mkdir", "rename", "replace", "unlink", "remove", "rmdir", "fsync", "fchmod", "link", "symlink", "truncate")
"""Functions of ``os`` that change something."""
WRITING = set("wxa+")


class EndedError(BaseException):
    """The process is gone: no handler of an error sees this."""


@dataclass(slots=True)
class Disk:
    """Counts the calls, and fails where it is told."""

    at: int
    """Number of the call that fails, from 1; 0 for none."""
    code: int = errno.ENOSPC
    lasting: bool = False
    """Whether every call after it fails as well."""
    ends: bool = False
    """Whether the process ends there."""
    calls: int = 0

    def call(self, path: object) -> None:
        """Count one call; fail where it is its turn."""
        self.calls += 1
        if self.at and (self.calls == self.at or (self.calls > self.at and (self.lasting or self.ends))):
            if self.ends:
                raise EndedError
            raise OSError(self.code, os.strerror(self.code), path if isinstance(path, str | os.PathLike) else None)


class _File:
    """An open file whose writes are counted."""

    def __init__(self, file: Any, disk: Disk) -> None:
        self._file = file
        self._disk = disk

    def write(self, data: Any) -> int:
        self._disk.call(None)
        return int(self._file.write(data))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@contextmanager
def failing(disk: Disk) -> Iterator[Disk]:
    """Lay the layer under this process."""
    with pytest.MonkeyPatch.context() as patch:
        for name in CALLS:
            patch.setattr(os, name, _counted(getattr(os, name), disk))
        opened = io.open

        def open_(file: Any, mode: str = "r", *rest: Any, **options: Any) -> Any:
            if not WRITING & set(mode) or not isinstance(file, str | os.PathLike):
                return opened(file, mode, *rest, **options)
            disk.call(file)
            return _File(opened(file, mode, *rest, **options), disk)

        patch.setattr(io, "open", open_)
        patch.setattr(builtins, "open", open_)
        yield disk


def _counted(function: Callable[..., Any], disk: Disk) -> Callable[..., Any]:
    def counted(*arguments: Any, **options: Any) -> Any:
        disk.call(arguments[0] if arguments else None)
        return function(*arguments, **options)

    return counted
