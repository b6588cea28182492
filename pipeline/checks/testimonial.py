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

from pipeline.checks.claims import EVERYWHERE, Reading, with_quotations
from pipeline.checks.claims.witness import is_witness
from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity

_KEY = "testimonial."


@check("C07", severity=Severity.WARNING, source="FTC Endorsement Guides, 16 CFR 255.2")
def testimonial(article: Article, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """At most one finding for each paragraph; none in a section that says what is typical."""
    read = [reading for reading in with_quotations(article) if reading.passage.kind in EVERYWHERE]
    typical = {
        _section(reading) for reading in read if any(not match.negated for match in reading.own(_KEY + "typical"))
    }
    for reading in read:
        if _section(reading) in typical:
            continue
        for result in reading.own(_KEY + "result"):
            if (
                is_witness(reading, result)
                and not reading.text.negated[result.first]
                and not reading.asked(result.first)
            ):
                yield Finding(
                    f"“{reading.words(result.first, result.last)}” is one person's result, without what is typical",
                    reading.span(result.first, result.last),
                    "Say beside it what most people get, with the figures you have, or take it out.",
                )
                break


def _section(reading: Reading) -> int:
    """The top section that a passage stands in, by its line; 0 before the first heading."""
    sections = reading.passage.sections
    return sections[0].span.line if sections else 0
