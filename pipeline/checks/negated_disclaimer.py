"""The text says the opposite of what a disclaimer must say.

*This is medical advice*, *no need to see a doctor* or *push through the pain* undoes the safety text around it and may
make the publisher liable (FTC, Health Products Compliance Guidance, 2022). It is said instead of D02 and C04.

Bad:

    ---
    language: en-GB
    title: How to do a glute bridge
    ---
    :::disclaimer clearance
    There is no need to see a doctor before you start.
    :::

Good:

    ---
    language: en-GB
    title: How to do a glute bridge
    ---
    :::disclaimer clearance
    See a doctor before you start if you have heart trouble, high blood pressure, dizzy spells or a recent injury.
    :::
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.disclaimers import review
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity


@check("D08", severity=Severity.ERROR, source="FTC Health Products Compliance Guidance")
def negated_disclaimer(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each place that says the opposite."""
    for denial in review(article, context.profile, context.disclaimers).denials:
        match = denial.match
        words = " ".join(denial.reading.text.source[match.start : match.end].split())
        yield Finding(
            f"“{words}” says the opposite of what the disclaimer `{denial.kind}` must say",
            denial.reading.span(match),
            f"Take it out, or write `:::disclaimer {denial.kind}` and `:::` for the approved wording.",
        )
