"""Texts gone through for all patterns at once.

Nearly all texts lack words that a pattern needs, so patterns are found by a word that is rare: of those that remain, few are
walked, and only from the words that they start with.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import compress, count

from pipeline.language.machine import Machine
from pipeline.language.remembered import Remembered
from pipeline.language.rules import load_rules
from pipeline.language.syntax import Atom, Positions, rarest
from pipeline.language.text import Text

Raw = tuple[int, int, int]
"""Where a pattern matches: its first word, minus its last, and the pattern's number: the longer match of the same start is less."""
Start = tuple[int, int, Callable[[int, Text, int], int], AbstractSet[str], int]
"""A pattern's number, the position that it starts with, how to walk on from there, and what must follow for that: one of some
stems and forms among so many words; none where they tell nothing.
"""
_NONE: frozenset[str] = frozenset()
_LAST = chr(sys.maxunicode)
"""Stands behind all words."""


class Index:
    """Patterns by number; each is read once a text has the words that it needs."""

    def __init__(
        self,
        groups: Sequence[Sequence[Collection[str]]],
        single: Sequence[Sequence[tuple[str, str]]],
        exceptions: Mapping[str, Sequence[int]],
        machine_of: Callable[[int], Machine],
    ) -> None:
        """Of each pattern what ``syntax.groups`` says, and ``syntax.single`` (kind and value); exceptions by label."""
        self.exceptions = exceptions
        self._machine_of = machine_of
        self._groups = groups
        self._needs: dict[int, tuple[AbstractSet[str], ...]] = {}
        self._ways: dict[int, Ways] = {}
        self.forms: dict[str, list[Start]] = {}
        """The patterns that are one word and nothing else, by its form."""
        self.stems: dict[str, list[Start]] = {}
        """The same, by its stem."""
        self.always: list[int] = []
        """The patterns that any text may match."""
        self.by_word: dict[str, list[int]] = {}
        """By stem or form, the patterns that only texts with one of some such words may match."""
        apart = {number for some in exceptions.values() for number in some}
        for number, (some, words) in enumerate(zip(groups, single, strict=True)):
            if number in apart:
                continue
            for kind, word in words:
                known = self.forms if kind == "form" else self.stems
                known.setdefault(word, []).append((number, 0, _itself, _NONE, 0))
            if words:
                continue
            if not some:
                self.always.append(number)
            for word in rarest(some) if some else ():
                self.by_word.setdefault(word, []).append(number)

    def exceptions_of(self, labels: Iterable[str]) -> set[int]:
        """The exceptions of some labels."""
        return {number for label in labels for number in self.exceptions.get(label, ())}

    def may_match(self, number: int, words: AbstractSet[str]) -> bool:
        """Whether a text with these stems and forms has what a pattern needs."""
        needs = self._needs.get(number)
        if needs is None:
            needs = self._needs[number] = tuple(map(frozenset, self._groups[number]))
        return not any(map(words.isdisjoint, needs))

    def ways(self, number: int) -> Ways:
        """The words that a pattern may start with."""
        ways = self._ways.get(number)
        if ways is None:
            ways = self._ways[number] = Ways(number, self._machine_of(number))
        return ways


class Ways:
    """The words that a pattern may start with."""

    __slots__ = ("forms", "longest", "others", "stems")

    def __init__(self, number: int, machine: Machine) -> None:
        self.forms: dict[str, list[Start]] = {}
        self.stems: dict[str, list[Start]] = {}
        self.others: list[tuple[Atom, Start]] = []
        """Prefixes and numbers."""
        positions = machine.positions
        self.longest = _longest(positions)
        """How many words a match may have."""
        for position in positions.first:
            atom = positions.atoms[position]
            near, reach = _following(positions, position)
            start = (number, position, machine.longest if reach else _itself, near, reach)
            match atom.kind:
                case "form":
                    self.forms.setdefault(atom.value, []).append(start)
                case "stem":
                    self.stems.setdefault(atom.value, []).append(start)
                case _:
                    self.others.append((atom, start))


def _longest(positions: Positions) -> int:
    """The words of the longest way through a pattern; each position is followed by later ones only."""
    longest: list[int] = []
    for following, _ in reversed(positions.follow):
        bits = following >> (len(positions.follow) - len(longest))
        longest.append(
            1 + max((words for number, words in enumerate(reversed(longest)) if bits >> number & 1), default=0)
        )
    return max(longest, default=0)


def _itself(_position: int, _text: Text, number: int) -> int:
    """How far a pattern goes that ends where it starts."""
    return number


def _following(positions: Positions, position: int) -> tuple[AbstractSet[str], int]:
    """The stems and forms of which one must follow a position, and among how many words; none of no words at the end."""
    found: set[str] = set()
    between, seen, waiting = 0, 0, positions.follow[position][0]
    told = position not in positions.final
    while new := waiting & ~seen:
        seen |= new
        for number, atom in enumerate(positions.atoms):
            if new >> number & 1:
                told = told and atom.kind not in {"prefix", "number"}
                if atom.kind == "any":  # one more word may stand between
                    between += 1
                    waiting |= positions.follow[number][0]
                else:
                    found.add(atom.value)
    return (frozenset(found) if told else _NONE), between + bool(seen)


