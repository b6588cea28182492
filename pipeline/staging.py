"""The way into ``build/``: files are staged beside it and take their place together, through a journal.

A build writes every file below ``build/.pipeline/``, then the journal in one rename: that is the moment it counts. After
it, each file is renamed into place and the manifest last. A build that was killed before the journal leaves the old files
untouched; one that was killed after it is finished by whoever opens ``build/`` next. So what a reader finds there is the
whole old or the whole new state, and ``verify`` can say so at once.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.errors import ExportError
from pipeline.files import is_within

WORK = ".pipeline"
"""Folder below ``build/`` for what is not an output."""
JOURNAL = "journal.json"
STAGED = "staged"
MANY = 16
"""From so many files on, they are written to disk together with all else that waits for that."""


def write_atomically(path: Path, data: bytes, mode: int | None = None) -> None:
    """Write a file so that readers see the old or the new bytes whole, also after a loss of power.

    ``mode`` are its permissions, where it must keep those of the file that it replaces.
    """
    # Not the process's number: in a container the next process may have the same, and find what a killed one left.
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as stream:
            stream.write(data)
            stream.flush()
            if mode is not None:
                os.fchmod(stream.fileno(), stat.S_IMODE(mode))
            os.fsync(stream.fileno())
        temporary.replace(path)
        keep_names(path.parent)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _start_writing(descriptor: int) -> None:
    """Let the system begin to write a file to disk, where it can be told, so that nobody has to wait long for it later."""
    if hasattr(os, "posix_fadvise"):  # not on macOS
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def _be_written(places: Sequence[str], folder: Path) -> None:
    """Wait until files of the same folder are on disk.

    Each by itself has its file system write down what it is about to do, which takes 1 to 5 ms; that is done once for many.
    """
    if len(places) >= MANY and _all_is_written(folder):
        return
    for place in places:
        descriptor = os.open(place, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _all_is_written(folder: Path) -> bool:
    """Wait until all of the file system of a folder is on disk (syncfs(2)); False where the system has no such call, or it fails."""
    if sys.platform != "linux":
        return False
    import ctypes  # which few files do without

    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        return bool(ctypes.CDLL(None).syncfs(descriptor) == 0)
    except (OSError, AttributeError):
        return False
    finally:
        os.close(descriptor)


def keep_names(folder: Path) -> None:
    """Write a folder itself to disk: a file is not safe before its name is."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def failing_clearly(out: Path) -> Iterator[None]:
    """Turn an operating system's error into one ExportError that says what to do (exit 4)."""
    try:
        yield
    except OSError as error:
        # of a file that cannot take its place, what is there instead is named
        place = next((name for name in (error.filename2, error.filename) if isinstance(name, str)), str(out))
        message = f"cannot write to {place}: {error.strerror or error}"
        help_ = "Make room or give write permission, then build again; what was in build/ before is unchanged."
        if isinstance(error, IsADirectoryError):
            help_ = "That is a folder, which no build makes there, and none takes away; move it, then build again."
        raise ExportError(message, help=help_) from error


