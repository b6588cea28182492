"""``content/editions.jsonl``: the record of what was given to readers, which is only ever appended to."""

from __future__ import annotations

import codecs
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.editions.last_line import refuse_cut_off, write_head
from pipeline.editions.lines import CHAIN, canonical, dump, link, parse
from pipeline.editions.reading import read_plain
from pipeline.errors import ContentError, ExportError
from pipeline.files import display_path
from pipeline.model.edition import Entry, Ledger
from pipeline.staging import locked, write_atomically

EDITIONS = "editions.jsonl"
"""Name of the record below ``content/``."""
MAX_BYTES = 256 * 1024 * 1024

RESTORE = (
    f"Put {EDITIONS} back as version control or a backup has it, for example with `git checkout -- content/{EDITIONS}`. "
    "It is not to be edited: `pipeline release` and `pipeline withdraw` append to it."
)
CUT_OFF = "Delete this line, then run again the `pipeline release` or `pipeline withdraw` that was interrupted."
CONFLICT = (
    "Keep the lines of one side alone, without the markers, then run `pipeline release` and `pipeline withdraw` again for "
    "what the other side had; lines of two sides cannot be mixed."
)

_CONFLICT_MARK = re.compile(r"<{7}( |$)|\|{7}( |$)|={7}$|>{7}( |$)")


def load_ledger(content: Path) -> Ledger:
    """The record below ``content``; an empty one where there is none.

    Raises ContentError, with the line, for a record that is not as the pipeline wrote it, and UnreadableError for one that
    cannot be read at all.
    """
    reading = _Reading(content / EDITIONS)
    ledger = reading.ledger(_lines(content))
    refuse_cut_off(content, reading.path, reading.hashes)
    return ledger


@dataclass(slots=True)
class Record:
    """The record, held by this process alone."""

    content: Path
    ledger: Ledger

    def append(self, entries: Iterable[Entry]) -> None:
        """Add entries, all or none of them, and keep them over a loss of power. Raises ExportError where that fails."""
        entries = list(entries)
        path = Path(os.path.realpath(self.content / EDITIONS))
        before, head = b"".join(_lines(self.content)), self.ledger.head
        if before and not before.endswith(b"\n"):
            before += b"\n"
        for entry in entries:
            line, head = dump(entry, head)
            before += line.encode() + b"\n"
        try:
            write_atomically(path, before, mode=path.stat().st_mode if path.exists() else None)
        except OSError as error:
            message = f"cannot be written: {error.strerror or error}"
            help_ = "Make room or give write permission, then try again; the record is as it was."
            raise ExportError(message, path=display_path(self.content / EDITIONS), help=help_) from error
        self.ledger = Ledger((*self.ledger.entries, *entries), head)
        write_head(self.content, len(self.ledger.entries), head)


@contextmanager
def open_record(content: Path) -> Iterator[Record]:
    """The record, for appending; whoever else wants to append waits. Raises what ``load_ledger`` raises."""
    with locked(content):
        for left in content.glob(".editions.*.tmp"):  # by one that was killed while it wrote
            with suppress(OSError):
                left.unlink()
        yield Record(content, load_ledger(content))


def _lines(content: Path) -> list[bytes]:
    """The record's lines with their ends."""
    path = content / EDITIONS
    opened = read_plain(content, path, "the record of editions", MAX_BYTES)
    if opened is None:
        return []
    if opened.data is None:
        message = f"the record of editions has more than {MAX_BYTES // 1024 // 1024} MB"
        raise ContentError(message, path=display_path(path), help=RESTORE)
    # line ends may be another system's by now: version control turns them, and they are no part of any hash
    return opened.data.replace(b"\r\n", b"\n").splitlines(keepends=True)


class _Reading:
    """Reads the record line by line and stops at the first that is not as it was written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.seen: dict[str, int] = {}
        self.hashes: list[str] = []
        """Of the lines so far."""

    def ledger(self, lines: list[bytes]) -> Ledger:
        entries: list[Entry] = []
        head = ""
        for number, data in enumerate(lines, 1):
            whole = number < len(lines) or data.endswith(b"\n")
            text = self._text(number, data, whole=whole)
            if not text:
                continue
            row = self._row(number, text, whole=whole)
            chain = row.pop(CHAIN, None)
            if chain != link(row, head):
                raise self._broken(number, text)
            if canonical({**row, CHAIN: chain}) != text:
                raise self._wrong(number, "this line is not written as the pipeline writes it: it was changed")
            entries.append(self._entry(number, row))
            head = chain
            self.hashes.append(chain)
            self.seen[text] = number
        return Ledger(tuple(entries), head)

    def _text(self, number: int, data: bytes, *, whole: bool) -> str:
        if number == 1:
            data = data.removeprefix(codecs.BOM_UTF8)
        try:
            return data.decode().strip("\r\n")
        except UnicodeDecodeError:
            raise self._unlike(number, "UTF-8", whole=whole) from None

    def _row(self, number: int, text: str, *, whole: bool) -> dict[str, Any]:
        if _CONFLICT_MARK.match(text):
            raise self._wrong(number, "a merge has left its conflict in the record", CONFLICT)
        try:
            row = json.loads(text)
        except (ValueError, RecursionError):
            raise self._unlike(number, "JSON", whole=whole) from None
        if not isinstance(row, dict):
            raise self._wrong(number, "this line is no entry of the record: it was changed")
        return row

    def _entry(self, number: int, row: Mapping[str, Any]) -> Entry:
        try:
            return parse(row)
        except ValueError as error:
            help_ = "Use the version of the pipeline that wrote it, or a later one."
            raise self._wrong(number, f"this entry cannot be understood: {error}", help_) from None

    def _unlike(self, number: int, what: str, *, whole: bool) -> ContentError:
        if not whole:
            return self._wrong(number, "the last line is cut off: it was never finished", CUT_OFF)
        return self._wrong(number, f"this line is not {what}: it was changed")

    def _broken(self, number: int, text: str) -> ContentError:
        if text in self.seen:
            return self._wrong(number, f"this line repeats line {self.seen[text]}", "Delete this line.")
        return self._wrong(
            number,
            "the chain of hashes is broken: this line was changed, or lines before it were changed, moved or taken out",
        )

    def _wrong(self, number: int, message: str, help: str = RESTORE) -> ContentError:
        return ContentError(message, path=display_path(self.path), line=number, help=help)
