"""A small pattern language for data files, matched word by word.

A pattern is a line of words. It matches running words of a text, and because the matcher walks on from each word over
no more words than the pattern has, its time is linear in the text whatever the pattern; nothing can backtrack.

==================  ===========================================================================================
``chest pain``      these words in any form (*chest pains*): words are compared by stem, without accents
``=stop``           exactly this form, accents and all
``cardio*``         any word that starts so
``#``               a number, in digits or in words
``doctor?``         the word may be missing
``(a|b c|=d)``      one of these, each of one or more words; may be followed by ``?``
``...``             up to three words of any kind may stand between; ``...6`` up to six (at most 20)
``!come back``      in a list of patterns: an exception. A match that shares a word with one does not count
==================  ===========================================================================================

Neighbouring words must be neighbours in the text: only spaces, line ends, hyphens, slashes, quotation marks and markup may
stand between them. A gap ``...`` also steps over commas, dashes, brackets and from a lead to its list items, never over
the end of a sentence.

A pattern that has a negator of its language among its words (``not ... medical advice``) says itself what is negated;
for any other, a negation inside the match or before it makes ``Match.negated`` true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import lru_cache
from itertools import compress, count
from typing import Any, cast

from pipeline.frozen import dataclass
from pipeline.language.machine import Machine, machine
from pipeline.language.opening import NUMBER, Opening
from pipeline.language.ready import group_key, ready
from pipeline.language.remembered import Remembered
from pipeline.language.rules import load_rules, stem
from pipeline.language.scope import is_negator
from pipeline.language.syntax import Atom, PatternSyntaxError, leading, needed
from pipeline.language.text import Break, Text

__all__ = ["Match", "PatternSyntaxError", "Patterns", "compile_patterns", "find"]


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern matched: start and end in the source, first and last word (included)."""

    start: int
    end: int
    first: int
    last: int
    negated: bool
    quoted: bool
    """Whether the whole match stands in a quotation."""
    label: str
    """The key under which the pattern was given."""
    pattern: str
    """As written."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    source: str
    label: str
    exception: bool
    language: str

    @property
    def plain(self) -> str:
        """The pattern without the mark of an exception."""
        return self.source.removeprefix("!")

    @property
    def negates(self) -> bool:
        """Whether a negator is among its own words."""
        return _negates(self.plain, self.language)


@dataclass(frozen=True, slots=True)
class Patterns:
    """Compiled patterns of one language; made by ``compile_patterns``."""

    language: str
    patterns: tuple[_Pattern, ...]
    by_stem: Mapping[str, Sequence[int]]
    """Stem -> numbers of the patterns that may start with it."""
    by_form: Mapping[str, Sequence[int]]
    others: tuple[tuple[Atom, int], ...]
    """Prefixes and numbers, and the number of the pattern that may start with them."""
    needs: tuple[frozenset[str], ...]
    """Of each pattern, stems and forms without which a text cannot match; what may be missing is not among them."""
    numbers_alike: bool
    """Whether no pattern starts with the beginning of a number, so that all that none starts with are as one."""
    openings: list[Remembered[Opening | None]] = field(default_factory=list, compare=False, repr=False)
    """The only one says of each form what may start with it, once made."""
    waiting: dict[str, set[Opening]] = field(default_factory=dict, compare=False, repr=False)
    """By word, what holds patterns that are not read before a text has the word."""

    @property
    def opening(self) -> Remembered[Opening | None]:
        """By form, what may start with a word; None for nothing."""
        if not self.openings:
            self.openings.append(Remembered(self._opening))
        return self.openings[0]

    def _opening(self, form: str) -> Opening | None:
        if self.numbers_alike and form[0].isdigit() and form not in self.by_form and form not in self.by_stem:
            if NUMBER not in self.openings[0]:  # which stands for all numbers that the patterns do not tell apart
                self.openings[0][NUMBER] = self._made(form)
            return self.openings[0][NUMBER]
        return self._made(form)

    def _made(self, form: str) -> Opening | None:
        numbers, stemmed = load_rules(self.language).numbers, stem(form, self.language)
        loose = (number for atom, number in self.others if atom.matches(form, stemmed, numbers))
        chosen = sorted({*self.by_stem.get(stemmed, ()), *self.by_form.get(form, ()), *loose})
        return (
            Opening(form, stemmed, {number: self.needs[number] for number in chosen}, self._machine, self.waiting)
            if chosen
            else None
        )

    def _machine(self, number: int) -> Machine:
        return machine(self.patterns[number].plain, self.language)

    def read(self) -> Patterns:
        """These patterns, every one read whole. Raises PatternSyntaxError, which names the first that is wrong."""
        for pattern in self.patterns:
            machine(pattern.plain, self.language)
        return self


def compile_patterns(patterns: Mapping[str, Iterable[str]] | Iterable[str], language: str) -> Patterns:
    """Compile patterns, by label or without labels. ``Patterns.read`` says what is wrong with them.

    An exception (``!…``) holds for the patterns of its own label.
    """
    groups = patterns.items() if isinstance(patterns, Mapping) else (("", patterns),)
    return _compile(tuple((label, tuple(sources)) for label, sources in groups), language)


@lru_cache(maxsize=1024)
def _compile(groups: tuple[tuple[str, tuple[str, ...]], ...], language: str) -> Patterns:
    patterns = tuple(
        _Pattern(source, label, source.startswith("!"), language) for label, sources in groups for source in sources
    )
    kept, key = ready(language), group_key(groups)
    index = kept.get(key)
    if index is None:
        index = _index(patterns)
        kept.put(key, index)
    others = tuple((Atom(*atom), number) for atom, number in index["others"])
    return Patterns(
        language,
        patterns,
        index["stems"],
        index["forms"],
        others,
        tuple(map(frozenset, index["needs"])),
        not any(atom.value[:1].isdigit() for atom, _ in others),
    )


def _index(patterns: tuple[_Pattern, ...]) -> dict[str, Any]:
    """What opens which pattern, by number, and what each one needs; as JSON can say it."""
    stems: dict[str, list[int]] = {}
    forms: dict[str, list[int]] = {}
    others: list[tuple[tuple[str, str, str], int]] = []
    for number, pattern in enumerate(patterns):
        for atom in dict.fromkeys(leading(pattern.plain, pattern.language)):
            match atom.kind:
                case "stem":
                    stems.setdefault(atom.value, []).append(number)
                case "form":
                    forms.setdefault(atom.value, []).append(number)
                case _:
                    others.append(((atom.kind, atom.value, atom.word), number))
    needs = [sorted(needed(pattern.plain, pattern.language)) for pattern in patterns]
    return {"stems": stems, "forms": forms, "others": others, "needs": needs}


@lru_cache(maxsize=8192)
def _negates(source: str, language: str) -> bool:
    rules = load_rules(language)
    words = {atom.word for atom in machine(source, language).positions.atoms}
    endings = bool(rules.negative_ending) and any(word.endswith(rules.negative_ending) for word in words)
    return endings or any(words.issuperset(phrase) for phrase in rules.negators)


_Raw = tuple[int, int, int]
"""Where a pattern matches: its first word, minus its last, and the pattern's number: the longer match of the same start is less."""


