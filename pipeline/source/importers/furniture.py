"""What sites put around an article: told by its words, and in pages by the names of its parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from pipeline.bundled import bundled_toml
from pipeline.frozen import dataclass
from pipeline.profiles.headings import words

DATA = Path(__file__).with_name("furniture.toml")
NAMES = {
    "advert": "an advertisement",
    "author": "a box about the author",
    "comments": "comments",
    "contents": "a table of contents",
    "cookies": "a cookie notice",
    "hidden": "hidden text",
    "legal": "a legal line of the site",
    "navigation": "navigation",
    "newsletter": "a newsletter prompt",
    "popup": "a pop-up",
    "print": "tags, ratings or print links",
    "reading-time": "the reading time",
    "related": "links to other articles",
    "share": "share buttons",
    "sidebar": "a sidebar",
    "tags": "tags",
}
"""What each sort is called in the list of what was dropped."""
_LONGEST_LINE = 30
"""Words of a line that can be furniture by how it starts."""
_LONGEST_TAIL = 12
"""Words of a heading of what is put behind an article."""
_CLASS_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+")
_MINUTES = re.compile(
    r"[0-9]{1,3}(?:\s?[-–]\s?[0-9]{1,3})?\s?(?:min|mins|minute|minutes|minutos)\.?(?: (?:read|de lectura|reading time|lectura))?"
)
_PAGE = re.compile(r"(?:page|página) [0-9]{1,4} (?:of|de) [0-9]{1,4}")
_COUNT = re.compile(
    r"(?:[0-9.,]{1,9}[km]?|no|sin|leave a|add a) (?:shares?|comments?|likes?|views?|responses?|replies|votes?|comentarios?|visitas|me gusta)"
)

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Furniture:
    """The phrases and names by which furniture is known, ready to be looked up."""

    lines: Mapping[Phrase, str]
    starts: Mapping[Phrase, str]
    tails: Mapping[Phrase, str]
    tail_starts: Mapping[Phrase, str]
    classes: Mapping[Phrase, str]
    asking: tuple[tuple[Phrase, ...], tuple[Phrase, ...]]
    """How a line asks for an address, and what for: one of each makes it a newsletter prompt."""
    longest: int
    """Words of the longest phrase that a line starts with."""


@cache
def furniture() -> Furniture:
    """What ``furniture.toml`` says."""
    data = bundled_toml(DATA)
    kinds = {name: table for name, table in data.items() if name not in {"tails", "tail-starts", "classes", "asking"}}
    lines = _phrases((name, table.get("lines", ())) for name, table in kinds.items())
    starts = _phrases((name, table.get("starts", ())) for name, table in kinds.items())
    tail_starts = _phrases(data["tail-starts"].items())
    longest = max(map(len, (*starts, *tail_starts)))
    return Furniture(
        lines=lines,
        starts=starts,
        tails=_phrases(data["tails"].items()),
        tail_starts=tail_starts,
        classes=_phrases(data["classes"].items()),
        asking=(tuple(_phrases([("", data["asking"]["for"])])), tuple(_phrases([("", data["asking"]["in"])]))),
        longest=longest,
    )


def _phrases(rows: Iterable[tuple[str, Iterable[str]]]) -> dict[Phrase, str]:
    return {tuple(words(phrase)): kind for kind, phrases in rows for phrase in phrases}


def line_kind(text: str) -> str:
    """The sort of furniture that a line is; empty for one that is an article's own."""
    found = tuple(words(text))
    if not found or len(found) > _LONGEST_LINE:
        return ""
    known = furniture()
    if kind := known.lines.get(found):
        return kind
    plain = " ".join(text.casefold().split())
    if _MINUTES.fullmatch(plain):
        return "reading-time"
    if _COUNT.fullmatch(plain):
        return "share"
    if plain.startswith("©") or _PAGE.fullmatch(plain):
        return "legal"
    if len(found) > 1 and all((word,) in known.lines for word in found):
        return known.lines[(found[0],)]  # Facebook Twitter Pinterest
    if all(any(_holds(found, phrase) for phrase in phrases) for phrases in known.asking):
        return "newsletter"
    return _starting(found, known.starts, known.longest)


def _holds(found: Phrase, phrase: Phrase) -> bool:
    return any(found[start : start + len(phrase)] == phrase for start in range(len(found) - len(phrase) + 1))


def tail_kind(text: str) -> str:
    """The sort of what follows a heading that is put behind articles; empty for an article's own heading."""
    found = tuple(words(text))
    first = next((number for number, word in enumerate(found) if not word.isdecimal()), 0)
    found = found[first:]  # "3 thoughts on …"
    known = furniture()
    return known.tails.get(found, "") or (
        _starting(found, known.tail_starts, known.longest) if len(found) <= _LONGEST_TAIL else ""
    )


def _starting(found: Sequence[str], starts: Mapping[Phrase, str], longest: int) -> str:
    return next(
        (starts[part] for end in range(min(longest, len(found)), 0, -1) if (part := tuple(found[:end])) in starts), ""
    )


def class_kind(names: str) -> str:
    """The sort of furniture that the classes and ids of a page's element name; empty when they name none."""
    known = furniture().classes
    for name in names.split():
        parts = [part.lower() for part in _CLASS_WORD.findall(name)]
        for start in range(len(parts)):
            for end in range(start + 1, min(len(parts), start + 3) + 1):
                if kind := known.get(tuple(parts[start:end])):
                    return kind
    return ""
