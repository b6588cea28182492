"""What the metadata of an article may say: each key's type and form."""

from __future__ import annotations

from collections.abc import Collection
from typing import get_args

from pipeline.config.forms import Field, WrongError, group, mapped, several, value
from pipeline.model.article import Status
from pipeline.source import metadata_values as values

MAX_DESCRIPTION = 160
"""Characters that search engines and shelves show of a description."""
REQUIRED = ("title", "description", "profile", "authors", "published")


def _people(given: object) -> None:
    if not isinstance(given, list):
        raise WrongError("must be a list", "Write `- name: …` on the line below, indented.")
    if not given:
        raise WrongError("names nobody", "Write `- name: …` on the line below, indented.")


def _person(given: object) -> None:
    if not isinstance(given, dict):
        raise WrongError("must have keys of its own, such as `name`", "Write `name: …`, indented below.")


def _credentials(given: object) -> str:
    """A reviewer's credentials; without any they are as good as not given, which a check of their own says (M03)."""
    blank = given is None or (isinstance(given, str) and not given.strip())
    return "" if blank else values.text(given)


def _description(given: object) -> str:
    words = values.text(given)
    if len(words) > MAX_DESCRIPTION:
        raise WrongError(f"has {len(words)} characters, more than {MAX_DESCRIPTION}", "Shorten it.")
    return words


def metadata_form(profiles: Collection[str], kinds: Collection[str]) -> Field:
    """The form of an article's metadata, given the names of the article types and disclaimers that exist.

    No key is required here: what is missing is told at another place. That a reviewer has credentials is a check of its own
    (M03).
    """
    text, day, words = value(values.text), value(values.day), several(value(values.word), values.is_list)
    person = {"name": text, "credentials": text}
    author = group({**person, "url": value(values.address)}, _person, required=("name",))
    return group(
        {
            "title": text,
            "description": value(_description),
            "profile": value(values.among(profiles, "article type")),
            "authors": several(author, _people),
            "language": value(values.language),
            "subtitle": text,
            "reviewer": group({**person, "credentials": value(_credentials)}, _person, required=("name",)),
            "published": day,
            "reviewed": day,
            "next_review": day,
            "topics": words,
            "keywords": words,
            "related": words,
            "cover": text,
            "disclaimers": several(value(values.among(kinds, "disclaimer kind")), values.is_list),
            "allow": mapped(value(values.reason), values.are_reasons),
            "status": value(values.among(get_args(Status), "status")),
            "funding": text,
        },
        lambda _: None,
    )
