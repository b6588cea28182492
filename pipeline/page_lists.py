"""Where the pages of PDFs start, kept below ``build/``: an EPUB lists them, and is not to have its PDF set again for that.

What is kept of a PDF is named by its key, so that it is the same whether the PDF is made, was made, or is never asked for. The
file says its own digest; one that is damaged counts as none, and it can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from pipeline.files import plain_bytes
from pipeline.model.passage import PageStart
from pipeline.staging import WORK, write_atomically

FILE = f"{WORK}/page-starts.json"

Row = tuple[str, list[list[int]]]
"""Key of a PDF, and what ``PageStart`` has of each of its pages."""


class PageLists:
    """The page starts below one output folder."""

    def __init__(self, out: Path, *, fresh: bool = False) -> None:
        """``fresh``: those that are there are not taken."""
        self._file = out / FILE
        self._fresh = fresh
        self._changed = False

    @cached_property
    def _rows(self) -> dict[str, Row]:
        """By slug."""
        try:
            seal, _, text = plain_bytes(self._file).partition(b"\n")
            return dict(json.loads(text)) if not self._fresh and seal == _seal(text) else {}
        except (OSError, ValueError):
            return {}

    def found(self, slug: str, key: str) -> tuple[PageStart, ...] | None:
        """The page starts of the PDF with a key; None where they are not known."""
        return starts(self.row(slug), key)

    def row(self, slug: str) -> Row | None:
        """What is kept under a slug."""
        return self._rows.get(slug)

    def keep(self, slug: str, key: str, starts: Iterable[PageStart]) -> None:
        """Keep those of a PDF in place of an earlier one's."""
        row = key, [[start.page, start.passage, start.offset] for start in starts]
        if tuple(self._rows.get(slug, ())) != row:  # JSON knows no tuples
            self._rows[slug] = row
            self._changed = True

    def save(self) -> None:
        """Write what is new, if there is room for it."""
        if self._changed:
            # in no order that jobs happen to end in
            text = json.dumps(self._rows, separators=(",", ":"), sort_keys=True).encode()
            with suppress(OSError):
                self._file.parent.mkdir(parents=True, exist_ok=True)
                write_atomically(self._file, _seal(text) + b"\n" + text)


def starts(row: Row | None, key: str) -> tuple[PageStart, ...] | None:
    """The page starts in a row, where they are those of the PDF with a key."""
    return tuple(PageStart(*start) for start in row[1]) if row is not None and row[0] == key else None


def _seal(text: bytes) -> bytes:
    return hashlib.sha256(text).hexdigest().encode()
