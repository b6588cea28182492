"""The list of all that a content tree holds: what waits for somebody in front."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pipeline.report.facts import Facts


@dataclass(frozen=True, slots=True)
class Row:
    """One article, newsletter or book."""

    facts: Facts
    overdue: bool
    """Whether its review no longer holds."""

    @property
    def state(self) -> str:
        """How it stands, in a word."""
        return "withdrawn" if self.facts.status == "withdrawn" else "errors" if self.facts.errors else "sound"


def rows(facts: Iterable[Facts], today: date) -> list[Row]:
    """Overdue reviews in front, then what has errors, then by the day on which the review falls due."""
    found = [Row(one, one.due is not None and one.due < today and one.status != "withdrawn") for one in facts]
    return sorted(found, key=_place)


def _place(row: Row) -> tuple[bool, bool, date, str]:
    due = row.facts.due or date.max
    return not row.overdue, row.facts.errors == 0, due, row.facts.title.casefold()