def scan(index: Index, text: Text) -> list[Raw]:
    """Wherever one of the patterns matches that are no exceptions, in no order."""
    words, by_word = text.words, index.by_word
    some = set(index.always)
    some.update(*map(by_word.__getitem__, _shared(by_word, words)))
    forms, stems, _ = _starts(index, some, text)
    for single, starts in ((index.forms, forms), (index.stems, stems)):
        for word in _shared(single, words):
            starts[word] = starts[word] + single[word] if word in starts else single[word]
    return _walk(forms, stems, text)


def _shared(known: Mapping[str, object], words: frozenset[str]) -> AbstractSet[str]:
    """The words of a text that are known, by going through the shorter of both."""
    return words.intersection(known) if len(known) < len(words) else known.keys() & words


def scan_for(index: Index, some: Iterable[int], text: Text, near: Iterable[Raw] | None = None) -> list[Raw]:
    """Wherever one of some patterns matches, in no order; of those that share no word with one of ``near``, perhaps not all."""
    forms, stems, longest = _starts(index, some, text)
    return _walk(forms, stems, text, None if near is None else list(_reaching(near, longest)))


def _starts(
    index: Index, some: Iterable[int], text: Text
) -> tuple[dict[str, list[Start]], dict[str, list[Start]], int]:
    """By form, and by stem, what some patterns may start with in a text; and how many words a match may have."""
    words, longest = text.words, 0
    forms: dict[str, list[Start]] = {}
    stems: dict[str, list[Start]] = {}
    others: dict[tuple[str, str], list[Start]] = {}
    for number in some:
        if index.may_match(number, words):
            ways = index.ways(number)
            longest = max(longest, ways.longest)
            for known, starts in ((ways.forms, forms), (ways.stems, stems)):
                for word in filter(words.__contains__, known):  # of which there are few
                    own = [start for start in known[word] if not start[3] or not words.isdisjoint(start[3])]
                    if own:
                        starts[word] = starts[word] + own if word in starts else own
            for atom, start in ways.others:
                others.setdefault((atom.kind, atom.value), []).append(start)
    if others:
        for word, starting in _satisfying(others, text):
            forms[word] = [*forms.get(word, ()), *starting]
    return forms, stems, longest


def _reaching(near: Iterable[Raw], longest: int) -> Iterator[int]:
    """The words from which a match of at most so many words may share one with others, each once."""
    behind = 0
    for first, minus_last, _ in sorted(near):
        yield from range(max(first - longest + 1, behind), 1 - minus_last)
        behind = max(behind, 1 - minus_last)


def _satisfying(others: Mapping[tuple[str, str], Sequence[Start]], text: Text) -> Iterator[tuple[str, Sequence[Start]]]:
    """The words of a text that prefixes and numbers stand for; that stems are among them does no harm."""
    ordered = sorted(text.words)
    for (kind, beginning), starts in others.items():
        if kind == "number":
            words = list(filter(_numbers(text.language).__getitem__, ordered))
        else:
            first = bisect_left(ordered, beginning)
            words = ordered[first : bisect_left(ordered, beginning + _LAST, first)]
        for word in words:
            yield word, starts


def _walk(
    forms: Mapping[str, Sequence[Start]],
    stems: Mapping[str, Sequence[Start]],
    text: Text,
    places: Sequence[int] | None = None,
) -> list[Raw]:
    """Walk from each word whose form, or stem, may start something; from some places only, if there are any."""
    found: list[Raw] = []
    for starts, own in ((forms, text.forms), (stems, text.stems)):
        if starts:
            may = map(starts.__contains__, own)
            numbers = compress(count(), may) if places is None else [place for place in places if own[place] in starts]
            _walk_from(starts, own, numbers, text, found)
    return found


def _walk_from(
    starts: Mapping[str, Sequence[Start]], own: Sequence[str], numbers: Iterable[int], text: Text, found: list[Raw]
) -> None:
    """The same from certain words, as ``own`` has them."""
    forms, stems = text.forms, text.stems
    last = len(forms) - 1
    for number in numbers:
        for pattern, position, longest, near, reach in starts[own[number]]:
            if near:
                if reach == 1:
                    if number == last or not (stems[number + 1] in near or forms[number + 1] in near):
                        continue
                else:
                    behind = slice(number + 1, number + 1 + reach)
                    if near.isdisjoint(stems[behind]) and near.isdisjoint(forms[behind]):
                        continue
            if (end := longest(position, text, number)) >= 0:
                found.append((number, -end, pattern))


@cache
def _numbers(language: str) -> Remembered[bool]:
    """Which words of a language are numbers, in digits or in words."""
    numbers = load_rules(language).numbers
    return Remembered(lambda form: form[0].isdigit() or form in numbers)
