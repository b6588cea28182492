"""Pictures under names that every reading system and shop accepts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from types import MappingProxyType

from pipeline.errors import ExportError
from pipeline.model.publication import Picture
from pipeline.render.elements import Element
from pipeline.render.pictures import clean

MARK = "picture:"
"""What stands before a picture's path until it has its name in the book."""

SUFFIXES = MappingProxyType(
    {
        "image/gif": ".gif",
        "image/jpeg": ".jpg",
        "image/png": ".png",
        "image/svg+xml": ".svg",
        "image/webp": ".webp",
    }
)
"""The picture types that every reading system shows (EPUB 3.3, section 3.2)."""


@dataclass(slots=True)
class Gallery:
    """The pictures that a book uses, each with its name in the container."""

    pictures: Mapping[str, Picture]
    names: dict[str, str] = field(default_factory=dict)
    """Path below ``content/`` -> path in the package, as ``images/hip-thrust.svg``."""

    def name(self, path: str) -> str:
        """The picture's path in the package; raises ExportError when the publication has no such picture."""
        if path not in self.names:
            self.names[path] = self._new_name(path)
        return self.names[path]

    def _new_name(self, path: str) -> str:
        """ASCII letters, digits and hyphens; unlike any other name, also where capitals do not count (OPF-060)."""
        try:
            picture = self.pictures[path]
            suffix = SUFFIXES[picture.media_type]
        except KeyError:
            raise ExportError(
                f"the picture {path} cannot be put into an e-book",
                help=f"Use one of: {', '.join(sorted(each[1:] for each in SUFFIXES.values()))}.",
            ) from None
        plain = unicodedata.normalize("NFKD", PurePosixPath(path).stem).encode("ascii", "ignore").decode().lower()
        stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "picture"
        taken = {*self.names.values(), "images/cover.png"}
        number = 1
        name = f"images/{stem}{suffix}"
        while name in taken:
            number += 1
            name = f"images/{stem}-{number}{suffix}"
        return name

    def used(self) -> Iterable[tuple[str, Picture]]:
        """Path in the package and picture without metadata, sorted by path."""
        return [(name, clean(self.pictures[path])) for path, name in sorted(self.names.items(), key=lambda row: row[1])]


def hang(trees: Iterable[Element], gallery: Gallery) -> None:
    """Point every ``<img>`` at its picture in the book; each document lies one folder below the package."""
    from urllib.parse import unquote

    for tree in trees:
        for image in tree.iter("img"):
            source = image.get("src", "")
            if source.startswith(MARK):
                image.set("src", "../" + gallery.name(unquote(source.removeprefix(MARK))))
