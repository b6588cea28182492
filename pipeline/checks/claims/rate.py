"""How fast a text says that weight goes: amounts, and the time they take."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.claims.reading import Reading
from pipeline.checks.claims.vocabulary import units
from pipeline.frozen import dataclass
from pipeline.language import Match

NEAR = 6
"""Words that may stand between a verb and its amount, or an amount and its time."""


@dataclass(frozen=True, slots=True)
class Rate:
    """An amount of weight lost in a time: first and last word, and kilograms a week."""

    first: int
    last: int
    lowest: float
    """Of a range (*1 to 2 lb*) the lower end, else the same."""
    highest: float
    weekly: bool
    """Whether it is told as a pace (*a week*), not as a total by a time."""


def rates(reading: Reading) -> Iterator[Rate]:
    """Each loss of an amount of weight in a given time, in order."""
    for amount in reading.own("dated_result.amount"):
        verb = _verb(reading, amount)
        size = _kilograms(reading, amount)
        if verb is None or size is None:
            continue
        time = _time(reading, verb, amount)
        if time is None:
            continue
        days, last, weekly = time
        lowest, highest = (kilograms * 7 / days for kilograms in size)
        yield Rate(min(verb.first, last.first), max(amount.last, last.last), lowest, highest, weekly)


def _verb(reading: Reading, amount: Match) -> Match | None:
    first = max(reading.sentence(amount.first).first, amount.first - NEAR)
    found = None
    for word in range(amount.first - 1, first - 1, -1):
        found = reading.at("dated_result.less", word)
        if found is not None:
            return found
    behind = reading.within("dated_result.less_behind", amount.last + 1, amount.last + 2)
    return behind if behind is None else amount


def _kilograms(reading: Reading, amount: Match) -> tuple[float, float] | None:
    """Lower and upper end of an amount; None where the words are no number."""
    text = reading.text
    unit = units(text.language, "weight").get(text.forms[amount.last])
    found = [number for word in range(amount.first, amount.last) if (number := _number(reading, word)) is not None]
    if unit is None or not found:
        return None
    if text.forms[amount.first] in units(text.language, "number") and len(found) > 1 and found[0] < 1:
        found = [found[0]]
    return min(found) * unit, max(found) * unit


def _number(reading: Reading, word: int) -> float | None:
    form = reading.text.forms[word]
    known = units(reading.text.language, "number").get(form)
    if known is not None:
        return known
    try:
        return float(form.replace(",", ".")) if form[0].isdigit() else None
    except ValueError:
        return None


def _time(reading: Reading, verb: Match, amount: Match) -> tuple[float, Match, bool] | None:
    """Days, where they stand, and whether they are a pace."""
    sentence = reading.sentence(amount.first)
    pace = reading.within("dated_result.per", amount.last + 1, min(amount.last + 1 + NEAR, sentence.last))
    total = reading.within("dated_result.deadline", amount.last + 1, min(amount.last + 2 * NEAR, sentence.last))
    if total is None:
        total = reading.within("dated_result.deadline", max(sentence.first, verb.first - NEAR), verb.first)
    if pace is not None and (total is None or pace.first <= total.first):
        days = _days(reading, pace)
        return None if days is None else (days, pace, True)
    if total is not None:
        days = _days(reading, total)
        return None if days is None else (days, total, False)
    return None


def _days(reading: Reading, match: Match) -> float | None:
    lengths = units(reading.text.language, "time")
    for word in range(match.last, match.first - 1, -1):
        length = lengths.get(reading.text.forms[word])
        if length is not None:
            number = _number(reading, word - 1) if word > match.first else None
            return length * (number or 1)
    return None
