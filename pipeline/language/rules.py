"""What must be known of one language, as data: ``<language>.toml`` in this folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from pipeline.bundled import bundled_toml
from pipeline.frozen import dataclass
from pipeline.language.normal import fold
from pipeline.language.remembered import Remembered

DATA = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Rules:
    """One language's word lists; every word in normal form."""

    stemmer: str = ""
    """Name of a Snowball algorithm; empty where words are compared as they are."""
    abbreviations: frozenset[str] = frozenset()
    """Words whose full stop never ends a sentence."""
    final_abbreviations: frozenset[str] = frozenset()
    """Words whose full stop ends a sentence only before a capital."""
    before_numbers: frozenset[str] = frozenset()
    """Words whose full stop ends no sentence before a number: ``no. 5``."""
    lettered: frozenset[str] = frozenset()
    """Words after which one capital is a name, not an initial: ``vitamin C.``"""
    numbers: frozenset[str] = frozenset()
    """Numbers in words."""
    negators: tuple[tuple[str, ...], ...] = ()
    """What negates the rest of its clause, each as words."""
    negative_ending: str = ""
    """End of words that negate: ``n't``."""
    dismissals: tuple[str, ...] = ()
    """Patterns behind what is said not to be needed: *creatine is not needed*."""
    not_negators: tuple[tuple[str, ...], ...] = ()
    """What holds a negator and does not negate: ``not only``."""
    reversers: frozenset[str] = frozenset()
    """Stems that end a negation: who must never ignore a pain has one."""
    replacers: frozenset[str] = frozenset()
    """Stems of taking the place of: what is no substitute for a doctor's visit denies no visit."""
    clause_starts: frozenset[str] = frozenset()
    """Words that start a new clause, so that a negation ends before them."""
    comma_starts: frozenset[str] = frozenset()
    """Words that start a new clause after a comma only."""
    and_words: frozenset[str] = frozenset()
    """Words for *and*."""
    and_starts: frozenset[str] = frozenset()
    """Words that start a new clause after *and*: ``do not wait and call 999``."""
    carriers: frozenset[str] = frozenset()
    """Words that leave a clause unfinished before a colon, so that its negation goes on: ``never do this: …``"""
    myths: frozenset[str] = frozenset()
    """Words that, with a colon, negate the sentence they start."""
    myth_openers: frozenset[str] = frozenset()
    """Words that may come before those: ``a common myth:``"""


def _words(data: dict[str, object], key: str) -> frozenset[str]:
    value = data.get(key)
    return frozenset(map(str, value)) if isinstance(value, list) else frozenset()


def _phrases(data: dict[str, object], key: str) -> tuple[tuple[str, ...], ...]:
    return tuple(
        sorted((tuple(phrase.split()) for phrase in _words(data, key)), key=lambda words: (-len(words), words))
    )


@cache
def load_rules(language: str) -> Rules:
    """The rules of a BCP 47 language; those of an unknown one are empty."""
    path = DATA / f"{primary(language)}.toml"
    if not path.is_file():
        return Rules()
    data = bundled_toml(path)
    stemmer = str(data.get("stemmer", ""))
    return Rules(
        stemmer=stemmer,
        abbreviations=_words(data, "abbreviations"),
        final_abbreviations=_words(data, "final_abbreviations"),
        before_numbers=_words(data, "before_numbers"),
        lettered=_words(data, "lettered"),
        numbers=_words(data, "numbers"),
        negators=_phrases(data, "negators"),
        negative_ending=str(data.get("negative_ending", "")),
        dismissals=tuple(map(str, data.get("dismissals", ()))),
        not_negators=_phrases(data, "not_negators"),
        reversers=frozenset(_stems(stemmer)[word] for word in _words(data, "reversers")),
        replacers=frozenset(_stems(stemmer)[word] for word in _words(data, "replacers")),
        clause_starts=_words(data, "clause_starts"),
        comma_starts=_words(data, "comma_starts"),
        and_words=_words(data, "and_words"),
        and_starts=_words(data, "and_starts"),
        carriers=_words(data, "carriers"),
        myths=_words(data, "myths"),
        myth_openers=_words(data, "myth_openers"),
    )


def primary(language: str) -> str:
    """The primary subtag, in lower case: ``es-US`` -> ``es``; empty when it is no plain word."""
    subtag = language.replace("_", "-").partition("-")[0].lower()
    return subtag if subtag.isascii() and subtag.isalpha() else ""


@cache
def _stemmer(algorithm: str) -> Callable[[str], str]:
    import snowballstemmer

    stem_word: Callable[[str], str] = snowballstemmer.stemmer(algorithm).stemWord
    return stem_word


@cache
def _stems(algorithm: str) -> Remembered[str]:
    if not algorithm:
        return Remembered(fold)
    stem_word = _stemmer(algorithm)
    return Remembered(lambda word: fold(stem_word(word)))


def stems_of(language: str) -> Mapping[str, str]:
    """The stem of each word in normal form, without accents; the word itself where its language has no stemmer."""
    return _stems(load_rules(language).stemmer)


def stem(word: str, language: str) -> str:
    """The stem of one word, as ``stems_of`` has it."""
    return stems_of(language)[word]
