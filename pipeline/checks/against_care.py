"""Advice to stop medicines or treatment, or to do without a doctor.

A reader who stops a medicine because an article says so can come to serious harm. What is said of talking to a doctor
first, and warnings not to stop, are sound.

Bad:

    Throw away your pills and train instead of seeing your doctor.

Good:

    Do not stop your medicine. Ask your doctor before you change anything.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate

from pipeline.checks.claims import Reading, readings
from pipeline.checks.claims.marks import read_in, starting
from pipeline.checks.context import Context
from pipeline.checks.prose import EVERYWHERE, Same, prose
from pipeline.checks.registry import check
from pipeline.disclaimers import review
from pipeline.language import Match
from pipeline.language.text import Break
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity
from pipeline.model.nodes import Span

_KEY = "against_care."
NEAR = 3
"""Words before an advice among which a negation denies it."""
FAR = 12
"""The same before *instead of*."""
LEFT = 6
"""Words before a verb among which *if* or *people who* makes it no advice."""


@check("C04", severity=Severity.ERROR, source="CAP Code 12.2")
def against_care(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each such advice, unless it is the opposite of a disclaimer (D08)."""
    denials = review(article, context.profile, context.disclaimers).denials
    opposites = _Places(denial.reading.span(denial.match) for denial in denials)
    for reading in readings(article, "against_care"):
        taken = -1
        for first, last in sorted(_advice(reading, article)):
            span = reading.span(first, last)
            if first > taken and not opposites.meet(span):
                taken = last
                yield Finding(
                    f"“{reading.words(first, last)}” turns readers away from medical care",
                    span,
                    "Take it out; tell readers to keep their treatment and to ask their doctor before they change it.",
                )


class _Places:
    """Spans that can be asked whether another one overlaps any of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted((span.line, span.column, span.end_line, span.end_column) for span in spans)
        self._starts = [start[:2] for start in ordered]
        # the furthest end of a span and all those before it
        self._ends = list(accumulate((start[2:] for start in ordered), max))

    def meet(self, span: Span) -> bool:
        before = bisect_left(self._starts, (span.end_line, span.end_column))
        return before > 0 and self._ends[before - 1] > (span.line, span.column)


def _advice(reading: Reading, article: Article) -> Iterator[tuple[int, int]]:
    for key in ("stop", "dose", "ignore", "replaces", "instead", "unneeded"):
        for match in reading.own(_KEY + key):
            if _denied(reading, match) or _excused(reading, match) or _conditional(reading, match, key):
                continue
            if key == "dose" and _names_a_supplement(Same(article)):
                continue
            if not reading.innocent(match.first, match.last, negated=match.negated):
                yield match.first, match.last


@lru_cache(maxsize=2)
def _names_a_supplement(same: Same) -> bool:
    """Whether a dose without the name of what is taken may be one of a supplement; asked once for all doses of an article."""
    article = same.article
    title = read_in(article, article.metadata.title)
    texts = (read_in(article, passage.text) for passage in prose(article, EVERYWHERE))
    return any(text.found("lists.supplement") for text in (title, *texts))


def _denied(reading: Reading, match: Match) -> bool:
    """Whether a negation stands right before the words; before *instead of* and *without*, anywhere in the clause."""
    text = reading.text
    far = reading.at(_KEY + "turning", match.first) is not None
    first = max(reading.sentence(match.first).first, match.first - (FAR if far else NEAR))
    return any(
        reading.at(_KEY + "not", word) is not None and max(text.breaks[word + 1 : match.first + 1]) < Break.CLAUSE
        for word in range(first, match.first)
    )


def _conditional(reading: Reading, match: Match, key: str) -> bool:
    """Whether the words are no advice: *if you stop*, *people who stop*, *safe to stop*, no doctor *for mild soreness*."""
    text = reading.text
    sentence = reading.sentence(match.first)
    if reading.within(_KEY + "softened", match.last + 1, sentence.last):
        return True
    if key == "unneeded":  # nobody needs a doctor for a small bruise
        return reading.within(_KEY + "minor", match.last + 1, sentence.last) is not None
    if key not in {"stop", "dose", "ignore"}:
        return False
    for word in range(match.first - 1, max(sentence.first, match.first - LEFT) - 1, -1):
        if text.breaks[word + 1] >= Break.COMMA:
            return False
        if reading.at(_KEY + "conditional", word) and not _turned_to(reading, word, match):
            return True
    return False


def _turned_to(reading: Reading, word: int, match: Match) -> bool:
    """Whether a preposition is done with before the advice, which has its own subject: *after a month you can stop*."""
    own = reading.within(_KEY + "subject", word + 2, match.first - 1)
    return own is not None and reading.at(_KEY + "loose", word) is not None


def _excused(reading: Reading, match: Match) -> bool:
    """Whether the sentence sends readers to a doctor after all."""
    sentence = reading.sentence(match.first)
    excuses = reading.those(_KEY + "excuse", _is_sound)
    before, behind = starting(excuses, sentence.first), starting(excuses, match.last + 1)
    return (before is not None and before.last < match.first) or (behind is not None and behind.first <= sentence.last)


def _is_sound(_: Reading, match: Match) -> bool:
    return not match.negated
