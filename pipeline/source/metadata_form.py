"""What the metadata of an article may say: each key's type and form, checked all at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationInfo

from pipeline.config.values import language_tag, mistake, one_line, one_of
from pipeline.errors import shorten
from pipeline.model.article import Status
from pipeline.source.yaml_nodes import Day, Number

MAX_DESCRIPTION = 160
"""Characters that search engines and shelves show of a description."""
REQUIRED = ("title", "description", "profile", "authors", "published")

_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+", re.IGNORECASE)
_QUOTES = "Put it between quotation marks."


def text(value: object) -> str:
    """A text on one line, its blanks run together; never empty."""
    if isinstance(value, bool):
        raise mistake("must be text, but YAML reads this word as yes or no", _QUOTES)
    if isinstance(value, Number | Day):
        kind = "number" if isinstance(value, Number) else "date"
        raise mistake(f"must be text, but is a {kind}", _QUOTES)
    if not isinstance(value, str):
        raise mistake(f"must be text, but {_is(value)}", "Write it on one line behind the colon.")
    return one_line(value)


def _is(value: object) -> str:
    if isinstance(value, list):
        return "is a list"
    return "is a mapping" if isinstance(value, dict) else "has no value"


def _word(value: object) -> str:
    """A text in a list, where a bare number is as good."""
    return str(value) if isinstance(value, Number) else text(value)


def _listed(value: object) -> object:
    if not isinstance(value, list):
        raise mistake("must be a list", "Write `[one, two]`, or each on a line of its own after `- `.")
    return value


def _mapped(value: object) -> object:
    if not isinstance(value, dict):
        raise mistake("must have keys of its own, such as `name`", "Write `name: …`, indented below.")
    return value


def _reasons(value: object) -> object:
    if not isinstance(value, dict):
        raise mistake("must give a reason for each code", "Write `S06: why`, indented below.")
    return value


def _people(value: object) -> object:
    if not isinstance(value, list):
        raise mistake("must be a list", "Write `- name: …` on the line below, indented.")
    if not value:
        raise mistake("names nobody", "Write `- name: …` on the line below, indented.")
    return value


def _day(value: object) -> date:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip()):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            raise mistake(f"{value.strip()} is no day of the calendar", "Correct the date.") from None
    raise mistake("must be a date", "Write it as year-month-day, such as 2026-03-31.")


def _description(value: object) -> str:
    words = text(value)
    if len(words) > MAX_DESCRIPTION:
        raise mistake(f"has {len(words)} characters, more than {MAX_DESCRIPTION}", "Shorten it.")
    return words


def _language(value: object) -> str:
    return language_tag(text(value))


def _address(value: object) -> str:
    address = text(value)
    if not _ADDRESS.fullmatch(address):
        raise mistake(f"`{shorten(address)}` is no web address", "Start it with https://.")
    return address


def _names(info: ValidationInfo, what: str) -> Collection[str]:
    names: Collection[str] = (info.context or {})[what]
    return names


def _profile(value: object, info: ValidationInfo) -> str:
    return one_of(value, _names(info, "profiles"), "article type")


def _kind(value: object, info: ValidationInfo) -> str:
    return one_of(value, _names(info, "kinds"), "disclaimer kind")


def _status(value: object) -> str:
    return one_of(value, ("draft", "ready", "withdrawn"), "status")


def _reason(value: object) -> str:
    return "" if value is None or value == "" else text(value)


Text = Annotated[str, BeforeValidator(text)]
Word = Annotated[str, BeforeValidator(_word)]
Words = Annotated[list[Word], BeforeValidator(_listed)]
Day_ = Annotated[date, BeforeValidator(_day)]
Address = Annotated[str, BeforeValidator(_address)]
Kinds = Annotated[list[Annotated[str, BeforeValidator(_kind)]], BeforeValidator(_listed)]


class ReviewerForm(BaseModel):
    """``reviewer``; whether credentials are there is a check of its own (M03)."""

    model_config = ConfigDict(extra="forbid")
    name: Text
    credentials: Text = ""


class AuthorForm(ReviewerForm):
    """One of ``authors``."""

    url: Address = ""


class MetadataForm(BaseModel):
    """The metadata. Keys of REQUIRED have defaults here, so that the rest stands when one of them is missing."""

    model_config = ConfigDict(extra="forbid")
    title: Text = ""
    description: Annotated[str, BeforeValidator(_description)] = ""
    profile: Annotated[str, BeforeValidator(_profile)] = ""
    authors: Annotated[list[Annotated[AuthorForm, BeforeValidator(_mapped)]], BeforeValidator(_people)] = []
    language: Annotated[str, BeforeValidator(_language)] = ""
    subtitle: Text = ""
    reviewer: Annotated[ReviewerForm, BeforeValidator(_mapped)] | None = None
    published: Day_ | None = None
    reviewed: Day_ | None = None
    next_review: Day_ | None = None
    topics: Words = []
    keywords: Words = []
    related: Words = []
    cover: Text = ""
    disclaimers: Kinds = []
    allow: Annotated[dict[str, Annotated[str, BeforeValidator(_reason)]], BeforeValidator(_reasons)] = {}
    status: Annotated[Status, BeforeValidator(_status)] = "ready"
    funding: Text = ""


FORMS: Mapping[str, type[BaseModel]] = {"": MetadataForm, "authors": AuthorForm, "reviewer": ReviewerForm}
"""Which form the keys below a key follow."""


def known_keys(place: tuple[Any, ...]) -> list[str]:
    """The keys that may stand beside the last one of ``place``."""
    form = FORMS.get(str(place[0]) if len(place) > 1 else "", MetadataForm)
    return list(form.model_fields)
