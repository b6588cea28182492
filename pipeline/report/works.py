"""What the report says of each source: its row in the table of articles, and the proof of its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from urllib.parse import quote

from pipeline.frozen import dataclass
from pipeline.manifest import Output
from pipeline.report import spots
from pipeline.report.facts import Facts

Read = Callable[[str], bytes | None]
"""Gives a file below ``build/``."""


@dataclass(frozen=True, slots=True)
class Proven:
    """One disclaimer in one finished file."""

    kind: str
    version: str
    location: str
    href: str
    visible: bool
    before: bool
    picture: spots.Shown | None


@dataclass(frozen=True, slots=True)
class Made:
    """One finished file."""

    path: str
    href: str
    row: Output
    proofs: tuple[Proven, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """One source with what was made of it."""

    facts: Facts
    profile: str
    """What people call its type."""
    outputs: tuple[Output, ...]
    """Its publication files, sorted by path."""

    @property
    def state(self) -> str:
        """``built``, or why it is not."""
        if self.outputs:
            return "built"
        if self.facts.errors:
            return "errors"
        return "not built" if self.facts.status == "ready" else self.facts.status


def works_of(facts: Iterable[Facts], outputs: Iterable[Output], titles: Mapping[str, str]) -> list[Work]:
    """All works, sorted by title; ``titles`` are what people call the article types."""
    files = _by_source(outputs)
    return [
        Work(one, titles.get(one.profile, one.profile), tuple(files.get(one.source, ())))
        for one in sorted(facts, key=lambda one: (one.title.casefold(), one.source))
    ]


def _by_source(outputs: Iterable[Output]) -> dict[str, list[Output]]:
    """Publication files by the source that they are of, which of several is the one that holds the others."""
    found: dict[str, list[Output]] = {}
    for row in sorted((row for row in outputs if row.edition is not None), key=lambda row: row.path):
        found.setdefault(row.owner, []).append(row)
    return found


def made_of(work: Work, read: Read) -> list[Made]:
    """The finished files of a work with what was proven of them."""
    return [_made(row, read) for row in work.outputs]


def _made(row: Output, read: Read) -> Made:
    href = f"../{quote(row.path)}"
    pictures: Sequence[spots.Shown] = spots.load(read(spots.spots_path(row.path))) if row.path.endswith(".pdf") else ()
    shown = dict(enumerate(pictures)) if len(pictures) == len(row.disclaimers) else {}
    proofs = (
        Proven(
            proof.kind,
            proof.version,
            proof.location,
            _address(href, row.path, proof.location),
            proof.visible,
            proof.before_instructions,
            shown.get(number),
        )
        for number, proof in enumerate(row.disclaimers)
    )
    return Made(row.path, href, row, tuple(proofs))


def _address(href: str, path: str, location: str) -> str:
    """The place in a file as a browser can open it; the file where it cannot."""
    if path.endswith(".pdf") and location.startswith("page ") and location[5:].isdigit():
        return f"{href}#page={location[5:]}"
    if path.endswith(".html") and location.startswith("#"):
        return f"{href}#{_quoted(location[1:])}"
    return href


@lru_cache(maxsize=1024)
def _quoted(anchor: str) -> str:
    """An anchor within an address; thousands of pages have the same ones."""
    return quote(anchor)
