"""Attributes in braces: ``{#id role=technique}`` after a heading, ``{.decorative}`` after a picture."""

from __future__ import annotations

import re

from pipeline.frozen import dataclass

_ITEM = r"(?:[#.][^\s{}#.=\"']+|[A-Za-z][\w-]*=(?:\"[^\"{}\n]*\"|[^\s{}\"]+))"
_BRACES = re.compile(rf"\{{[ \t]*{_ITEM}(?:[ \t]+{_ITEM})*[ \t]*\}}")
_ITEMS = re.compile(r"#(?P<id>\S+)|\.(?P<name>\S+)|(?<![\w-])(?P<key>[\w-]++)=(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>\S+))")


@dataclass(frozen=True, slots=True)
class Attributes:
    """What stands between the braces."""

    id: str = ""
    classes: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()


def match_attributes(text: str, position: int) -> tuple[Attributes, int] | None:
    """The attributes that start at ``position`` and the offset after them; None when these braces hold none."""
    match = _BRACES.match(text, position)
    if match is None:
        return None
    found = list(_ITEMS.finditer(match.group()[1:-1]))
    attributes = Attributes(
        id=next((item["id"] for item in found if item["id"]), ""),
        classes=tuple(item["name"] for item in found if item["name"]),
        pairs=tuple((item["key"], item["quoted"] or item["bare"] or "") for item in found if item["key"]),
    )
    return attributes, match.end()


def split_attributes(text: str) -> tuple[str, Attributes | None]:
    """A heading's text without the attributes at its end, and those attributes; None when it has none."""
    start = text.rfind("{")
    if start < 0 or not text.endswith("}") or text[:start].endswith("\\"):
        return text, None
    found = match_attributes(text, start)
    if found is None or found[1] != len(text):
        return text, None
    return text[:start].rstrip(" \t"), found[0]
