"""Opening files of a content tree, so that none outside it is ever read, whatever links and races there are."""

from __future__ import annotations

import errno
import os
import stat
from collections import Counter
from pathlib import Path

from pipeline.frozen import dataclass

LEAVES = "is a link that leaves the content folder"
HARD_LINK = "is a hard link whose other name lies outside the content folder"
_PIECE = 64 * 1024
"""Bytes that are read first: most files have no more."""


def plain_bytes(path: str | Path) -> bytes:
    """The bytes of a plain file; raises OSError for anything else, also for a link, and never waits for a pipe."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, f"it is {kind_of(status.st_mode)}", os.fspath(path))
        return _read(descriptor, status.st_size)
    finally:
        os.close(descriptor)


class NotPlainFileError(Exception):
    """What a name below ``content/`` leads to is no plain file inside it; the message says what it is instead."""


class LeavesContentError(NotPlainFileError):
    """A name below ``content/``, or a link on its way, leads outside."""


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
    return printable(Path(os.path.relpath(path)).as_posix())


def printable(name: str) -> str:
    """A file's name as text; bytes that are not UTF-8 become replacement characters."""
    return os.fsencode(name).decode("utf-8", "replace")


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


class ContentFolder:
    """A content tree on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.root = os.path.realpath(path)
        """Where it really lies."""
        self._names: Counter[tuple[int, int]] | None = None
        self._folders: dict[str, str] = {}
        """Real paths of folders, once they were looked up."""

    def holds(self, path: str | Path) -> bool:
        """Whether a path, all links followed, lies inside."""
        linked = os.path.islink(path)  # noqa: PTH114 -- for thousands of files
        return is_within(os.path.realpath(path) if linked else self._named(path), self.root)

    def _named(self, path: str | Path) -> str:
        """A path with the links to its folder followed, as they were when first met; its name is kept, unless it has none."""
        folder, name = os.path.split(path)
        if not name or name in {".", ".."}:
            return os.path.realpath(path)
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(folder)
        return os.path.join(self._folders[folder], name)  # noqa: PTH118 -- likewise

    def read(self, path: Path, limit: int) -> Opened:
        """Read a file of the tree that has at most ``limit`` bytes.

        Links are followed as long as they stay inside. The file is opened folder by folder without following anything
        more, and judged by what was opened, so that swapping it meanwhile gains nothing; a pipe never blocks. Raises
        MissingFileError, NotPlainFileError, LeavesContentError, and OSError when it cannot be read.
        """
        try:
            try:
                descriptor = self._open(self._named(path))
            except _LinkError:
                descriptor = self._open(os.path.realpath(path))
        except (FileNotFoundError, NotADirectoryError):
            if path.is_symlink():
                raise NotPlainFileError(f"is {kind_of(stat.S_IFLNK)}") from None
            raise MissingFileError from None
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise NotPlainFileError(f"is {kind_of(status.st_mode)}")
            if self.is_linked_outside(status):
                raise LeavesContentError(HARD_LINK)
            data = _read(descriptor, limit + 1) if status.st_size <= limit else None
        finally:
            os.close(descriptor)
        return Opened(None if data is None or len(data) > limit else data, status.st_size)

    def is_linked_outside(self, status: os.stat_result) -> bool:
        """Whether a file has more names than are found in this tree."""
        if status.st_nlink == 1:
            return False
        if self._names is None:
            self._names = self._count_names()
        return status.st_nlink > self._names[status.st_dev, status.st_ino]

    def _count_names(self) -> Counter[tuple[int, int]]:
        """How many names each file has inside, by device and inode."""
        names: Counter[tuple[int, int]] = Counter()
        for folder, _, found in os.walk(self.root):
            for name in found:
                status = Path(folder, name).lstat()
                names[status.st_dev, status.st_ino] += 1
        return names

    def _open(self, real: str) -> int:
        """Open a file by its real path, one folder after the other, following no link; raises _LinkError where it is one."""
        if not is_within(real, self.root):
            raise LeavesContentError(LEAVES)
        if real == self.root:
            raise NotPlainFileError(f"is {kind_of(stat.S_IFDIR)}")
        *folders, name = real.removeprefix(self.root).strip(os.sep).split(os.sep)  # noqa: PTH206 -- for thousands of files
        folder = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            for part in folders:
                below = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
                os.close(folder)
                folder = below
            status = os.stat(name, dir_fd=folder, follow_symlinks=False)
            if not stat.S_ISREG(status.st_mode):  # opening a device may have effects of its own
                kind = _LinkError if stat.S_ISLNK(status.st_mode) else NotPlainFileError
                raise kind(f"is {kind_of(status.st_mode)}")
            return os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
        finally:
            os.close(folder)


class _LinkError(NotPlainFileError):
    """A name is a link."""


def _read(descriptor: int, most: int) -> bytes:
    """So many bytes of an open file, or all of them."""
    data = part = os.read(descriptor, min(most, _PIECE))
    while part and len(data) < most:
        part = os.read(descriptor, most - len(data))
        data += part
    return data
