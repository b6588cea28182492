"""What negation and quotation govern.

A negation governs the words after it to the end of its clause; ``Myth:`` governs its sentence. A colon lets the
negation of an unfinished clause go on, into a list's items too: *this is not: advice; a cure*. Quotation governs whole
clauses between quotation marks: three words or more, so that one scare-quoted verb is not hidden by its marks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from pipeline.language.remembered import Remembered
from pipeline.language.rules import Rules, load_rules

QUOTED_WORDS = 3
"""The fewest words between quotation marks that are a clause."""
_COMMA, _CLAUSE, _COLON, _ITEM, _SENTENCE = 1, 2, 3, 4, 5


def negated_words(forms: Sequence[str], stems: Sequence[str], breaks: Sequence[int], language: str) -> list[bool]:
    """For each word, whether a negation governs it; ``breaks`` holds what stands before each word."""
    flags = [False] * len(forms)
    opens = _opens(language)
    if not any(map(opens.__getitem__, forms)):
        return flags
    scope = _Scope(forms, stems, breaks, load_rules(language))
    number = 0
    for start in scope.starts(opens):
        if start >= number:
            number = scope.govern(start, flags)
    return flags


_NEGATES, _MYTH = 1, 2


@cache
def _opens(language: str) -> Remembered[int]:
    """Which words may begin a negation, or say that something is a myth; 0 for all others."""
    rules = load_rules(language)
    negators = _by_first(rules.negators)
    ending = rules.negative_ending or "\0"

    def kind(form: str) -> int:
        if form in negators or form.endswith(ending):
            return _NEGATES
        return _MYTH if form in rules.myths else 0

    return Remembered(kind)


class _Scope:
    """Walks over the words that negations govern."""

    def __init__(self, forms: Sequence[str], stems: Sequence[str], breaks: Sequence[int], rules: Rules) -> None:
        self.forms, self.stems, self.breaks, self.rules = forms, stems, breaks, rules
        self.negators = _by_first(rules.negators)
        self.innocent = _innocent(forms, rules)

    def starts(self, opens: Mapping[str, int]) -> list[int]:
        """The words at which a negation may begin, and the first words of sentences that may speak of myths."""
        found = []
        for number in [number for number, form in enumerate(self.forms) if opens[form]]:
            first = number
            if opens[self.forms[number]] == _MYTH:
                while self.breaks[first] < _SENTENCE and number - first < QUOTED_WORDS:
                    first -= 1
            found.append(first)
        return found

    def govern(self, start: int, flags: list[bool]) -> int:
        """Flag the words that the negation at ``start`` governs; the first word behind its reach."""
        rules, forms = self.rules, self.forms
        myth = self.breaks[start] >= _SENTENCE and _myth(forms, self.breaks, start, rules)
        active = listed = series = False
        governed_from = start
        for number in range(start, len(forms)):
            if number > start:
                if self.breaks[number] >= _SENTENCE:
                    return number
                active, listed = self._carry(number, active, listed, governed_from)
                comma = self.breaks[number] == _COMMA and number > governed_from
                # ", and" starts a clause of its own, unless other commas make it the end of a series: "no cure, pill, and diet"
                active = active and not (comma and not series and forms[number] in rules.and_words)
                series = series or comma
            reverses = active and number >= governed_from and self.stems[number] in rules.reversers
            active = active and not reverses
            flags[number] = myth or (active and number >= governed_from)
            if not reverses and number not in self.innocent:
                length = _negator(forms, self.breaks, number, self.negators, rules)
                if length:
                    active, series, governed_from = True, False, number + length
            if not (active or listed or myth):
                return number + 1
        return len(forms)

    def _carry(self, number: int, active: bool, listed: bool, governed_from: int) -> tuple[bool, bool]:
        """Whether a negation goes on at word ``number``, and whether it does in the list's items to come."""
        rules, form, gap = self.rules, self.forms[number], self.breaks[number]
        before = self.forms[number - 1]
        if gap in (_COLON, _ITEM):
            # an unfinished clause goes on behind its colon: "this is not: advice"; a finished one does not: "do not wait: call"
            goes_on = active and (before in rules.carriers or number == governed_from)
            listed = listed or goes_on
            return (goes_on if gap == _COLON else listed), listed
        if gap == _CLAUSE or (gap == _COMMA and form in rules.comma_starts):
            return False, listed
        if active and number >= governed_from and form in rules.clause_starts:  # not the *yet* of *not yet*
            return False, False
        if active and form in rules.and_starts and before in rules.and_words:
            return False, listed
        return active, listed


