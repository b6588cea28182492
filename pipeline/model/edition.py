"""What was given to readers, and what has become of it: the entries of the record of editions, and how an edition stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from pipeline.model.publication import PublicationKind

State = Literal["current", "superseded", "withdrawn"]


@dataclass(frozen=True, slots=True)
class WordingVersion:
    """One disclaimer that a file shows."""

    kind: str
    version: str
    """Of the approved wording, or ``own``."""


@dataclass(frozen=True, slots=True)
class Released:
    """One edition in one format, given to readers."""

    id: str
    slug: str
    kind: PublicationKind
    title: str
    language: str
    format: str
    sha256: str
    """Of the file's bytes."""
    articles: tuple[str, ...]
    """Slugs of the articles in it."""
    disclaimers: tuple[WordingVersion, ...]
    checks: Mapping[str, int]
    """How many findings its sources had: ``errors``, ``warnings``, ``suppressed``."""
    released: date


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An article, in every edition released so far, called back."""

    slug: str
    title: str
    language: str
    reason: str
    """Empty where the article's file alone says that it is withdrawn."""
    since: date | None
    """None likewise."""
    status: str
    """What the metadata said of the status before, as written; empty where it said nothing."""


@dataclass(frozen=True, slots=True)
class Reinstated:
    """The last withdrawal of an article undone: it was a mistake."""

    slug: str
    since: date


Entry = Released | Withdrawn | Reinstated


@dataclass(frozen=True, slots=True)
class Standing:
    """What is to be said of an edition today."""

    state: State
    releases: tuple[Released, ...]
    """Its entries, one a format and file, in the order of their release; never empty."""
    newer: Released | None = None
    """What readers should have instead."""
    withdrawal: Withdrawn | None = None

    @property
    def edition(self) -> Released:
        """The first release."""
        return self.releases[0]


@dataclass(frozen=True)
class Ledger:
    """The record of editions, oldest entry first."""

    entries: tuple[Entry, ...] = ()
    head: str = field(default="")
    """Hash of the last line, which the next one is chained to; empty when there is none."""

    @cached_property
    def releases(self) -> Mapping[str, tuple[Released, ...]]:
        """What was released, by edition id."""
        found: dict[str, list[Released]] = {}
        for entry in self.entries:
            if isinstance(entry, Released):
                found.setdefault(entry.id, []).append(entry)
        return {id_: tuple(entries) for id_, entries in found.items()}

    @cached_property
    def withdrawals(self) -> Mapping[str, Withdrawn]:
        """The withdrawals in force, by the slug of the article; one that was released in new words since is not among them."""
        found: dict[str, Withdrawn] = {}
        for entry in self.entries:
            match entry:
                case Withdrawn():
                    found[entry.slug] = entry
                case Reinstated():
                    found.pop(entry.slug, None)
                case Released():
                    for slug in entry.articles:
                        found.pop(slug, None)
        return found

    @cached_property
    def called_back(self) -> Mapping[str, Withdrawn]:
        """The editions that must not be used any more, by id, with the first withdrawal in force that says why."""
        seen: dict[str, list[str]] = {}
        by_article: dict[str, list[Withdrawn]] = {}
        found: dict[str, list[Withdrawn]] = {}
        for entry in self.entries:
            match entry:
                case Released():
                    for slug in entry.articles:
                        seen.setdefault(slug, []).append(entry.id)
                case Withdrawn():
                    by_article.setdefault(entry.slug, []).append(entry)
                    for id_ in dict.fromkeys(seen.get(entry.slug, ())):
                        found.setdefault(id_, []).append(entry)
                case Reinstated() if by_article.get(entry.slug):
                    undone = by_article[entry.slug].pop()
                    found = {id_: [each for each in why if each is not undone] for id_, why in found.items()}
        return {id_: why[0] for id_, why in found.items() if why}

    @cached_property
    def latest(self) -> Mapping[tuple[PublicationKind, str], Mapping[str, Released]]:
        """The last release of each publication, by kind and slug, then by format; withdrawn editions left out."""
        found: dict[tuple[PublicationKind, str], dict[str, Released]] = {}
        for entry in self.entries:
            if isinstance(entry, Released) and entry.id not in self.called_back:
                found.setdefault((entry.kind, entry.slug), {})[entry.format] = entry
        return found

    def standing(self, id_: str) -> Standing | None:
        """How an edition stands; None for an id that was never released."""
        releases = self.releases.get(id_, ())
        if not releases:
            return None
        formats = {entry.format for entry in releases}
        others = [
            entry
            for entry in self.latest.get((releases[0].kind, releases[0].slug), {}).values()
            if entry.id != id_ and self._place(entry) > self._place(releases[-1])
        ]
        newer = [entry for entry in others if entry.format in formats]
        if id_ in self.called_back:
            last = max(newer or others, key=self._place, default=None)
            return Standing("withdrawn", releases, last, self.called_back[id_])
        return Standing("superseded" if newer else "current", releases, max(newer, key=self._place, default=None))

    def _place(self, entry: Entry) -> int:
        return self._places[id(entry)]

    @cached_property
    def _places(self) -> Mapping[int, int]:
        return {id(entry): place for place, entry in enumerate(self.entries)}
