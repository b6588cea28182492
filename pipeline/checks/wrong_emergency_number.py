"""Readers are told to call an emergency number of another country.

Who calls 911 in Leeds or 999 in Boston may lose minutes. The number must fit the article's language: 999 or 112 for
en-GB, 911 for en-US and es-US, 112 for es (NHS; NENA; Real Decreto 903/1997). A sentence about another place may name
that place's number, and other help lines such as NHS 111 are left alone. ``--fix`` puts the right number in.

A region without approved wording of its own, such as en-AU, would get that of another country, number and all; it needs
its own words in the article or in ``content/disclaimers/``.

Bad:

    ---
    language: en-GB
    title: Low back pain
    ---
    :::disclaimer emergency
    Call 911 if both legs go numb.
    :::

Good:

    ---
    language: en-GB
    title: Low back pain
    ---
    :::disclaimer emergency
    Call 999 if both legs go numb.
    :::
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.disclaimers import CallNumbers, KindReview, Reading, by_language, review, wording_locale
from pipeline.frozen import dataclass
from pipeline.language import Break, Text, compile_patterns, find
from pipeline.model.article import Article
from pipeline.model.diagnostic import Edit, Finding, Severity
from pipeline.model.lines import line_index

REACH = 8
"""Words after *call* within which a number is what one calls."""
SHORT = 3
"""Digits of an emergency number."""


@dataclass(frozen=True, slots=True)
class _Number:
    """A number in a text: its digits, first and last word."""

    digits: str
    first: int
    last: int


@check("D06", severity=Severity.ERROR, source="NHS, NENA, Real Decreto 903/1997", fixable=True)
def wrong_emergency_number(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each number that does not fit the article's locale, and for approved wording of another one."""
    language = article.language
    found = review(article, context.profile, context.disclaimers)
    for kind in context.disclaimers.values():
        fitting = kind.numbers.fit(language)
        if not fitting:
            yield from _borrowed(article, found.kinds.get(kind.kind))
            continue
        needing = _needing(found.kinds.get(kind.kind), fitting)
        for reading in (found.prose, *found.safety):
            right = (
                fitting
                if any(reading is one for one in needing)
                else (*fitting, *(by_language(kind.numbers.others, language) or ()))
            )
            for number in _wrong(reading, kind.numbers, language, right, strict=reading is not found.prose):
                yield _finding(article, reading, number, fitting)


def _needing(kind: KindReview | None, fitting: tuple[str, ...]) -> list[Reading]:
    """The kind's own wordings that have no fitting number: another that one may call, such as 111, is no emergency number."""
    if kind is None:
        return []
    own = [statement.reading for statement in kind.statements if statement.form == "own"]
    return [reading for reading in own if not set(fitting) & set(reading.text.forms)]


def _borrowed(article: Article, kind: KindReview | None) -> Iterator[Finding]:
    """One finding for each empty directive whose wording would give another country's number."""
    if kind is None or not kind.kind.numbers.fitting:
        return
    language, name = article.language, kind.kind.kind
    lender = wording_locale(kind.kind, language)
    numbers = kind.kind.numbers.fit(lender)
    if lender == language or not numbers:
        return
    known = ", ".join(kind.kind.wordings)
    for statement in kind.statements:
        if statement.form == "approved":
            yield Finding(
                f"there is no approved wording of `{name}` for {language}, and that for {lender} says to call {numbers[0]}",
                statement.span,
                f"Write the words with the right number between `:::disclaimer {name}` and `:::`, add [wording.{language}] "
                f"in content/disclaimers/{name}.toml, or set `language` to one of {known}.",
            )


def _wrong(
    reading: Reading, numbers: CallNumbers, language: str, right: tuple[str, ...], *, strict: bool
) -> Iterator[_Number]:
    """The numbers that are none of the right ones; ``strict`` takes any short number right behind the call for one."""
    text = reading.text
    elsewhere = compile_patterns(by_language(numbers.elsewhere, language) or (), language)
    places: set[int] | None = None
    seen: set[int] = set()
    for call in find(compile_patterns(by_language(numbers.calls, language) or (), language), text):
        if call.quoted:
            continue
        for number in _numbers(text, call.last + 1):
            near = number.first == call.last + 1
            known = number.digits in numbers.foreign or (strict and near and len(number.digits) == SHORT)
            if not known or number.digits in right or number.first in seen:
                continue
            seen.add(number.first)
            if places is None:
                places = {match.first for match in find(elsewhere, text)}
            if not any(place in places for place in _sentence(text, number.first)):
                yield number


def _numbers(text: Text, start: int) -> Iterator[_Number]:
    """The numbers in the words after a call, within its sentence; ``9-1-1`` is one number."""
    place = start
    while place < min(start + REACH, len(text.forms)) and text.breaks[place] < Break.SENTENCE:
        first = place
        while place < len(text.forms) and text.forms[place].isdigit() and (place == first or not text.breaks[place]):
            place += 1
        if place > first:
            yield _Number("".join(text.forms[first:place]), first, place - 1)
        else:
            place += 1


def _sentence(text: Text, number: int) -> range:
    """The words of the sentence around a word, as far as a hundred words to each side."""
    first = last = number
    while first > max(number - 100, 0) and text.breaks[first] < Break.SENTENCE:
        first -= 1
    while last + 1 < min(number + 100, len(text.forms)) and text.breaks[last + 1] < Break.SENTENCE:
        last += 1
    return range(first, last + 1)


def _finding(article: Article, reading: Reading, number: _Number, fitting: tuple[str, ...]) -> Finding:
    text = reading.text
    written = slice(*text.place(number.first, number.last))
    span = reading.span_of(written.start, written.stop)
    start, end = line_index(article.source).offsets(span)
    said = {text.forms[place] for place in _sentence(text, number.first)}
    free = [right for right in fitting if right not in said]
    whole = article.source[start:end] == text.source[written]
    return Finding(
        f"{number.digits} is not the emergency number for {article.language}",
        span,
        f"Write {' or '.join(fitting)}.",
        edits=(Edit(start, end, free[0]),) if whole and free else (),
    )