@lru_cache(maxsize=32)
def _by_first(phrases: tuple[tuple[str, ...], ...]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        found.setdefault(phrase[0], []).append(phrase)
    return found


def is_negator(form: str, rules: Rules) -> bool:
    """Whether one word negates by itself."""
    return (form,) in rules.negators or bool(rules.negative_ending and form.endswith(rules.negative_ending))


def _innocent(forms: Sequence[str], rules: Rules) -> set[int]:
    """The words of phrases such as *not only*, which hold a negator and do not negate."""
    starts = _by_first(rules.not_negators)
    found: set[int] = set()
    for number in [number for number, form in enumerate(forms) if form in starts]:
        for phrase in starts[forms[number]]:
            if tuple(forms[number : number + len(phrase)]) == phrase:
                found.update(range(number, number + len(phrase)))
    return found


def _negator(
    forms: Sequence[str],
    breaks: Sequence[int],
    number: int,
    negators: dict[str, list[tuple[str, ...]]],
    rules: Rules,
) -> int:
    """How many words from ``number`` on are a negator; 0 for none. ``No,`` is an answer, not a negation."""
    form = forms[number]
    for phrase in negators.get(form, ()):
        if len(phrase) == 1:
            follows = breaks[number + 1] if number + 1 < len(forms) else _SENTENCE
            answers = follows == _COMMA and breaks[number] >= _COMMA
            if not answers:
                return 1
        elif tuple(forms[number : number + len(phrase)]) == phrase:
            return len(phrase)
    return 1 if rules.negative_ending and form.endswith(rules.negative_ending) else 0


def _myth(forms: Sequence[str], breaks: Sequence[int], number: int, rules: Rules) -> bool:
    """Whether the sentence from word ``number`` on starts as *Myth:*, *A common myth:*, *Myth 2:*."""
    place = number
    while place < len(forms) and forms[place] in rules.myth_openers and place - number < QUOTED_WORDS:
        place += 1
    if place >= len(forms) or forms[place] not in rules.myths:
        return False
    place += 1
    while place < len(forms) and breaks[place] == 0 and forms[place].isdigit():
        place += 1
    return place < len(forms) and breaks[place] in (_CLAUSE, _COLON)


_OPEN_CLOSE = {'"': '"', "'": "'"}


def quoted_words(text: str, cased: str, starts: Sequence[int], ends: Sequence[int]) -> list[bool]:
    """For each word, whether it stands in a quotation of at least three words; marks pair within a paragraph."""
    flags = [False] * len(starts)
    if '"' not in cased and "'" not in cased:
        return flags
    opened: dict[str, int] = {}
    for number, (left, right) in enumerate(zip((0, *ends), (*starts, len(text)), strict=True)):
        gap = text[left:right]
        if '"' not in gap and "'" not in gap and "\n\n" not in gap:
            continue
        for place, char in enumerate(gap):
            if char == "\n" and gap[place + 1 : place + 2] == "\n":
                opened.clear()
            elif char in _OPEN_CLOSE:
                _mark(cased, left + place, char, number, opened, flags)
    return flags


def _mark(cased: str, place: int, char: str, number: int, opened: dict[str, int], flags: list[bool]) -> None:
    """Take one quotation mark: it closes an open quotation where it can, else opens one."""
    before = cased[place - 1] if place else " "
    after = cased[place + 1] if place + 1 < len(cased) else " "
    closes = char in opened and not before.isspace() and not after.isalnum()
    if closes:
        first = opened.pop(char)
        if number - first >= QUOTED_WORDS:
            flags[first:number] = [True] * (number - first)
    elif not before.isalnum() and not after.isspace():
        opened[char] = number
