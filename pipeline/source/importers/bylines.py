"""The lines around a title that say who wrote an article, when, and who checked it."""

from __future__ import annotations

import re

from pipeline.frozen import dataclass
from pipeline.source.importers.dates import find_date
from pipeline.source.importers.draft import Draft
from pipeline.source.importers.furniture import NAMES, line_kind

_PARTS = re.compile(r"\s[|•·–—/]\s|\s[|•·]|[|•·]\s")
_BY = re.compile(
    r"(?i)(?:(?:article|words|written|posted|text|story|published|created|submitted)\s+)?by:?\s+(\S.*)$|(?:escrito\s+|publicado\s+|texto\s+)?por:?\s+(\S.*)$|(?:authors?|writers?|autora?s?):\s*(\S.*)$"
)
_REVIEW = re.compile(
    r"(?i)(?:(?:medically|clinically|professionally|expert)\s+)?(?:fact[- ]?)?(?:reviewed|checked|verified|approved)\s+by:?\s+(\S.*)$"
    r"|reviewer:\s*(\S.*)$|(?:revisado|verificado)(?:\s+m[eé]dicamente)?\s+por:?\s+(\S.*)$"
)
_DATED = re.compile(
    r"(?i)(?:(?:first\s+|originally\s+)?(?:published|posted|created)|(?:last\s+)?(?:updated|modified|reviewed|edited)|date|"
    r"publicado|actualizado|(?:última\s+)?actualización|fecha(?:\s+de\s+publicación)?)\b"
)
_BY_INSIDE = re.compile(r"(?i)\b(?:by|por)\s+(\S.*)$")
_CHANGED = re.compile(r"(?i)(?:last\s+)?(?:updated|modified|edited|reviewed)|actualiza|última")
_ENDS_NAME = re.compile(r"(?i) (?:on|el|updated|published|posted|last) (?=\S)| [-–—] | ?[(\[]")
_MOST_WORDS = 14
_NAME_WORDS = 6


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody, and what makes them fit to say so."""

    name: str
    credentials: str = ""


def take_line(text: str, draft: Draft, line: int = 0) -> bool:
    """Whether a line near the title is all about who and when; what it says goes to the draft."""
    if len(text.split()) > _MOST_WORDS:
        return False
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    taken = [_take(part, draft, line, alone=len(parts) == 1) for part in parts]
    known = [part for part, one in zip(parts, taken, strict=True) if one]
    rest = [part for part, one in zip(parts, taken, strict=True) if not one]
    if not known or any(len(part.split()) > 3 for part in rest):  # noqa: PLR2004 -- the name of a column
        return False
    if rest or any(not line_kind(part) for part in known):
        draft.changed.append(f"“{text}” became metadata")
    for part in rest:
        draft.drop("a label beside the author or date", part, line)
    return True


def _take(part: str, draft: Draft, line: int, *, alone: bool) -> bool:
    if match := _REVIEW.match(part):
        named = _named(next(group for group in match.groups() if group))
        if not named:
            return False
        draft.reviewer = draft.reviewer or named[0].name
        draft.reviewer_credentials = draft.reviewer_credentials or named[0].credentials
        return True
    if match := _BY.match(part):
        given = next(group for group in match.groups() if group)
        named = _named(given)
        if not named or (alone and part.endswith((".", "!", "?"))):
            return False
        draft.add_authors((each.name, each.credentials) for each in named)
        day, _ = find_date(given)
        draft.published = draft.published or day
        return True
    if _is_dated(part):
        if (by := _BY_INSIDE.search(part)) and (named := _named(by[1])):
            draft.add_authors((each.name, each.credentials) for each in named)
        day, _ = find_date(part)
        if day is None or (_CHANGED.match(part) and draft.published):
            draft.drop("a date", part, line)
        else:
            draft.published = day
        return True
    if kind := line_kind(part):
        draft.drop(NAMES[kind], part, line)
        return True
    return False


def _is_dated(part: str) -> bool:
    """Whether a part is a date and hardly anything else."""
    _, named = find_date(part)
    return named and (len(part.split()) <= 5 or _DATED.match(part) is not None)  # noqa: PLR2004 -- Tuesday, 3rd of March 2024


def _named(given: str) -> list[Named]:
    """The people of a byline, such as ``Jane Doe, CSCS and John Roe on May 3, 2024``; empty when it names nobody."""
    given = _ENDS_NAME.split(given.strip(), maxsplit=1)[0]
    people = []
    for person in re.split(r" (?:and|&|y|e) |;", given):
        name, _, credentials = (part.strip(" .,:") for part in person.partition(","))
        if not name or len(name.split()) > _NAME_WORDS or not any(char.isalpha() for char in name):
            return []
        if find_date(credentials)[1]:
            credentials = ""
        people.append(Named(name, credentials))
    return people
