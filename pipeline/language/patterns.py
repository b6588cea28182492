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

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from functools import lru_cache
from typing import Any

from pipeline.frozen import dataclass
from pipeline.language.machine import Machine, machine
from pipeline.language.ready import group_key, ready
from pipeline.language.rules import Rules, load_rules
from pipeline.language.scope import is_negator
from pipeline.language.syntax import Atom, PatternSyntaxError, Positions, leading, needed
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
    def machine(self) -> Machine:
        """Made when a text has a word that the pattern may start with, which most texts have not."""
        return machine(self.plain, self.language)

    @property
    def negates(self) -> bool:
        """Whether a negator is among its own words."""
        return _negates(self.plain, self.language)


_Start = tuple[int, frozenset[str] | None]
"""The position at which a pattern may start, and the stems and forms that may follow; None where any word may."""
_Opening = tuple[_Pattern, frozenset[str], dict[str, tuple[_Start, ...]]]
"""A pattern that may start with a word, what else a text must hold for it to match, and its starts by form once asked."""


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
    memory: dict[str, tuple[str, tuple[_Opening, ...]]] = field(default_factory=dict, compare=False, repr=False)
    """Form of a word -> its kind and the patterns that may start with it, once asked."""

    def kind(self, form: str) -> str:
        """The form itself, or one sign for all numbers that the patterns do not tell apart."""
        if self.numbers_alike and form[0].isdigit() and form not in self.by_form and form not in self.by_stem:
            return "#"
        return form

    def read(self) -> Patterns:
        """These patterns, every one read whole. Raises PatternSyntaxError, which names the first that is wrong."""
        for pattern in self.patterns:
            machine(pattern.plain, self.language)
        return self


_MEMORY = 20_000


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


def find(patterns: Patterns, text: Text) -> list[Match]:
    """Every match, in the order of the text; of one label, those that overlap an earlier, longer one are left out."""
    if not patterns.patterns:
        return []
    found: list[tuple[int, int, _Pattern]] = []
    forms, stems, words = text.forms, text.stems, text.words
    end = len(forms) - 1
    for form, places in text.places.items():
        kind, openings = patterns.memory.get(form) or _remembered(patterns, form, stems[places[0]])
        for pattern, needs, known in openings:
            # most patterns end here: they start with a common word, and the others are nowhere in the text
            if not needs <= words:
                continue
            starts = known.get(kind)
            if starts is None:
                starts = known[kind] = _starts(pattern, form, stems[places[0]])
            for position, gate in starts:
                for number in places:
                    # or here: another word follows
                    if gate is not None and (
                        number == end or (stems[number + 1] not in gate and forms[number + 1] not in gate)
                    ):
                        continue
                    last = pattern.machine.longest(position, text, number)
                    if last >= 0:
                        found.append((number, last, pattern))
    return _choose(found, text)


def _remembered(patterns: Patterns, form: str, stemmed: str) -> tuple[str, tuple[_Opening, ...]]:
    """Which patterns may start with a form, and the sign under which these are known."""
    kind = patterns.kind(form)
    found = patterns.memory.get(kind) or (kind, _openings(patterns, form, stemmed))
    if len(patterns.memory) < _MEMORY:
        patterns.memory[kind] = patterns.memory[form] = found
    return found


def _openings(patterns: Patterns, form: str, stemmed: str) -> tuple[_Opening, ...]:
    numbers = load_rules(patterns.language).numbers
    loose = (number for atom, number in patterns.others if atom.matches(form, stemmed, numbers))
    chosen = sorted({*patterns.by_stem.get(stemmed, ()), *patterns.by_form.get(form, ()), *loose})
    return tuple((patterns.patterns[number], patterns.needs[number], {}) for number in chosen)


def _starts(pattern: _Pattern, form: str, stemmed: str) -> tuple[_Start, ...]:
    numbers = load_rules(pattern.language).numbers
    positions = pattern.machine.positions
    return tuple(
        (position, _gate(positions, position))
        for position in positions.first
        if positions.atoms[position].matches(form, stemmed, numbers)
    )


def _gate(positions: Positions, position: int) -> frozenset[str] | None:
    """What may follow a position, where a word must follow and that can be told."""
    followers, _ = positions.follow[position]
    following = [atom for number, atom in enumerate(positions.atoms) if followers >> number & 1]
    if position in positions.final or any(atom.kind not in {"stem", "form"} for atom in following):
        return None
    return frozenset(atom.value for atom in following)


def _negated(pattern: _Pattern, text: Text, first: int, last: int, rules: Rules) -> bool:
    """Whether a negation that the pattern does not speak of governs the match; *not …, nor …* is no double negation."""
    if not pattern.negates:
        return any(text.negated[first : last + 1])
    if not text.negated[first] or not is_negator(text.forms[first], rules):
        return text.negated[first]
    opening = first
    while text.breaks[opening] < Break.SENTENCE and first - opening < _FAR:
        opening -= 1
    return text.negated[opening]  # only a myth negates the first word of its sentence


_FAR = 100
"""Words that the opening of a myth is looked for."""


def _choose(found: list[tuple[int, int, _Pattern]], text: Text) -> list[Match]:
    excepted: dict[str, set[int]] = {}
    for first, last, pattern in found:
        if pattern.exception:
            excepted.setdefault(pattern.label, set()).update(range(first, last + 1))
    taken: dict[str, int] = {}
    rules = load_rules(text.language)
    matches: list[Match] = []
    for first, last, pattern in sorted(found, key=lambda match: (match[0], -match[1])):
        if pattern.exception or first <= taken.get(pattern.label, -1):
            continue
        words = excepted.get(pattern.label)
        if words and not words.isdisjoint(range(first, last + 1)):
            continue
        taken[pattern.label] = last
        negated = _negated(pattern, text, first, last, rules)
        start, end = text.place(first, last)
        quoted = all(text.quoted[first : last + 1])
        matches.append(Match(start, end, first, last, negated, quoted, pattern.label, pattern.source))
    return matches
