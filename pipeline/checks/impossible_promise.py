"""One of the seven promises of weight loss that cannot be true.

The FTC's "gut check" names them: to lose weight without diet or exercise, whatever you eat, for good, by blocking fat or
calories, safely and very fast, for every user, or from something worn or rubbed in. Publishers are asked not to print them.

Bad:

    Lose weight without dieting: eat whatever you want and watch the pounds melt away.

Good:

    You can only lose weight when you use more energy than you eat. Most people who walk more lose it slowly.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.claims import Reading, readings
from pipeline.checks.claims.marks import starting
from pipeline.checks.claims.rate import rates
from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.language import Match
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity

_KEY = "impossible_promise."
CONDITIONS = {
    "effortless": "weight loss without diet or exercise",
    "whatever": "weight loss whatever one eats",
    "permanent": "weight loss for good",
    "everyone": "weight loss for everyone",
    "wear": "weight loss from something worn or rubbed in",
}
ALONE = {
    "permanent_result": "weight loss for good",
    "blocks": "that fat or calories are blocked",
    "for_all": "what works for everyone",
    "for_all_users": "what works for everyone",
}
NEAR = {"permanent": 10}
"""Words that may stand between the loss and what is said of it, where the sentence is too wide."""
FAST_KILOGRAMS = 3 * 0.4536
"""Three pounds a week."""


@check(
    "C02",
    severity=Severity.ERROR,
    source="FTC Gut Check: a reference guide for media on spotting false weight loss claims",
)
def impossible_promise(article: Article, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """One finding for each sentence that makes such a promise."""
    for reading in readings(article, "impossible_promise", "dated_result"):
        taken = -1
        for first, last, what in sorted(_promises(reading)):
            if reading.sentence(first).first > taken:
                taken = reading.sentence(last).last
                yield Finding(
                    f"“{reading.words(first, last)}” promises {what}, which nothing can do",
                    reading.span(first, last),
                    "Take it out; say what the exercise does, how slowly results come and that they differ.",
                )


def _promises(reading: Reading) -> Iterator[tuple[int, int, str]]:
    for key, what in ALONE.items():
        for match in reading.claims(_KEY + key):
            if reading.at("disease_claim.medical", match.first - 1) is None:
                yield match.first, match.last, what
    for key, what in CONDITIONS.items():
        for match in reading.own(_KEY + key):
            if any(reading.text.negated[match.first : match.first + 1]):
                continue
            loss = _loss(reading, match, NEAR.get(key))
            if loss is None:
                continue
            first, last = min(match.first, loss.first), max(match.last, loss.last)
            if not reading.innocent(match.first, match.last, negated=False) and not reading.innocent(
                first, last, negated=False
            ):
                yield first, last, what
    yield from _fast(reading)


def _loss(reading: Reading, condition: Match, near: int | None) -> Match | None:
    """The loss of weight that a condition belongs to: in its sentence, else in the one before or behind."""
    sentence = reading.sentence(condition.first)
    first, last = sentence.first, sentence.last
    if near is not None:
        first, last = max(first, condition.first - near), min(last, condition.last + near)
    return _within(reading, condition, first, last) or (None if near else _beside(reading, condition))


def _beside(reading: Reading, condition: Match) -> Match | None:
    sentence = reading.sentence(condition.first)
    for word in (sentence.last + 1, sentence.first - 1):
        if 0 <= word < len(reading.text.forms):
            other = reading.sentence(word)
            loss = _within(reading, condition, other.first, other.last)
            if loss is not None:
                return loss
    return None


def _within(reading: Reading, condition: Match, first: int, last: int) -> Match | None:
    """The first loss among words that is not denied by more than the condition's own *without*."""
    found = [starting(reading.those(_KEY + "loss", _affirmed), first)]
    if reading.text.negated[condition.last]:
        found.append(starting(reading.found(_KEY + "loss"), max(first, condition.first)))
    losses = [loss for loss in found if loss is not None and loss.last <= last]
    return min(losses, key=lambda loss: loss.first, default=None)


def _affirmed(reading: Reading, loss: Match) -> bool:
    return not (reading.negated(loss.first, loss.last) and reading.text.negated[loss.first])


def _fast(reading: Reading) -> Iterator[tuple[int, int, str]]:
    for rate in rates(reading):
        sentence = reading.sentence(rate.first)
        safe = reading.within(_KEY + "safe", sentence.first, sentence.last)
        lasting = reading.within(_KEY + "lasting", sentence.first, sentence.last)
        fast = rate.lowest > FAST_KILOGRAMS and safe is not None and lasting is not None
        if fast and not reading.innocent(rate.first, rate.last, negated=reading.negated(rate.first, rate.last)):
            yield rate.first, rate.last, "safe weight loss of more than three pounds a week"
