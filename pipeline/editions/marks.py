"""Articles that their own files say are withdrawn."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.model.article import LibraryEntry
from pipeline.model.edition import Ledger, Released, Withdrawn


def with_marks(ledger: Ledger, articles: Mapping[str, LibraryEntry]) -> Ledger:
    """The record with a withdrawal, for no reason given, of each released article whose file alone says so.

    The line in the file may have been written by hand; the safe answer is to believe it.
    """
    released = {
        entry.slug: entry for entry in ledger.entries if isinstance(entry, Released) and entry.kind == "article"
    }
    marked = [
        Withdrawn(entry.slug, entry.title, entry.language, reason="", since=None, status="")
        for slug, entry in sorted(released.items())
        if slug in articles and slug not in ledger.withdrawals and articles[slug].status == "withdrawn"
    ]
    return Ledger((*ledger.entries, *marked), ledger.head) if marked else ledger
