"""Who is to get an issue: the members' list held against consent, duplicates and what the ledger remembers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipeline.delivery.ledger import Entry, Ledger
from pipeline.delivery.members import Member, read_members
from pipeline.delivery.table import BrokenRow


@dataclass(frozen=True, slots=True)
class Unknown:
    """A message that was handed over when the send broke off: its reader may have it or not."""

    key: str
    address: str
    line: int | None
    """Where the list names them; None when it no longer does."""
    since: str
    """When it was handed over, in UTC."""


@dataclass(slots=True)
class Audience:
    """Everybody on the list, sorted by what happens to them; each address counts once."""

    path: Path
    today: date
    rows: int = 0
    chosen: dict[str, int] = field(default_factory=dict)
    """The line that counts, by key, of each who is to get the issue now."""
    nameless: int = 0
    """How many of these have no name."""
    no_consent: int = 0
    unsubscribed: int = 0
    duplicates: int = 0
    other_language: int = 0
    have_it: int = 0
    have_earlier: int = 0
    """They have another edition of this issue."""
    skipped: int = 0
    """Their message is of unknown fate, and it was decided to leave it so."""
    failed: list[tuple[int, Entry]] = field(default_factory=list)
    """Refused for good at an earlier try, with their lines."""
    unknown: list[Unknown] = field(default_factory=list)
    broken: list[BrokenRow] = field(default_factory=list)

    def members(self) -> Iterator[Member]:
        """Those who are to get the issue, read from the list again, one at a time."""
        for row in read_members(self.path, self.today):
            if isinstance(row, Member) and self.chosen.get(row.address.key) == row.line:
                yield row


def read_audience(path: Path, today: date, language: str = "") -> Audience:
    """Read the list. Who has left in any row has left; else the first row with consent counts.

    ``language`` leaves out those who want another one. Raises what ``read_rows`` raises.
    """
    audience = Audience(path, today)
    first: dict[str, int | None] = {}
    left: set[str] = set()
    nameless: set[str] = set()
    other: set[str] = set()
    for row in read_members(path, today):
        audience.rows += 1
        if isinstance(row, BrokenRow):
            audience.broken.append(row)
            continue
        key = row.address.key
        audience.duplicates += key in first
        if row.unsubscribed:
            left.add(key)
        if first.get(key) is None:
            first[key] = row.line if row.consent else None
            if row.consent:
                (nameless.discard if row.name else nameless.add)(key)
                (other.discard if _speaks(row.language, language) else other.add)(key)
    audience.unsubscribed = len(left)
    audience.no_consent = sum(line is None for key, line in first.items() if key not in left)
    able = {key: line for key, line in first.items() if line is not None and key not in left}
    audience.other_language = sum(key in other for key in able)
    audience.chosen = {key: line for key, line in able.items() if key not in other}
    audience.nameless = sum(key in nameless for key in audience.chosen)
    return audience


def _speaks(theirs: str, wanted: str) -> bool:
    """Whether a reader of ``theirs`` takes an issue in ``wanted``; a language without a region stands for all of its regions."""
    if not theirs or not wanted:
        return True
    wanted = wanted.replace("_", "-").casefold()
    return theirs == wanted or theirs.startswith(f"{wanted}-") or wanted.startswith(f"{theirs}-")


def leave_out_served(audience: Audience, ledger: Ledger, *, correction: bool, retry_failed: bool) -> None:
    """Take out of ``chosen`` who has the issue, may have it, or cannot get it.

    ``correction`` keeps those who have an earlier edition, ``retry_failed`` those who were refused for good.
    """
    earlier = frozenset() if correction else ledger.have_earlier()
    for entry in ledger.entries():
        line = audience.chosen.get(entry.key)
        if entry.state == "sending":
            audience.unknown.append(Unknown(entry.key, entry.address, line, entry.changed))
        if line is None or entry.state == "queued":
            continue
        if entry.state == "failed":
            if retry_failed:
                continue
            audience.failed.append((line, entry))
        audience.have_it += entry.state == "sent"
        audience.skipped += entry.state == "skipped"
        del audience.chosen[entry.key]
    for key in earlier & audience.chosen.keys():
        audience.have_earlier += 1
        del audience.chosen[key]
