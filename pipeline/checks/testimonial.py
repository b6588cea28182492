"""A person's result told without what results are typical.

Readers take a testimonial for what they may expect, and *results may vary* does not change that (16 CFR 255.2). Quotations
count here, for that is where testimonials stand.

Bad:

    “I lost 20 lb with this plan,” says Anna.

Good:

    “I lost 20 lb with this plan,” says Anna. Most members lose between 2 and 5 lb in their first three months.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import zip_longest

from pipeline.checks.claims import Reading, may_start, with_quotations
from pipeline.checks.claims.witness import is_witness
from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.language import Break, Match
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity

_KEY = "testimonial."
_TOLD = frozenset({_KEY + "result", _KEY + "quoted_result", _KEY + "before"})
"""What a person's result is told with; what is typical is told with none of these."""
ADJACENT = 3
"""Words behind the first of *before 98 kg* from which on something stands between."""


@check("C07", severity=Severity.WARNING, source="FTC Endorsement Guides, 16 CFR 255.2")
def testimonial(article: Article, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """At most one finding for each paragraph; none in a section that says what is typical."""
    if not may_start(article, _TOLD):
        return
    read = with_quotations(article)
    typical = {
        _section(reading) for reading in read if any(not match.negated for match in reading.own(_KEY + "typical"))
    }
    for reading, following in zip_longest(read, read[1:]):
        if _section(reading) in typical:
            continue
        result = _result(reading) or _picture(reading, following)
        if result is not None:
            yield Finding(
                f"“{reading.words(result.first, result.last)}” is one person's result, without what is typical",
                reading.span(result.first, result.last),
                "Say beside it what most people get, with the figures you have, or take it out.",
            )


def _result(reading: Reading) -> Match | None:
    """The first result that one person tells, or that somebody is told to have."""
    told = [result for result in reading.own(_KEY + "result") if is_witness(reading, result)]
    told += [result for result in reading.own(_KEY + "quoted_result") if _is_quoted(reading, result)]
    for result in sorted(told, key=lambda result: result.first):
        if not reading.text.negated[result.first] and not reading.asked(result.first):
            return result
    return None


def _is_quoted(reading: Reading, result: Match) -> bool:
    return result.quoted or reading.passage.region == "quotation"


def _picture(reading: Reading, following: Reading | None) -> Match | None:
    """A weight *before* that a weight *after* follows, in the same paragraph or the next."""
    for before in filter(partial(_is_label, reading), reading.own(_KEY + "before")):
        if any(after.first > before.last for after in reading.own(_KEY + "after")):
            return before
        if following is not None and any(_is_label(following, after) for after in following.own(_KEY + "after")):
            return before
    return None


def _is_label(reading: Reading, weighed: Match) -> bool:
    """Whether the weight stands right behind the word, or behind its colon: not *before adding 5 kg*."""
    behind = reading.text.breaks[weighed.first + 1 : weighed.last + 1]
    return len(behind) < ADJACENT or max(behind) >= Break.CLAUSE


def _section(reading: Reading) -> int:
    """The top section that a passage stands in, by its line; 0 before the first heading."""
    sections = reading.passage.sections
    return sections[0].span.line if sections else 0
