"""What negation and quotation govern.

A negation governs the words after it to the end of its clause; ``Myth:`` governs its sentence. A colon lets the
negation of an unfinished clause go on, into a list's items too: *this is not: advice; a cure*. Quotation governs whole
clauses between quotation marks: three words or more, so that one scare-quoted verb is not hidden by its marks.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.language.rules import Rules

QUOTED_WORDS = 3
"""The fewest words between quotation marks that are a clause."""
_COMMA, _CLAUSE, _COLON, _ITEM, _SENTENCE = 1, 2, 3, 4, 5


def negated_words(forms: Sequence[str], stems: Sequence[str], breaks: Sequence[int], rules: Rules) -> list[bool]:
    """For each word, whether a negation governs it; ``breaks`` holds what stands before each word."""
    flags: list[bool] = []
    innocent = _innocent(forms, rules)
    negators: dict[str, list[tuple[str, ...]]] = {}
    for phrase in rules.negators:
        negators.setdefault(phrase[0], []).append(phrase)
    myth = active = listed = False
    governed_from = 0
    for number, form in enumerate(forms):
        gap = breaks[number]
        if gap >= _SENTENCE:
            myth = _myth(forms, breaks, number, rules)
            active = listed = False
        elif gap in (_COLON, _ITEM):
            # an unfinished clause goes on behind its colon: "this is not: advice"; a finished one does not: "do not wait: call"
            goes_on = active and (forms[number - 1] in rules.carriers or number == governed_from)
            listed = listed or goes_on
            active = goes_on if gap == _COLON else listed
        elif gap == _CLAUSE or (gap == _COMMA and form in rules.comma_starts):
            active = False
        elif form in rules.clause_starts and active:
            active = listed = False
        elif active and form in rules.and_starts and forms[number - 1] in rules.and_words:
            active = False
        reverses = active and number >= governed_from and stems[number] in rules.reversers
        if reverses:
            active = False
        flags.append(myth or (active and number >= governed_from))
        if not reverses and number not in innocent:
            length = _negator(forms, breaks, number, negators, rules)
            if length:
                active, governed_from = True, number + length
    return flags


def _innocent(forms: Sequence[str], rules: Rules) -> set[int]:
    """The words of phrases such as *not only*, which hold a negator and do not negate."""
    starts: dict[str, list[tuple[str, ...]]] = {}
    for phrase in rules.not_negators:
        starts.setdefault(phrase[0], []).append(phrase)
    found: set[int] = set()
    for number, form in enumerate(forms):
        for phrase in starts.get(form, ()):
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


def quoted_words(cased: str, starts: Sequence[int], ends: Sequence[int]) -> list[bool]:
    """For each word, whether it stands in a quotation of at least three words; marks pair within a paragraph."""
    flags = [False] * len(starts)
    opened: dict[str, int] = {}
    for number in range(len(starts) + 1):
        left = ends[number - 1] if number else 0
        right = starts[number] if number < len(starts) else len(cased)
        if right - left <= 1 and cased[left:right] in {"", " ", "\n", "-"}:
            continue
        gap = cased[left:right]
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
