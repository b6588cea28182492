"""What a kind of disclaimer is: its approved wording, what any wording must say, and what calls for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import TypeVar

from pipeline.frozen import dataclass
from pipeline.language import analyse
from pipeline.model.nodes import Block

DEFAULT_LANGUAGE = "en-GB"
ValueT = TypeVar("ValueT")


@dataclass(frozen=True, slots=True)
class Wording:
    """Approved words in one locale."""

    version: str
    title: str
    """Heading of the box."""
    text: str
    """The words in plain form: paragraphs between blank lines, list items after ``- ``."""
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class OlderWording:
    """Words that were approved once."""

    version: str
    languages: tuple[str, ...]
    text: str
    blocks: tuple[Block, ...]

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(analyse(self.text, self.languages[0]).forms)


@dataclass(frozen=True, slots=True)
class Trace:
    """What shows that a sentence of legal text was meant where it was altered."""

    at_least: int
    words: tuple[str, ...]
    """English words, of which ``at_least`` stand in the sentence in any form."""


@dataclass(frozen=True, slots=True)
class Element:
    """One thing that a kind's wording must say."""

    id: str
    says: Mapping[str, str]
    """In words, by language; completes *must say …*."""
    patterns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By language; any one of them says it."""
    parts: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """By language: patterns by part, of which ``at_least`` must be there."""
    at_least: int = 1
    languages: tuple[str, ...] = ()
    """The locales that ask for it; empty for all."""
    when: str = ""
    """The group of trigger words that calls for it; empty for always."""
    deniable: bool = False
    """Whether saying it only negated says the opposite."""
    weak: bool = False
    """Other kinds say it too, so that by itself it does not show that a section means this kind."""
    verbatim: tuple[str, ...] = ()
    """Legal text, one of which must stand word for word."""
    traces: tuple[Trace, ...] = ()
    """One for each sentence of the legal text."""

    def description(self, language: str) -> str:
        """What it must say, in ``language`` or else in English."""
        return by_language(self.says, language) or self.says.get("en", "") or self.id

    def wanted(self, language: str) -> bool:
        """Whether texts in ``language`` must say it and this kind knows how to tell."""
        if self.languages and language not in self.languages:
            return False
        return bool(self.verbatim or by_language(self.patterns, language) or by_language(self.parts, language))


@dataclass(frozen=True, slots=True)
class Triggers:
    """What calls for a kind."""

    always: bool = False
    profiles: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    """Roles of sections."""
    words: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """By language: patterns for the article's words, by group."""
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By language: patterns for ``topics``, beside those for words."""
    funding: bool = False
    """Whether ``funding`` in the metadata calls for it, unless it says that there is none."""
    languages: tuple[str, ...] = ()
    """The locales in which it can be called for; empty for all."""


@dataclass(frozen=True, slots=True)
class CallNumbers:
    """Numbers to call in an emergency."""

    fitting: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By locale; a locale that is not here is not judged."""
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other short numbers that may stand in safety text, by locale."""
    foreign: frozenset[str] = frozenset()
    """Emergency numbers of the world."""
    calls: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Patterns for what comes before such a number, by language."""
    elsewhere: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Patterns for other places, whose own numbers are no mistake, by language."""

    def fit(self, language: str) -> tuple[str, ...]:
        """The numbers that fit a locale; a language without a region takes those of its first locale; else empty."""
        if language in self.fitting:
            return self.fitting[language]
        near = (numbers for locale, numbers in self.fitting.items() if locale.partition("-")[0] == language)
        return next(near, ())


@dataclass(frozen=True, slots=True)
class DisclaimerKind:
    """A kind of disclaimer."""

    kind: str
    version: str
    date: date
    wordings: Mapping[str, Wording]
    """By locale."""
    older: tuple[OlderWording, ...] = ()
    elements: tuple[Element, ...] = ()
    contradictions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By language: patterns that say the opposite of what the kind must say."""
    denials: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By language: those that no other part of an article may say either."""
    hints: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By language: patterns that show what a block is about, although it says nothing of what it must."""
    triggers: Triggers = field(default_factory=Triggers)
    protects: bool = True
    """Whether it must stand before the first instruction."""
    numbers: CallNumbers = field(default_factory=CallNumbers)
    sources: tuple[str, ...] = ()
    path: str = ""
    """Of the house rules file that it comes from; empty for a built-in kind."""


def by_language(values: Mapping[str, ValueT], language: str) -> ValueT | None:
    """The value of a locale, else of its language, else None: ``es-US``, then ``es``."""
    return values.get(language, values.get(language.partition("-")[0]))


def wording_locale(kind: DisclaimerKind, language: str) -> str:
    """The locale whose approved words ``language`` takes.

    A locale without its own takes those of its language (``es-MX``: ``es``), else of the first locale of that language
    (``en``: ``en-GB``), else British English, else the first there is.
    """
    base = language.partition("-")[0]
    near = (locale for locale in kind.wordings if locale.partition("-")[0] == base)
    choices = (language, base, next(near, ""), DEFAULT_LANGUAGE)
    return next((locale for locale in choices if locale in kind.wordings), next(iter(kind.wordings)))


def wording(kind: DisclaimerKind, language: str) -> Wording:
    """The approved words for ``language``, or for the locale that is nearest to it."""
    return kind.wordings[wording_locale(kind, language)]
