"""A result by a deadline, weight loss that is too fast, or fat lost from one part of the body.

Bodies differ, so no result can be promised for a date; more than 2 lb (0.9 kg) a week is seldom sound; and nobody can
choose where fat goes. Prognosis, training schedules and reports of studies are no promises.

Bad:

    Lose 10 lb in two weeks and burn belly fat.

Good:

    Losing up to 1 lb a week is a pace that many people can keep. You cannot choose where the fat goes.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.claims import Reading, readings
from pipeline.checks.claims.rate import rates
from pipeline.checks.claims.witness import witnessed
from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.language import Match
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity

_KEY = "dated_result."
MAX_KILOGRAMS = 0.91
"""A week: 2 lb, told in kilograms as 0.9."""
RANGE_KILOGRAMS = 1.0
"""A week, as the upper end of a range that starts at or below the limit: *0.5 to 1 kg* is how it is usually told."""
NEAR = 12
"""Words that may stand between a result and its deadline."""
HEDGED = 6
"""Words before a result among which *may* or *most people* takes the promise away."""


@check("C03", severity=Severity.ERROR, source="CAP Code 13.9 and 13.10")
def dated_result(article: Article, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """One finding for each promise."""
    for reading in readings(article, "dated_result"):
        taken = -1
        for first, last, message, mend in sorted(_promises(reading)):
            if first > taken:
                taken = last
                yield Finding(f"“{reading.words(first, last)}” {message}", reading.span(first, last), mend)


def _promises(reading: Reading) -> Iterator[tuple[int, int, str, str]]:
    for first, last in _too_fast(reading):
        yield (
            first,
            last,
            "is faster than 2 lb (0.9 kg) a week",
            "Take the figure out, or name a pace of at most 2 lb (0.9 kg) a week.",
        )
    for first, last in _dated(reading):
        yield (
            first,
            last,
            "promises a result by a deadline",
            "Take the deadline out, and say that results differ from person to person.",
        )
    for match in reading.claims(_KEY + "spot"):
        if not reading.negated(match.first, match.last):
            yield (
                match.first,
                match.last,
                "promises fat loss from one part of the body",
                "Take it out: nobody can choose where fat is lost.",
            )


def _too_fast(reading: Reading) -> Iterator[tuple[int, int]]:
    for rate in rates(reading):
        limit = RANGE_KILOGRAMS if rate.lowest <= MAX_KILOGRAMS and rate.lowest < rate.highest else MAX_KILOGRAMS
        sentence = reading.sentence(rate.first)
        told = reading.within(_KEY + "study", sentence.first, sentence.last)
        if (
            rate.highest > limit
            and told is None
            and not reading.innocent(rate.first, rate.last, negated=reading.negated(rate.first, rate.last))
        ):
            yield rate.first, rate.last


def _dated(reading: Reading) -> Iterator[tuple[int, int]]:
    for deadline in reading.own(_KEY + "deadline"):
        result = _result(reading, deadline)
        if result is None or deadline.negated:
            continue
        first, last = min(result.first, deadline.first), max(result.last, deadline.last)
        if not reading.innocent(first, last, negated=reading.negated(first, last)):
            yield first, last


def _result(reading: Reading, deadline: Match) -> Match | None:
    """The promised result next to a deadline in its sentence."""
    sentence = reading.sentence(deadline.first)
    if reading.within(_KEY + "study", sentence.first, sentence.last) or witnessed(reading, sentence):
        return None
    last = min(sentence.last, deadline.last + NEAR)
    result = reading.within(_KEY + "result", max(sentence.first, deadline.first - NEAR), last)
    while result is not None and _hedged(reading, result, sentence.first):
        result = reading.within(_KEY + "result", result.last + 1, last)
    return result


def _hedged(reading: Reading, result: Match, first: int) -> bool:
    return reading.within(_KEY + "hedge", max(first, result.first - HEDGED), result.last) is not None