def find(patterns: Patterns, text: Text) -> list[Match]:
    """Every match, in the order of the text; of one label, those that overlap an earlier, longer one are left out."""
    return _choose(patterns, _scan(patterns, text), text)


class Found:
    """The matches of patterns in a text by label; only those of labels that somebody asks for are worked out."""

    __slots__ = ("_chosen", "_patterns", "_raw", "_text")

    def __init__(self, patterns: Patterns, text: Text) -> None:
        self._patterns, self._text = patterns, text
        self._raw: dict[str, list[_Raw]] = {}
        self._chosen: dict[str, list[Match]] = {}
        for raw in _scan(patterns, text):
            self._raw.setdefault(patterns.patterns[raw[2]].label, []).append(raw)

    def __iter__(self) -> Iterator[str]:
        """The labels that have been met, some perhaps without a match that counts."""
        return iter(self._raw)

    def of(self, label: str) -> Sequence[Match]:
        """The matches of one label, in the order of the text."""
        if label not in self._raw:
            return ()
        if label not in self._chosen:
            self._chosen[label] = _choose(self._patterns, self._raw[label], self._text)
        return self._chosen[label]


def _scan(patterns: Patterns, text: Text) -> list[_Raw]:
    """Wherever a pattern matches, exceptions too."""
    forms, stems, words = text.forms, text.stems, text.words
    openings = list(map(patterns.opening.__getitem__, forms))
    present = set(openings)
    for word in patterns.waiting.keys() & words:
        for late in patterns.waiting[word].intersection(present):
            late.read(word, words)
    found: list[_Raw] = []
    numbers = load_rules(patterns.language).numbers
    last = len(forms) - 1
    for number in compress(count(), openings):
        opening = cast("Opening", openings[number])
        for pattern in opening.alone:
            found.append((number, -number, pattern))  # noqa: PERF401 -- mostly one or none
        starts = opening.loose
        followed = opening.followed
        if followed and number < last:
            form, stemmed = forms[number + 1], stems[number + 1]
            if stemmed in followed:
                starts = [*starts, *followed[stemmed]]
            if form != stemmed and form in followed:
                starts = [*starts, *followed[form]]
            if NUMBER in followed and (form[0].isdigit() or form in numbers):
                starts = [*starts, *followed[NUMBER]]
        for pattern, position, longest, needs in starts:
            if needs <= words and (end := longest(position, text, number)) >= 0:
                found.append((number, -end, pattern))
    return found


def _negated(pattern: _Pattern, text: Text, first: int, last: int) -> bool:
    """Whether a negation that the pattern does not speak of governs the match; *not …, nor …* is no double negation."""
    if True not in text.negated[first : last + 1]:
        return False
    if not pattern.negates:
        return True
    if not text.negated[first] or not is_negator(text.forms[first], load_rules(text.language)):
        return text.negated[first]
    opening = first
    while text.breaks[opening] < Break.SENTENCE and first - opening < _FAR:
        opening -= 1
    return text.negated[opening]  # only a myth negates the first word of its sentence


_FAR = 100
"""Words that the opening of a myth is looked for."""


def _choose(patterns: Patterns, found: list[_Raw], text: Text) -> list[Match]:
    excepted: dict[str, set[int]] = {}
    for first, last, number in found:
        pattern = patterns.patterns[number]
        if pattern.exception:
            excepted.setdefault(pattern.label, set()).update(range(first, 1 - last))
    taken: dict[str, int] = {}
    matches: list[Match] = []
    for first, minus_last, number in sorted(found):
        pattern, last = patterns.patterns[number], -minus_last
        if pattern.exception or first <= taken.get(pattern.label, -1):
            continue
        words = excepted.get(pattern.label)
        if words and not words.isdisjoint(range(first, last + 1)):
            continue
        taken[pattern.label] = last
        negated = _negated(pattern, text, first, last)
        start, end = text.place(first, last)
        quoted = False not in text.quoted[first : last + 1]
        matches.append(Match(start, end, first, last, negated, quoted, pattern.label, pattern.source))
    return matches
