"""What an export format is: a row that says how to write it and how to re-open it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.model.proof import OutputFile, Proof, Requirement
from pipeline.model.publication import Publication

Read = Callable[[str], bytes | None]
"""Gives the bytes of another output by its path relative to ``build/``, or None."""


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
    pages_of: str = ""
    """The format whose pages this one lists, which then is made first: its page starts are the publication's."""