@contextmanager
def locked(out: Path, *, wait: bool = True) -> Iterator[bool]:
    """Hold the only right to change ``out``; yields False when another process has it and ``wait`` is not asked."""
    descriptor = os.open(out, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    _locks.add(descriptor)
    try:
        held = True
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            held = False
        yield held
    finally:
        _locks.discard(descriptor)
        os.close(descriptor)


_locks: set[int] = set()
"""Descriptors of the folders that this process holds, or waits for."""


def _let_go() -> None:
    """A fork shares a lock, and would hold it beyond the end of the process that took it."""
    while _locks:
        os.close(_locks.pop())


os.register_at_fork(after_in_child=_let_go)


def recover(out: Path) -> None:
    """Finish a build that was interrupted after its journal was written, and drop what another left half-made.

    The caller holds the lock. Does nothing when the last build ended by itself.
    """
    work = out / WORK
    journal = work / JOURNAL
    if journal.is_file():
        written = _journal(journal)
        if written is None:  # a build writes it whole or not at all, so this is none of a build's
            journal.unlink()
        else:
            _apply(out, written)
    for left in work.glob(f".{JOURNAL}.*.tmp"):
        left.unlink()
    with suppress(FileNotFoundError):
        shutil.rmtree(work / STAGED)


def _journal(path: Path) -> dict[str, Any] | None:
    """What a journal says; None when it is none, or names what lies outside ``out``."""
    try:
        said = json.loads(path.read_text("utf-8"))
        names = [name for name, _ in said["put"]]
        paths = [*(target for _, target in said["put"]), *said["remove"]]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if not all(isinstance(name, str) and name.isdigit() for name in names):
        return None
    return said if all(isinstance(target, str) and _is_inside(target) for target in paths) else None


def _is_inside(path: str) -> bool:
    """Whether a path relative to ``out`` stays below it."""
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and "\0" not in path


def _apply(out: Path, journal: dict[str, Any]) -> None:
    """Rename staged files into place and remove dropped ones; can be repeated after a crash at any point."""
    for name, path in journal["put"]:
        source, target = f"{out}/{WORK}/{STAGED}/{name}", f"{out}/{path}"
        try:
            os.replace(source, target)  # noqa: PTH105 -- thousands of times
        except FileNotFoundError:  # it is in its place already, or has no folder there
            if Path(source).exists():
                Path(target).parent.mkdir(parents=True, exist_ok=True)
                Path(source).replace(target)
    for path in journal["remove"]:
        target = out / path
        with suppress(FileNotFoundError):
            target.unlink()
        _prune(target.parent, out)
    for folder in _folders(path for _, path in journal["put"]):
        keep_names(out / folder)
    (out / WORK / JOURNAL).unlink()


def _folders(paths: Iterable[str]) -> set[str]:
    return {path.rpartition("/")[0] for path in paths}


def _prune(folder: Path, out: Path) -> None:
    """Remove folders that the removal emptied, up to ``out``."""
    while folder != out and out in folder.parents:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


@dataclass(slots=True)
class Stage:
    """Files on their way into ``out``; nothing there changes before ``commit``."""

    out: Path
    put_files: dict[str, str] = field(default_factory=dict)
    """Path -> the name under which its file waits, in the order they take their places."""
    removed: list[str] = field(default_factory=list)
    count: int = 0

    @classmethod
    def open(cls, out: Path) -> Stage:
        """Start staging; the caller holds the lock. An interrupted build is recovered first."""
        with failing_clearly(out):
            recover(out)
            (out / WORK / STAGED).mkdir(parents=True)
        return cls(out)

    def put(self, path: str, data: bytes) -> None:
        """Stage one file; ``path`` is relative to ``out``."""
        if not _is_inside(path):
            message = f"an output path leaves build/: {path}"
            raise ExportError(message)
        self.forget(path)
        name = f"{self.count:06d}"
        with failing_clearly(self.out), open(self._place(name), "xb") as stream:  # noqa: PTH123 -- thousands of times
            stream.write(data)
            stream.flush()
            _start_writing(stream.fileno())
        self.count += 1
        self.put_files[path] = name

    def read(self, path: str) -> bytes | None:
        """A staged file; None where there is none at this path."""
        name = self.put_files.get(path)
        return None if name is None else (self.out / WORK / STAGED / name).read_bytes()

    def _place(self, name: str) -> str:
        """Where a staged file lies."""
        return f"{self.out}/{WORK}/{STAGED}/{name}"

    def refuse_links(self, paths: Iterable[str]) -> None:
        """Raise ExportError where a path leads out of ``out`` by a link on its way: what lies there cannot be proven from here."""
        root = os.path.realpath(self.out)
        for folder in sorted(_folders(paths)):
            if not is_within(os.path.realpath(f"{root}/{folder}"), root):
                message = f"{self.out / folder} leads out of {self.out}/ by a link"
                raise ExportError(message, help=f"Put a folder in its place, or move all of {self.out}/ there.")

    def forget(self, path: str) -> None:
        """Drop a staged file, if there is one at this path."""
        name = self.put_files.pop(path, None)
        if name is not None:
            (self.out / WORK / STAGED / name).unlink()

    def remove(self, path: str) -> None:
        """Take a file away at commit; it may be absent already."""
        self.removed.append(path)

    def commit(self) -> None:
        """Put everything in its place, in the order it was staged.

        Raises ExportError with ``out`` as it was, or with a journal from which ``recover`` makes it whole.
        """
        with failing_clearly(self.out):
            if self.put_files or self.removed:
                journal = {"put": [[name, path] for path, name in self.put_files.items()], "remove": self.removed}
                for folder in _folders(self.put_files):
                    (self.out / folder).mkdir(parents=True, exist_ok=True)
                _be_written([*map(self._place, self.put_files.values())], self.out)
                write_atomically(self.out / WORK / JOURNAL, json.dumps(journal).encode())
                _apply(self.out, journal)
            self.close()

    def close(self) -> None:
        """Drop what was staged and not committed; what a journal names waits for whoever opens ``out`` next."""
        if (self.out / WORK / JOURNAL).exists():
            return
        with suppress(OSError):
            shutil.rmtree(self.out / WORK / STAGED)
