"""Who has which edition of an issue: written down before a message goes out, and after it has arrived.

A row goes from ``queued`` to ``sending`` before the message's data are sent, and to ``sent`` or ``failed`` when the server
has answered. So after a crash the row that still says ``sending`` is the one whose fate nobody knows; all others are
certain.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pipeline.delivery.addresses import Address
from pipeline.errors import DeliveryError

State = Literal["queued", "sending", "sent", "failed", "skipped"]
"""``skipped``: of unknown fate, and the sender decided to leave it so."""
VERSION = 1
TABLE = """
CREATE TABLE IF NOT EXISTS deliveries (
  issue TEXT NOT NULL,
  edition TEXT NOT NULL,
  key TEXT NOT NULL,
  address TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'skipped')),
  answer TEXT NOT NULL DEFAULT '',
  changed TEXT NOT NULL,
  PRIMARY KEY (issue, edition, key)
) WITHOUT ROWID"""
PATIENCE = 10
"""Seconds to wait for another program that reads the ledger."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: an address, what is known of it, what the server said, and since when (UTC)."""

    key: str
    address: str
    state: State
    answer: str
    changed: str


class Ledger:
    """The deliveries of one edition of one issue."""

    def __init__(self, connection: sqlite3.Connection, path: Path, issue: str, edition: str) -> None:
        self._connection = connection
        self._path = path
        self._of = (issue, edition)

    def entries(self) -> Iterator[Entry]:
        """All rows of this edition, by address."""
        query = (
            "SELECT key, address, state, answer, changed FROM deliveries WHERE issue = ? AND edition = ? ORDER BY key"
        )
        with _clearly(self._path):
            yield from (Entry(*row) for row in self._connection.execute(query, self._of))

    def have_earlier(self) -> frozenset[str]:
        """Keys of those who have, or may have, another edition of this issue."""
        query = (
            "SELECT key FROM deliveries WHERE issue = ? AND edition <> ? AND state IN ('sent', 'sending', 'skipped')"
        )
        with _clearly(self._path):
            return frozenset(key for (key,) in self._connection.execute(query, self._of))

    def queue(self, addresses: Iterable[Address]) -> None:
        """Note who is to get it, all at once; those who are noted already stay as they are."""
        insert = "INSERT INTO deliveries VALUES (?, ?, ?, ?, 'queued', '', ?) ON CONFLICT DO NOTHING"
        now = _now()
        with _clearly(self._path), self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(insert, ((*self._of, address.key, address.text, now) for address in addresses))

    def mark(self, key: str, state: State, answer: str = "") -> None:
        """Change one row. That it is ``sending`` is on the disk before this returns, so that no loss of power forgets it."""
        update = "UPDATE deliveries SET state = ?, answer = ?, changed = ? WHERE issue = ? AND edition = ? AND key = ?"
        with _clearly(self._path):
            # Of the others a loss of power may forget the last one; then it says `sending`, and is asked about.
            self._connection.execute(f"PRAGMA synchronous = {'FULL' if state == 'sending' else 'NORMAL'}")
            self._connection.execute(update, (state, answer, _now(), *self._of, key))


@contextmanager
def open_ledger(path: Path, issue: str, edition: str) -> Iterator[Ledger]:
    """Hold a ledger alone, made if need be; its folder gets a ``.gitignore`` when it is new.

    Raises DeliveryError when another send holds it, or it cannot be read or written.
    """
    with _clearly(path):
        if not path.parent.exists():
            path.parent.mkdir(parents=True)
            (path.parent / ".gitignore").write_text(
                "# Members' addresses; nothing in here is kept in git.\n*\n", "utf-8"
            )
        lock = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _lock(lock, path)
        with _opened(path) as connection:
            yield Ledger(connection, path, issue, edition)
    finally:
        os.close(lock)


@contextmanager
def look_into_ledger(path: Path, issue: str, edition: str) -> Iterator[Ledger]:
    """Read a ledger, also while a send is under way; an empty one where there is none, and none is made."""
    if path.exists():
        with _opened(path) as connection:
            yield Ledger(connection, path, issue, edition)
    else:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            connection.execute(TABLE)
            yield Ledger(connection, path, issue, edition)


def _lock(lock: int, path: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise DeliveryError(
            "another send of this issue is under way", path=path, help="Wait until it has ended, then run this again."
        ) from error


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with _clearly(path):
        if not path.exists():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # addresses are for the sender's eyes
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    with closing(connection):
        with _clearly(path):
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version > VERSION:
                raise DeliveryError(
                    "the ledger was written by a newer pipeline",
                    path=path,
                    help="Send with that version of the pipeline.",
                )
            if version < VERSION:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute(TABLE)
                connection.execute(f"PRAGMA user_version = {VERSION}")
        yield connection


@contextmanager
def _clearly(path: Path) -> Iterator[None]:
    """Turn what SQLite or the system refuses into one DeliveryError that says what to do."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise DeliveryError(
            f"the ledger of who has the issue cannot be used: {reason}",
            path=path,
            help="Make room or give permission, or name another file with --ledger. Nothing is sent without a ledger,"
            " and with a new one everybody gets the issue again.",
        ) from error


def _now() -> str:
    return datetime.now(UTC).isoformat(" ", "seconds")
