"""Merge fields: ``{{name}}`` or ``{{name|member}}`` in a newsletter, which sending replaces by what it knows of a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

NAMES = ("name",)
"""The fields that an editor may write."""
ADDRESS = "{{email}}"
"""Stands for the reader's address in the publisher's unsubscribe link."""

_BRACES = re.compile(r"\{\{([^{}\n]*)\}\}|\{\{|\}\}")
_FIELD = re.compile(r"[ \t]*([A-Za-z_]+)[ \t]*(?:\|([^|]*))?")
_FALLBACK = re.compile(r"[\w .,'’-]+")


@dataclass(frozen=True, slots=True)
class Mistake:
    """Braces that are no merge field."""

    start: int
    """Offset of the first character in the text."""
    end: int
    message: str
    help: str


def mistakes(text: str) -> Iterator[Mistake]:
    """What of a text looks like a merge field and is none."""
    known = " or ".join(f"`{{{{{name}}}}}`" for name in NAMES)
    for found in _BRACES.finditer(text):
        inside = _FIELD.fullmatch(found[1] or "")
        shown = found.group()
        if found[1] is None:
            yield Mistake(*found.span(), f"`{shown}` opens or closes no merge field", f"Write {known}, on one line.")
        elif inside is None or inside[1] not in NAMES:
            yield Mistake(*found.span(), f"there is no merge field `{shown}`", f"Write {known}.")
        elif inside[2] is not None and not _FALLBACK.fullmatch(inside[2].strip()):
            message = f"what `{shown}` falls back to is no plain words"
            yield Mistake(*found.span(), message, "Use letters, digits and spaces: `{{name|member}}`.")


def normal(text: str, fallback: str) -> str:
    """The text with every merge field as ``{{name|member}}``; one without words of its own falls back to ``fallback``."""

    def one(found: re.Match[str]) -> str:
        inside = _FIELD.fullmatch(found[1] or "")
        if inside is None or inside[1] not in NAMES:
            return found.group()
        return f"{{{{{inside[1]}|{(inside[2] or '').strip() or fallback}}}}}"

    return _BRACES.sub(one, text)


def filled(text: str) -> str:
    """The text as it reads for somebody of whom nothing is known: each normal merge field by what it falls back to."""
    return _BRACES.sub(lambda found: (found[1] or "").partition("|")[2] or found.group(), text)


def without_address(address: str) -> str:
    """An address without the part that stands for the reader's: its query's field, else the token alone."""
    bare = re.sub(rf"(?<=[?&])[^?&=#]*={re.escape(ADDRESS)}&?", "", address).replace(ADDRESS, "")
    return re.sub(r"[?&](?=#|$)", "", bare)
