"""How hard a text is to read: syllables, Flesch-Kincaid grade, SMOG grade and the Spanish INFLESZ scale."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from math import sqrt
from pathlib import Path

from pipeline.bundled import bundled_toml
from pipeline.frozen import dataclass
from pipeline.language.remembered import Remembered
from pipeline.language.rules import primary

DATA = Path(__file__).parent / "syllables"
POLYSYLLABLE = 3
"""SMOG counts words of at least so many syllables (McLaughlin 1969)."""
SMOG_SENTENCES = 30
"""Fewest sentences for which the SMOG grade is valid."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What the formulas need to know of a text."""

    sentences: int = 0
    words: int = 0
    syllables: int = 0
    polysyllables: int = 0
    """Words of three syllables or more."""

    def __add__(self, other: Measure) -> Measure:
        """The measure of both texts, one after the other."""
        return Measure(
            self.sentences + other.sentences,
            self.words + other.words,
            self.syllables + other.syllables,
            self.polysyllables + other.polysyllables,
        )


@dataclass(frozen=True, slots=True)
class _Syllables:
    """One language's way to count syllables."""

    nucleus: re.Pattern[str]
    less: re.Pattern[str] | None
    more: re.Pattern[str] | None
    words: dict[str, int]


@cache
def _syllables(language: str) -> _Syllables | None:
    path = DATA / f"{primary(language)}.toml"
    if not path.is_file():
        return None
    data = bundled_toml(path)
    words = {word: int(count) for count, group in data.get("words", {}).items() for word in group.split()}
    return _Syllables(re.compile(data["nucleus"]), _any(data.get("less", [])), _any(data.get("more", [])), words)


def _any(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) if patterns else None


def syllables(word: str, language: str) -> int:
    """The syllables of one word, as ``syllables_of`` has it."""
    return syllables_of(language)[word]


@cache
def syllables_of(language: str) -> Mapping[str, int]:
    """The syllables of each word in lower case, at least 1; 0 where nothing is known of the language.

    A number counts as one, as it does for a reader who knows figures.
    """
    return Remembered(lambda word: _count(word, language))


def _count(word: str, language: str) -> int:
    rules = _syllables(language)
    if rules is None:
        return 0
    if word[:1].isdigit():
        return 1
    if word in rules.words:
        return rules.words[word]
    count = sum(1 for _ in rules.nucleus.finditer(word))
    if rules.less:
        count -= sum(1 for _ in rules.less.finditer(word))
    if rules.more:
        count += sum(1 for _ in rules.more.finditer(word))
    return max(count, 1)


def measure(words: list[str], sentences: int, language: str) -> Measure:
    """The measure of a text with these words, in lower case, in so many sentences."""
    counts = list(map(syllables_of(language).__getitem__, words))
    return Measure(sentences, len(words), sum(counts), len(counts) - sum(map(counts.count, range(POLYSYLLABLE))))


def flesch_kincaid(text: Measure) -> float:
    """Flesch-Kincaid grade, in US school years (Kincaid and others 1975); 0 for an empty text."""
    if not text.words or not text.sentences:
        return 0.0
    return 0.39 * text.words / text.sentences + 11.8 * text.syllables / text.words - 15.59


def smog(text: Measure) -> float | None:
    """SMOG grade, in US school years (McLaughlin 1969); None under 30 sentences, for which it is not valid."""
    if text.sentences < SMOG_SENTENCES:
        return None
    return 1.0430 * sqrt(text.polysyllables * 30 / text.sentences) + 3.1291


def szigriszt_pazos(text: Measure) -> float:
    """Szigriszt-Pazos perspicuity, from 0 (very hard) to 100 (very easy); 100 for an empty text.

    The INFLESZ scale reads it (Barrio-Cantalejo and others 2008): under 40 very hard, 40 to 55 somewhat hard.
    """
    if not text.words or not text.sentences:
        return 100.0
    return 206.835 - 62.3 * text.syllables / text.words - text.words / text.sentences
