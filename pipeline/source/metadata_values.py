"""What a value in metadata may be: checks of single values that articles and newsletters share."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date

from pipeline.config.forms import WrongError
from pipeline.config.values import language_tag, one_line, one_of
from pipeline.errors import shorten
from pipeline.source.yaml_nodes import Day, Number

_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+", re.IGNORECASE)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_QUOTES = "Put it between quotation marks."


def text(given: object) -> str:
    """A text on one line. Raises WrongError for what YAML reads as something else."""
    if isinstance(given, bool):
        raise WrongError("must be text, but YAML reads this word as yes or no", _QUOTES)
    if isinstance(given, Number | Day):
        kind = "number" if isinstance(given, Number) else "date"
        raise WrongError(f"must be text, but is a {kind}", _QUOTES)
    if not isinstance(given, str):
        raise WrongError(f"must be text, but {_is(given)}", "Write it on one line behind the colon.")
    return one_line(given)


def _is(given: object) -> str:
    if isinstance(given, list):
        return "is a list"
    return "is a mapping" if isinstance(given, dict) else "has no value"


def word(given: object) -> str:
    """A text in a list, where a bare number is as good."""
    return str(given) if isinstance(given, Number) else text(given)


def is_list(given: object) -> None:
    """Raises WrongError for what is no list."""
    if not isinstance(given, list):
        raise WrongError("must be a list", "Write `[one, two]`, or each on a line of its own after `- `.")


def are_reasons(given: object) -> None:
    """Raises WrongError for what does not give a reason for each code."""
    if not isinstance(given, dict):
        raise WrongError("must give a reason for each code", "Write `S06: why`, indented below.")


def reason(given: object) -> str:
    """The reason for a code; empty when none is given."""
    return "" if given is None or given == "" else text(given)


def day(given: object) -> date:
    """A day of the calendar, written as year-month-day. Raises WrongError."""
    if not isinstance(given, str) or not _DATE.fullmatch(given.strip()):
        raise WrongError("must be a date", "Write it as year-month-day, such as 2026-03-31.")
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        raise WrongError(f"{given.strip()} is no day of the calendar", "Correct the date.") from None


def language(given: object) -> str:
    """A language tag (BCP 47). Raises WrongError."""
    return language_tag(text(given))


def address(given: object) -> str:
    """An address on the web or of e-mail. Raises WrongError."""
    found = text(given)
    if not _ADDRESS.fullmatch(found):
        raise WrongError(f"`{shorten(found)}` is no web address", "Start it with https://.")
    return found


def among(known: Collection[str], what: str) -> Callable[[object], str]:
    """A check that a text is one of the ``known`` words; its WrongError names the nearest."""
    return lambda given: one_of(text(given), known, what)
