"""What an import has made and left out, as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from pipeline.frozen import dataclass
from pipeline.source.importers import Dropped, Guess

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Proposed:
    """The article type that fits best."""

    proposed: str
    """Empty where none fits."""
    found: tuple[str, ...]
    """Its required roles that the article has."""
    wanted: tuple[str, ...]
    """All its required roles."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article made of a file."""

    source: str
    kind: str
    path: str
    """Where the article was written."""
    title: str
    language: str
    profile: Proposed
    guesses: tuple[Guess, ...]
    """Values of the metadata that are errors until they are confirmed."""
    pictures: tuple[str, ...]
    """Where its pictures were written."""
    dropped: tuple[Dropped, ...]
    """What is not in the article."""
    changed: tuple[str, ...]
    """What is there in another form, in words."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file of which no article was made."""

    source: str
    message: str
    help: str
    exit_code: int


def document(entries: Iterable[Entry | Failure]) -> dict[str, Any]:
    """The whole document, in the order in which the files were named."""
    found = list(entries)
    return {
        "schema_version": SCHEMA_VERSION,
        "imported": [asdict(each) for each in found if isinstance(each, Entry)],
        "failures": [asdict(each) for each in found if isinstance(each, Failure)],
    }
