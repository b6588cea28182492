"""Opening files of a content tree, so that none outside it is ever read, whatever links and races there are."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path


class NotPlainFileError(Exception):
    """What a name below ``content/`` leads to is no plain file inside it; the message says what it is instead."""


class MissingFileError(Exception):
    """Nothing has that name."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The bytes of a file, or None when it is larger than the limit."""

    data: bytes | None
    size: int
    """In bytes."""


def is_within(path: str, root: str) -> bool:
    """Whether one real path is another, or lies below it."""
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)


def display_path(path: Path) -> str:
    """A path as messages show it: relative to the working directory, with forward slashes."""
    return Path(os.path.relpath(path)).as_posix()


def kind_of(mode: int) -> str:
    """A file's kind in words, for what is no plain file."""
    kinds = {
        stat.S_IFDIR: "a directory",
        stat.S_IFIFO: "a named pipe",
        stat.S_IFSOCK: "a socket",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
        stat.S_IFLNK: "a link that leads nowhere",
    }
    return kinds.get(stat.S_IFMT(mode), "no plain file")


def read_inside(content: Path, path: Path, limit: int) -> Opened:
    """Read a file below ``content`` that has at most ``limit`` bytes.

    Links are followed as long as they stay inside. The file is opened folder by folder without following anything more,
    and judged by what was opened, so that swapping it meanwhile gains nothing; a pipe never blocks. Raises
    MissingFileError, NotPlainFileError, and OSError when it cannot be read.
    """
    root = os.path.realpath(content)
    real = os.path.realpath(path)
    if not is_within(real, root):
        raise NotPlainFileError("leaves the content folder")
    try:
        descriptor = _open_below(root, os.path.relpath(real, root))
    except FileNotFoundError:
        if path.is_symlink():
            raise NotPlainFileError(f"is {kind_of(stat.S_IFLNK)}") from None
        raise MissingFileError from None
    except NotADirectoryError:
        raise MissingFileError from None
    except IsADirectoryError:
        raise NotPlainFileError(f"is {kind_of(stat.S_IFDIR)}") from None
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NotPlainFileError(f"is {kind_of(status.st_mode)}")
        data = file.read(limit + 1) if status.st_size <= limit else None
    return Opened(None if data is None or len(data) > limit else data, status.st_size)


def _open_below(root: str, relative: str) -> int:
    """Open a file by its real path below ``root``, one folder after the other, following no link."""
    folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        *folders, name = relative.split(os.sep)
        for part in folders:
            below = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
            os.close(folder)
            folder = below
        status = os.stat(name, dir_fd=folder, follow_symlinks=False)
        if not stat.S_ISREG(status.st_mode):  # a socket or a device is not even opened
            raise NotPlainFileError(f"is {kind_of(status.st_mode)}")
        return os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    finally:
        os.close(folder)
