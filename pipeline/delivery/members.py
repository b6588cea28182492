"""The members' list: who may be written to, and which rows cannot be used."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.delivery.addresses import Address, parse_address
from pipeline.delivery.table import BrokenRow, Row, read_rows

REQUIRED = ("email", "consent")
OPTIONAL = ("name", "language", "unsubscribed")
STILL_IN = frozenset({"", "0", "n", "no", "false", "-"})
"""What the column `unsubscribed` may hold for those who have not left; anything else, such as a date, means they have."""
LONGEST_NAME = 100
"""Characters. A longer one is a row that has slipped, not a name."""
FORBIDDEN = frozenset({"Cc", "Zl", "Zp"})
"""Unicode categories that no name has: control characters, CR and LF first of all, and line and paragraph separators."""
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of the text around them, and so make an address read as another."""


@dataclass(frozen=True, slots=True)
class Member:
    """One usable row."""

    line: int
    address: Address
    name: str = ""
    language: str = ""
    consent: date | None = None
    """The day on which they asked for the newsletter; None when the row has none."""
    unsubscribed: bool = False


def read_members(path: Path, today: date) -> Iterator[Member | BrokenRow]:
    """The rows of a members' list, one at a time; raises what ``read_rows`` raises."""
    for row in read_rows(path, REQUIRED, OPTIONAL):
        yield row if isinstance(row, BrokenRow) else _member(row, today)


def _member(row: Row, today: date) -> Member | BrokenRow:
    values = row.values
    try:
        return Member(
            row.line,
            parse_address(clean("email", values["email"])),
            clean("name", values.get("name", "")),
            clean("language", values.get("language", "")).replace("_", "-").casefold(),
            _day(values["consent"].strip(), today),
            values.get("unsubscribed", "").strip().casefold() not in STILL_IN,
        )
    except ValueError as error:
        return BrokenRow(row.line, str(error))


def clean(column: str, text: str) -> str:
    """A value without the blanks around it. Raises ValueError for what could break out of a header or mislead a reader."""
    for character in "" if text.isprintable() else text:
        if unicodedata.category(character) in FORBIDDEN or character in TURNING:
            word = {"\r": " (CR, a line break)", "\n": " (LF, a line break)", "\t": " (a tab)"}.get(character, "")
            raise ValueError(f"the {column} holds the control character U+{ord(character):04X}{word}")
    bare = text.strip()
    if len(bare) > LONGEST_NAME and column != "email":
        raise ValueError(f"the {column} has {len(bare)} characters; at most {LONGEST_NAME} are taken")
    return unicodedata.normalize("NFC", bare)


def _day(text: str, today: date) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        raise ValueError(f"the consent {text[:20]!r} is not a date like 2026-03-01") from None
    if day > today:
        raise ValueError(f"the consent {day} lies in the future")
    return day
