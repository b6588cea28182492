"""Days as people write them, in English and Spanish."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from pipeline.locales import languages
from pipeline.profiles.headings import words

_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d\d)(?!\d)")
_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_FILLERS = frozenset({"de", "del", "of", "the", "el", "on"})


@cache
def _months() -> dict[str, int]:
    """The number of each month, by its name or short name in any of the languages, folded."""
    from babel.dates import get_month_names

    found: dict[str, int] = {"sept": 9}
    for language in languages():
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=language).items():
                found.setdefault("".join(words(name)), number)
    return found


def find_date(text: str) -> tuple[date | None, bool]:
    """The first day that a text names, and whether it names one at all: 03/04/2024 is a day, but who knows which."""
    if match := _ISO.search(text):
        return _day(int(match[1]), int(match[2]), int(match[3])), True
    if match := _NUMBERS.search(text):
        first, second, year = (int(part) for part in match.groups())
        if first > 12 or first == second:  # noqa: PLR2004 -- months
            return _day(year, second, first), True
        return (_day(year, first, second) if second > 12 else None), True  # noqa: PLR2004
    found = [word for word in words(text) if word not in _FILLERS]
    months = _months()
    for number, word in enumerate(found):
        if word not in months:
            continue
        for day, year in ((number - 1, number + 1), (number + 1, number + 2)):
            if (
                day >= 0
                and year < len(found)
                and (given := _DAY.fullmatch(found[day]))
                and _YEAR.fullmatch(found[year])
            ):
                return _day(int(found[year]), months[word], int(given[1])), True
    return None, False


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
