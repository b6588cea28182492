"""The way back of what a command writes over in ``content/``: the bytes that were there before, in ``content/.undo/``.

Each file has one copy, of what it was before it was last written over. Putting it back changes places with what is there
now, so that nothing is lost, whatever an editor did meanwhile; doing it again takes that back.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.errors import ExportError, UsageError
from pipeline.files import ContentFolder, NotPlainFileError, display_path, is_within
from pipeline.source.text import MAX_BYTES
from pipeline.staging import write_atomically

FOLDER = ".undo"
"""Below the content tree, and laid out as that is."""


def keep(content: Path, path: Path) -> None:
    """Keep what a file says before it is written over; of a new one, and of one outside the tree, there is nothing to keep.

    Raises OSError, or ExportError where a link leads out of the tree: then the file must not be written over.
    """
    real, root = os.path.realpath(path), os.path.realpath(content)
    if not path.is_file() or not is_within(real, root):
        return
    copy = Path(root, FOLDER, os.path.relpath(real, root))
    if os.path.realpath(copy.parent) != str(copy.parent):
        help_ = f"Delete the folder {FOLDER}."
        raise ExportError("a link leads out of the folder for copies", path=display_path(content / FOLDER), help=help_)
    copy.parent.mkdir(parents=True, exist_ok=True)
    ignore = Path(root, FOLDER, ".gitignore")
    if not ignore.exists():
        write_atomically(ignore, b"*\n")
    write_atomically(copy, path.read_bytes())


def put_back(content: Path, paths: Sequence[Path] = ()) -> Iterator[Path]:
    """Put files back as they were before they were last written over; yields each. ``paths`` are files or folders, none means all.

    Raises UsageError where there is nothing to put back, ExportError where one cannot be, which is as it was then.
    """
    folder = ContentFolder(content)
    wanted = [os.path.realpath(path) for path in paths or (content,)]
    found = False
    for copy in sorted((content / FOLDER).rglob("*")):
        path = content / copy.relative_to(content / FOLDER)
        real = os.path.realpath(path)
        if copy.name.startswith(".") or copy.is_dir() or not any(is_within(real, each) for each in wanted):
            continue
        found = True
        _swap(path, copy, folder)
        yield path
    if not found:
        help_ = "Only `check --fix`, a fix on the desk and `import --force` leave a copy."
        raise UsageError("there is nothing to put back", help=help_)


def _swap(path: Path, copy: Path, folder: ContentFolder) -> None:
    """Let a file and its copy change places; at each moment the bytes of both are on the disk."""
    try:
        before = folder.read(copy, MAX_BYTES).data
    except NotPlainFileError as error:
        help_ = f"Delete it; {display_path(path)} is as it was."
        raise ExportError(f"the copy {error}", path=display_path(copy), help=help_) from None
    if before is None or not folder.holds(path):
        raise ExportError("the copy is none that a command made", path=display_path(copy), help="Delete it.")
    try:
        if path.is_file():
            now = copy.with_name(f".{copy.name}.now")
            write_atomically(now, path.read_bytes())
            write_atomically(path, before, mode=path.stat().st_mode)
            now.replace(copy)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            copy.replace(path)
    except OSError as error:
        raise ExportError(
            f"cannot be written: {error.strerror}", path=display_path(path), help="It is as it was."
        ) from error
