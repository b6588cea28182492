"""What the file of a book may say: each key's type and form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from pipeline.config.forms import Field, Mistake, Place, WrongError, group, several, value
from pipeline.config.values import language_tag, one_line
from pipeline.source import metadata_values as values

TABLES = ("parts", "authors", "editors")
"""Keys that may be lists of tables; what is written below one belongs to it."""
EXAMPLES = {
    "parts": "[[parts]]",
    "articles": 'articles = ["one", "two"]',
    "authors": 'authors = ["…"]',
    "published": "published = 2026-03-31",
}
"""What a missing key looks like, where it is more than ``key = "…"``."""


def _list(what: str, mend: str) -> Callable[[object], None]:
    """A check for a list that is not empty; ``what`` is said of one that is."""

    def check(given: object) -> None:
        if not isinstance(given, list):
            raise WrongError("must be a list", mend)
        if not given:
            raise WrongError(what, mend)

    return check


def _group(mend: str) -> Callable[[object], None]:
    def check(given: object) -> None:
        if not isinstance(given, dict):
            raise WrongError("must have keys of its own", mend)

    return check


def _day(given: object) -> date:
    """A day as TOML has it, or the same between quotation marks."""
    if isinstance(given, datetime):
        return given.date()
    return given if isinstance(given, date) else values.day(given)


_text = value(one_line)
_named = group(
    {"name": _text, "credentials": _text, "url": value(values.address)},
    _group('Write `{name = "…"}`.'),
    required=("name",),
)


def _read_person(given: object, place: Place, mistakes: list[Mistake]) -> object:
    """A name alone, or a group with ``name``."""
    if isinstance(given, dict):
        return _named.read(given, place, mistakes)
    return {"name": _text.read(given, place, mistakes)}


_people = several(Field(_read_person), _list("names nobody", f"Write `{EXAMPLES['authors']}`."))
_part = group(
    {"title": _text, "articles": several(_text, _list("names no article", f"Write `{EXAMPLES['articles']}`."))},
    _group("Write `[[parts]]`, and `title` and `articles` below it."),
    required=("title", "articles"),
)

BOOK_FORM = group(
    {
        "title": _text,
        "subtitle": _text,
        "authors": _people,
        "editors": _people,
        "language": value(language_tag),
        "description": _text,
        "published": value(_day),
        "cover": _text,
        "parts": several(_part, _list("has no part", "Write `[[parts]]`, and `title` and `articles` below it.")),
    },
    lambda _: None,
    required=("title", "description", "published", "parts"),
)
"""``authors`` may be missing where there are ``editors``."""
