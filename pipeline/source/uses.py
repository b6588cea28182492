"""What a content tree uses: which articles books and newsletters name, and which pictures nothing shows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from pipeline.files import ContentFolder, MissingFileError, NotPlainFileError, display_path
from pipeline.source.pictures import MEDIA_TYPES

PICTURES = "images"
"""The folder of ``content/`` whose files are there to be shown."""
_NAME = re.compile(r"[\w./-]+")
_MAX_BYTES = 2_000_000


def names_in_other_sources(folder: ContentFolder) -> frozenset[str]:
    """Every word that books and newsletters hold: slugs and paths among them.

    Their form is no business of this stage. A slug that happens to be an ordinary word may so count as named, which at
    worst keeps a warning back.
    """
    files = [
        *folder.path.glob("books/**/*.toml"),
        *folder.path.glob("newsletters/**/*.md"),
        folder.path / "publisher.toml",
    ]
    texts = (_text(folder, file) for file in files)
    return frozenset(name.rstrip(".").removesuffix(".md") for text in texts for name in _NAME.findall(text))


def unused_pictures(folder: ContentFolder, shown: Collection[str]) -> tuple[str, ...]:
    """Paths of the pictures below ``content/images/`` that are not among those that something shows or names."""
    return tuple(
        display_path(picture)
        for picture in sorted(_pictures(folder.path / PICTURES))
        if picture.relative_to(folder.path).as_posix() not in shown
    )


def _pictures(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix.lower() in MEDIA_TYPES and not hidden:
            yield path


def _text(folder: ContentFolder, file: Path) -> str:
    try:
        data = folder.read(file, _MAX_BYTES).data or b""
    except (OSError, MissingFileError, NotPlainFileError):
        return ""
    return data.decode("utf-8", "replace")
