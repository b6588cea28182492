"""What the metadata of an article may say: each key's type and form."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date
from typing import get_args

from pipeline.config.forms import Field, WrongError, group, mapped, several, value
from pipeline.config.values import language_tag, one_line, one_of
from pipeline.errors import shorten
from pipeline.model.article import Status
from pipeline.source.yaml_nodes import Day, Number

MAX_DESCRIPTION = 160
"""Characters that search engines and shelves show of a description."""
REQUIRED = ("title", "description", "profile", "authors", "published")

_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+", re.IGNORECASE)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_QUOTES = "Put it between quotation marks."


def _text(given: object) -> str:
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


def _word(given: object) -> str:
    """A text in a list, where a bare number is as good."""
    return str(given) if isinstance(given, Number) else _text(given)


def _list(given: object) -> None:
    if not isinstance(given, list):
        raise WrongError("must be a list", "Write `[one, two]`, or each on a line of its own after `- `.")


def _people(given: object) -> None:
    if not isinstance(given, list):
        raise WrongError("must be a list", "Write `- name: …` on the line below, indented.")
    if not given:
        raise WrongError("names nobody", "Write `- name: …` on the line below, indented.")


def _person(given: object) -> None:
    if not isinstance(given, dict):
        raise WrongError("must have keys of its own, such as `name`", "Write `name: …`, indented below.")


def _reasons(given: object) -> None:
    if not isinstance(given, dict):
        raise WrongError("must give a reason for each code", "Write `S06: why`, indented below.")


def _reason(given: object) -> str:
    return "" if given is None or given == "" else _text(given)


def _day(given: object) -> date:
    if not isinstance(given, str) or not _DATE.fullmatch(given.strip()):
        raise WrongError("must be a date", "Write it as year-month-day, such as 2026-03-31.")
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        raise WrongError(f"{given.strip()} is no day of the calendar", "Correct the date.") from None


def _description(given: object) -> str:
    words = _text(given)
    if len(words) > MAX_DESCRIPTION:
        raise WrongError(f"has {len(words)} characters, more than {MAX_DESCRIPTION}", "Shorten it.")
    return words


def _language(given: object) -> str:
    return language_tag(_text(given))


def _address(given: object) -> str:
    address = _text(given)
    if not _ADDRESS.fullmatch(address):
        raise WrongError(f"`{shorten(address)}` is no web address", "Start it with https://.")
    return address


def _among(known: Collection[str], what: str) -> Callable[[object], str]:
    return lambda given: one_of(_text(given), known, what)


def metadata_form(profiles: Collection[str], kinds: Collection[str]) -> Field:
    """The form of an article's metadata, given the names of the article types and disclaimers that exist.

    No key is required here: what is missing is told at another place. That a reviewer has credentials is a check of its own
    (M03).
    """
    text, day, words = value(_text), value(_day), several(value(_word), _list)
    person = {"name": text, "credentials": text}
    author = group({**person, "url": value(_address)}, _person, required=("name",))
    return group(
        {
            "title": text,
            "description": value(_description),
            "profile": value(_among(profiles, "article type")),
            "authors": several(author, _people),
            "language": value(_language),
            "subtitle": text,
            "reviewer": group(person, _person, required=("name",)),
            "published": day,
            "reviewed": day,
            "next_review": day,
            "topics": words,
            "keywords": words,
            "related": words,
            "cover": text,
            "disclaimers": several(value(_among(kinds, "disclaimer kind")), _list),
            "allow": mapped(value(_reason), _reasons),
            "status": value(_among(get_args(Status), "status")),
            "funding": text,
        },
        lambda _: None,
    )
