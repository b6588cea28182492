"""What the metadata of a newsletter may say: each key's type and form."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, get_args

from pipeline.config.forms import Field, Mistake, Place, WrongError, group, mapped, several, value
from pipeline.config.values import unbroken
from pipeline.model.article import Status
from pipeline.model.newsletter import Mode
from pipeline.source import metadata_values as values
from pipeline.source.yaml_nodes import Day

REQUIRED = ("title", "issue", "published", "subject", "preheader", "items")
MAX_ISSUE = 1_000_000

_LIKE_A_MOMENT = re.compile(r"\d+-\d+-\d+(?:[ T]\d+:\d+)?")


def _issue(given: object) -> int:
    if not isinstance(given, str) or not re.fullmatch(r"[0-9]{1,7}", given) or not 0 < int(given) <= MAX_ISSUE:
        raise WrongError("must be the issue's number, 1 or more", "Write it in digits, such as `issue: 12`.")
    return int(given)


def _some(given: object) -> None:
    values.is_list(given)
    if not given:
        raise WrongError("names no article", "Write `- slug` on the line below, for each article that it holds.")


def _when(given: object) -> str:
    """Words, or a day of the calendar with a time behind it or not."""
    words = given.strip() if isinstance(given, Day) else values.text(given)
    if isinstance(given, Day) or _LIKE_A_MOMENT.fullmatch(words):
        try:
            datetime.fromisoformat(words)
        except ValueError:
            mend = "Write it as year-month-day, such as 2026-03-31 or 2026-03-31 18:30, or in words."
            raise WrongError(f"{words} is no day and time", mend) from None
    return words


def _group_of(example: str) -> Any:
    def check(given: object) -> None:
        if not isinstance(given, dict):
            raise WrongError("must have keys of its own, such as `name`", f"Write `{example}`.")

    return check


_slug = value(values.word)
_item = group(
    {"article": _slug, "mode": value(values.among(get_args(Mode), "mode"))},
    _group_of("{article: slug, mode: full}"),
    required=("article",),
)


def _read_item(given: object, place: Place, mistakes: list[Mistake]) -> dict[str, Any]:
    """A slug alone, or a group with ``article`` and ``mode``; its number in the list goes with it."""
    if isinstance(given, dict):
        return {**_item.read(given, place, mistakes), "number": place[-1]}
    return {"article": _slug.read(given, place, mistakes), "number": place[-1]}


_text = value(values.text)
_header = value(lambda given: values.text(unbroken(given)))
_event = group(
    {"name": _text, "when": value(_when), "where": _text, "url": value(values.address)},
    _group_of("{name: …, when: …, where: …}"),
    required=("name", "when"),
)
_offer = group(
    {"name": _text, "text": _text, "until": value(values.day), "url": value(values.address)},
    _group_of("{name: …, text: …}"),
    required=("name",),
)

NEWSLETTER_FORM = group(
    {
        "title": _text,
        "issue": value(_issue),
        "published": value(values.day),
        "subject": _header,
        "preheader": _header,
        "items": several(Field(_read_item), _some),
        "events": several(_event, values.is_list),
        "offers": several(_offer, values.is_list),
        "language": value(values.language),
        "allow": mapped(value(values.reason), values.are_reasons),
        "status": value(values.among(get_args(Status), "status")),
    },
    lambda _: None,
)
"""No key is required here: what is missing is told at another place."""
