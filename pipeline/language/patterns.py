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

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from pipeline.frozen import dataclass
from pipeline.language.blocks import join
from pipeline.language.machine import machine
from pipeline.language.ready import group_key, ready
from pipeline.language.rules import load_rules
from pipeline.language.scanning import Index, Raw, scan, scan_for
from pipeline.language.scope import is_negator
from pipeline.language.syntax import PatternSyntaxError, groups, single
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
    index: Index
    """By what the patterns are found in a text."""

    def read(self) -> Patterns:
        """These patterns, every one read whole. Raises PatternSyntaxError, which names the first that is wrong."""
        for pattern in self.patterns:
            machine(pattern.plain, self.language)
        return self


def compile_patterns(patterns: Mapping[str, Iterable[str]] | Iterable[str], language: str) -> Patterns:
    """Compile patterns, by label or without labels. ``Patterns.read`` says what is wrong with them.

    An exception (``!…``) holds for the patterns of its own label.
    """
    labelled = patterns.items() if isinstance(patterns, Mapping) else (("", patterns),)
    return _compile(tuple((label, tuple(sources)) for label, sources in labelled), language)


@lru_cache(maxsize=1024)
def _compile(labelled: tuple[tuple[str, tuple[str, ...]], ...], language: str) -> Patterns:
    patterns = tuple(
        _Pattern(source, label, source.startswith("!"), language) for label, sources in labelled for source in sources
    )
    kept, key = ready(language), group_key(labelled)
    known = kept.get(key)
    if known is None:
        known = {
            "groups": [[sorted(group) for group in groups(pattern.plain, language)] for pattern in patterns],
            "single": [[(atom.kind, atom.value) for atom in single(pattern.plain, language)] for pattern in patterns],
        }
        kept.put(key, known)
    exceptions: dict[str, list[int]] = {}
    for number, pattern in enumerate(patterns):
        if pattern.exception:
            exceptions.setdefault(pattern.label, []).append(number)
    return Patterns(
        language,
        patterns,
        Index(known["groups"], known["single"], exceptions, lambda number: machine(patterns[number].plain, language)),
    )


@lru_cache(maxsize=8192)
def _negates(source: str, language: str) -> bool:
    rules = load_rules(language)
    words = {atom.word for atom in machine(source, language).positions.atoms}
    endings = bool(rules.negative_ending) and any(word.endswith(rules.negative_ending) for word in words)
    return endings or any(words.issuperset(phrase) for phrase in rules.negators)


def find(patterns: Patterns, text: Text) -> list[Match]:
    """Every match, in the order of the text; of one label, those that overlap an earlier, longer one are left out."""
    return _choose(patterns, _scan(patterns, text), text)


class Found:
    """The matches of patterns in a text by label; only those of labels that somebody asks for are worked out."""

    __slots__ = ("_chosen", "_patterns", "_raw", "_text")

    def __init__(self, patterns: Patterns, text: Text) -> None:
        self._patterns, self._text = patterns, text
        self._raw: dict[str, list[Raw]] = {}
        self._chosen: dict[str, list[Match]] = {}
        for raw in scan(patterns.index, text):
            self._raw.setdefault(patterns.patterns[raw[2]].label, []).append(raw)

    def __iter__(self) -> Iterator[str]:
        """The labels that have been met, some perhaps without a match that counts."""
        return iter(self._raw)

    def of(self, label: str) -> Sequence[Match]:
        """The matches of one label, in the order of the text."""
        if label not in self._raw:
            return ()
        if label not in self._chosen:
            found = self._raw[label]
            excepted = _exceptions(self._patterns, found, self._text)
            self._chosen[label] = _choose(self._patterns, found + excepted, self._text)
        return self._chosen[label]


def labels_together(patterns: Patterns, texts: Sequence[Text]) -> dict[int, set[str]]:
    """Of which labels each of several blocks has matches, unless an exception takes them back; by the blocks' numbers.

    All are gone through at once. Those that have none are left out.
    """
    if not texts:
        return {}
    joined = join(texts)
    found: dict[int, set[str]] = {}
    for first, _, number in scan(patterns.index, joined):
        block = bisect_right(joined.firsts, first) - 1
        found.setdefault(block, set()).add(patterns.patterns[number].label)
    return found


def _scan(patterns: Patterns, text: Text) -> list[Raw]:
    """Wherever a pattern matches, and the exceptions of the labels that do."""
    found = scan(patterns.index, text)
    return found + _exceptions(patterns, found, text)


def _exceptions(patterns: Patterns, found: Sequence[Raw], text: Text) -> list[Raw]:
    """Wherever an exception matches that takes back some of what was found."""
    if not found or not patterns.index.exceptions:
        return []
    some = patterns.index.exceptions_of({patterns.patterns[raw[2]].label for raw in found})
    return scan_for(patterns.index, some, text, near=found) if some else []


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


def _choose(patterns: Patterns, found: list[Raw], text: Text) -> list[Match]:
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
