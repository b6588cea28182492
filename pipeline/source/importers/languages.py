"""The language of an article, from its small words."""

from __future__ import annotations

from collections import Counter

from pipeline.locales import languages, load_locale
from pipeline.profiles.headings import words
from pipeline.profiles.profile import base_language

_FEWEST = 0.15
"""Share of small words in a text of their language; both have about a third."""


def language_of(text: str, said: str, default: str) -> str:
    """The BCP 47 tag of a text: what the file says of itself, else ``default`` where its language fits, else the language found.

    A file that says another language than its words are in is not believed.
    """
    found = _found(text)
    for tag in (said, default):
        if tag and (not found or base_language(tag) == found or base_language(tag) not in languages()):
            return tag if len(tag) > 2 or base_language(default) != tag.lower() else default  # noqa: PLR2004 -- a region
    return found or default


def _found(text: str) -> str:
    counts = Counter(words(text)[:5000])
    whole = sum(counts.values())
    shares = {}
    for language in languages():
        small = {"".join(words(word)) for word in load_locale(language).phrases.get("opening.stop_words", ())}
        shares[language] = sum(counts[word] for word in small) / whole if whole else 0.0
    best = max(shares, key=lambda language: shares[language])
    return best if shares[best] >= _FEWEST else ""
