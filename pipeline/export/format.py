"""What an export format is: a row that says how to write it and how to re-open it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline.model.layout import FOLDERS, PARTIAL
from pipeline.model.passage import PageStart
from pipeline.model.proof import OutputFile, Proof, Requirement
from pipeline.model.publication import Publication

Read = Callable[[str], bytes | None]
"""Gives the bytes of another output by its path relative to ``build/``, or None."""

BOOKS = "books"
"""The folder of books, below ``build/``."""


class Piece(Protocol):
    """A part of a publication that can be made by itself, anywhere; picklable."""

    @property
    def key(self) -> str:
        """What it is made of: the same key, the same bytes."""

    def make(self) -> bytes:
        """Make it; raises ExportError."""


class Sheaf(Protocol):
    """All pieces of a publication in their order; picklable."""

    def bound(self, publication: Publication) -> list[OutputFile]:
        """What ``Format.export`` gives; raises ExportError."""


class Binding(Protocol):
    """A publication that is bound of pieces."""

    def wanted(self, made: Mapping[str, bytes]) -> Sequence[Piece]:
        """The pieces to make next, of those that are not ``made`` yet (by key); none when it can be bound. Raises ExportError."""

    def sheaf(self, made: Mapping[str, bytes]) -> Sheaf:
        """What it is bound of, when no piece is wanted any more."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format that publications are exported to."""

    name: str
    suffix: str
    media_type: str
    export: Callable[[Publication], list[OutputFile]]
    """Returns the publication file first, then what it needs beside it; raises ExportError."""
    verify: Callable[[OutputFile, Sequence[Requirement], Read], Proof]
    """Re-opens a finished file with another library than the one that wrote it."""
    parts: Callable[[OutputFile, Read], Sequence[tuple[str, OutputFile]]] = lambda _file, _read: ()
    """What of a finished file is of another format, with that format's name, to be proven as such."""
    binding: Callable[[Publication], Binding | None] = lambda _publication: None
    """How a publication is bound of pieces that several workers can make, and that can be kept; None where it is made at once."""
    pages_of: str = ""
    """The format whose pages this one lists where there are files of it; made first, its page starts are the publication's."""
    page_starts: Callable[[Publication], tuple[PageStart, ...]] = lambda _publication: ()
    """Where its pages start, as proof of the exported file tells it, but sooner; raises ExportError."""


def output_path(publication: Publication, format_name: str, suffix: str) -> str:
    """Where a publication's file lies, relative to ``build/``: in the format's folder, a PDF in that of its layout, a book in its own."""
    if publication.volume:
        return f"{BOOKS}/{publication.slug}{'/index' if format_name == 'html' else ''}{suffix}"
    folder = FOLDERS[publication.layout] if format_name == "pdf" else format_name
    return f"{folder}/{publication.slug}{suffix}"


def output_paths(publication: Publication, format_name: str, suffix: str) -> list[str]:
    """Where all of a publication's files lie: personal copies in a folder of its name, each under its own."""
    path = output_path(publication, format_name, suffix)
    if not publication.copies:
        return [path]
    return [f"{path.removesuffix(suffix)}/{copy.file}{suffix}" for copy in publication.copies]


def copied_from(path: str) -> str:
    """The path of the handout that a personal copy is of; empty for any other file."""
    folder, _, rest = path.partition("/")
    slug, _, name = rest.partition("/")
    return f"{folder}/{slug}{name[name.rindex('.') :]}" if folder == FOLDERS["handout"] and "." in name else ""


def is_partial(path: str) -> bool:
    """Whether a file shows a part of what others of its edition say."""
    return path.partition("/")[0] in {FOLDERS[layout] for layout in PARTIAL}
