"""Interface strings and dates in a publication's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType

from pipeline.locales import Locale, load_locale
from pipeline.model.layout import Line

LINE_LABELS: Mapping[Line, str] = MappingProxyType(
    {"name": "name", "date": "date", "coach": "coach", "sets": "sets_reps"}
)
"""Line to fill in on a handout -> its string in the locales."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What the interface says in one language."""

    locale: Locale

    def __call__(self, key: str, **values: object) -> str:
        """The string of ``key`` with its values filled in."""
        return self.locale.text(key, **values)

    def around(self, key: str, name: str) -> tuple[str, str]:
        """The string of ``key`` before and after its value ``name``, which may be more than text."""
        before, _, after = self.locale.text(key, **{name: "\0"}).partition("\0")
        return before, after

    def date(self, day: date) -> str:
        """The day in words, as ``2 March 2026``, in the language of the strings around it.

        A language that the CLDR does not know has it as ``2026-03-02`` (ISO 8601).
        """
        return _in_words(day, self.locale.tag)

    def moment(self, words: str) -> str:
        """A day, with a time behind it or not, as ``Saturday, 5 December 2026, 10:00``; other words as they are."""
        from babel.core import Locale as Calendar
        from babel.core import UnknownLocaleError
        from babel.dates import format_date, format_time

        try:
            moment = datetime.fromisoformat(words)
            calendar = Calendar.parse(self.locale.tag, sep="-")
        except (ValueError, UnknownLocaleError):
            return words
        day = format_date(moment, format="full", locale=calendar)
        return day if len(words) == len("2026-12-05") else f"{day}, {format_time(moment, 'short', locale=calendar)}"


@lru_cache(maxsize=1024)
def _in_words(day: date, tag: str) -> str:
    """As ``Labels.date``; articles of a tree share most of their days."""
    from babel.core import Locale as Calendar
    from babel.core import UnknownLocaleError
    from babel.dates import format_date

    try:
        return format_date(day, format="long", locale=Calendar.parse(tag, sep="-"))
    except UnknownLocaleError:
        return day.isoformat()


def load_labels(language: str) -> Labels:
    """The strings of a BCP 47 tag."""
    return Labels(load_locale(language))
