"""Interface strings and dates in a publication's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

ENGLISH = MappingProxyType(
    {
        "all_articles": "All articles",
        "back_to_text": "Back to the text, note {number}",
        "by": "By {names}",
        "caution": "Caution",
        "contact": "Contact",
        "contents": "Contents",
        "done": "Done",
        "edition": "Edition {edition}",
        "funding": "Funding: {funding}",
        "important": "Important",
        "made_from": "Made from {sources}.",
        "next_review": "Next review {date}",
        "note": "Note",
        "note_number": "Note {number}",
        "notes": "Notes",
        "page_of": "Page {page} of {pages}",
        "published": "Published {date}",
        "published_by": "Published by",
        "related": "Related articles",
        "reviewed": "Reviewed {date}",
        "reviewed_by": "Reviewed by {name}",
        "set_in": "Set in {fonts}.",
        "skip_to_text": "Skip to the text",
        "table": "Table",
        "tip": "Tip",
        "to_do": "To do",
        "warning": "Warning",
    }
)


@dataclass(frozen=True, slots=True)
class Labels:
    """What the interface says in one language."""

    language: str
    strings: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The string of ``key`` with its values filled in."""
        return self.strings[key].format(**values)

    def date(self, day: date) -> str:
        """The day in words, as ``2 March 2026``."""
        from babel import Locale, UnknownLocaleError
        from babel.dates import format_date

        try:
            locale = Locale.parse(self.language, sep="-")
        except (UnknownLocaleError, ValueError):
            locale = Locale("en")
        return format_date(day, format="long", locale=locale)


def load_labels(language: str) -> Labels:
    """The strings of a language; those of a language it is written like where there are none."""
    return Labels(language, ENGLISH)
