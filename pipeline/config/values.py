"""Checks of single values in what editors write, each with its mend."""

from __future__ import annotations

import re
from collections.abc import Collection

from pipeline.config.forms import WrongError
from pipeline.errors import did_you_mean, shorten

_LANGUAGE = re.compile(  # RFC 5646, section 2.1, without the irregular tags of old
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?|x(?:-[a-z0-9]{1,8})+)",
    re.IGNORECASE,
)


def one_line(given: object) -> str:
    """A text on one line, its blanks run together; never empty. Raises WrongError."""
    if not isinstance(given, str):
        raise WrongError(f"must be text, but is {_name(given)}", "Put it between quotation marks.")
    words = re.sub(r"[ \t\r\n]+", " ", given).strip()
    if not words:
        raise WrongError("is empty", "Write it, or delete the key.")
    return words


def unbroken(given: object) -> object:
    """What was given, unless a line ends within it: words of a message's header end with their line. Raises WrongError."""
    if isinstance(given, str) and re.search(r"[\r\n\x85\u2028\u2029]", given.strip()):
        raise WrongError("holds a line break", "Write it on one line.")
    return given


def _name(given: object) -> str:
    names = {bool: "yes or no", int: "a number", float: "a number", list: "a list", dict: "a group of keys"}
    return names.get(type(given), "a date or time" if given is not None else "nothing")


def language_tag(given: object) -> str:
    """A well-formed language tag (BCP 47). Raises WrongError."""
    tag = one_line(given)
    if not _LANGUAGE.fullmatch(tag):
        guess = shorten(tag).replace("_", "-")
        mend = f"Did you mean `{guess}`?" if _LANGUAGE.fullmatch(guess) else "Write it as `en-GB` or `es`."
        raise WrongError(f"`{shorten(tag)}` is no language tag (BCP 47)", mend)
    return tag


def one_of(given: object, known: Collection[str], what: str) -> str:
    """One of the known words. Raises WrongError, which names the nearest."""
    word = one_line(given)
    if word not in known:
        mend = did_you_mean(word, known) or f"Write one of: {', '.join(sorted(known))}."
        raise WrongError(f"no {what} is called `{shorten(word)}`", mend)
    return word
