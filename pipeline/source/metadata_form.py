"""What the metadata of an article may say: each key's type and form."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import get_args

from pipeline.config.forms import Field, WrongError, group, mapped, several, value
from pipeline.model.article import Status
from pipeline.source import metadata_values as values

MAX_DESCRIPTION = 160
"""Characters that search engines and shelves show of a description."""
REQUIRED = ("title", "description", "profile", "authors", "published")
ABOUT: Mapping[str, str] = MappingProxyType(
    {
        "title": "What the article is called; it is the only heading of level 1.",
        "description": "What it says, in at most 160 characters: search engines and shelves show that.",
        "profile": "The article type, which says what sections it needs; `pipeline profiles` lists them.",
        "authors": "Who wrote it: a list of `name`, `credentials` and `url`.",
        "language": "Its language as `en-GB`; the publisher's where it names none.",
        "subtitle": "A line below the title.",
        "reviewer": "Who checked it: `name` and `credentials`.",
        "published": "The day on which it was published, as `2026-06-01`.",
        "reviewed": "The day of its last review.",
        "next_review": "The last day on which that review holds.",
        "topics": "What it is about: a list of words that call for disclaimers, and group the report.",
        "keywords": "Words for search engines: a list.",
        "related": "Other articles to read: a list of their file names, without `.md`.",
        "cover": "The picture on its cover, as a path below `content/`.",
        "disclaimers": "Kinds of disclaimer that it shall have beyond those that its text calls for: a list.",
        "allow": "Findings that are right here: codes, each with the reason.",
        "status": "`ready`, or `draft` or `withdrawn`, which are not published.",
        "funding": "Who paid for it, if anybody did; `none` says that nobody has.",
    }
)
"""What each key is for, in a sentence with Markdown."""


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


_last: list[tuple[Collection[str], Collection[str], Field]] = []
"""The form that was made last: all articles of a tree have the same."""


def metadata_form(profiles: Collection[str], kinds: Collection[str]) -> Field:
    """The form of an article's metadata, given the names of the article types and disclaimers that exist.

    No key is required here: what is missing is told at another place. That a reviewer has credentials is a check of its own
    (M03).
    """
    if not _last or _last[0][0] is not profiles or _last[0][1] is not kinds:
        _last[:] = [(profiles, kinds, _metadata_form(profiles, kinds))]
    return _last[0][2]


def _metadata_form(profiles: Collection[str], kinds: Collection[str]) -> Field:
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
