"""Interface strings and dates in a publication's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.locales import Locale, load_locale


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
        from babel.core import Locale as Calendar
        from babel.core import UnknownLocaleError
        from babel.dates import format_date

        try:
            return format_date(day, format="long", locale=Calendar.parse(self.locale.tag, sep="-"))
        except UnknownLocaleError:
            return day.isoformat()


def load_labels(language: str) -> Labels:
    """The strings of a BCP 47 tag."""
    return Labels(load_locale(language))
