"""Safety or success promised without limits.

Nothing that moves a body is completely safe, works always or is guaranteed. An instruction (*always brace*) promises
nothing, and a sentence that denies the promise is sound.

Bad:

    Hip thrusts are completely safe and results are guaranteed.

Good:

    Hip thrusts are safe for most healthy adults who start light. Always brace before you lift.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.claims import readings
from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity


@check("C06", severity=Severity.ERROR, source="FTC Health Products Compliance Guidance")
def absolute_safety(article: Article, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """One finding for each promise."""
    for reading in readings(article, "absolute_safety"):
        for claim in reading.claims("absolute_safety.absolute"):
            yield Finding(
                f"“{reading.words(claim.first, claim.last)}” promises more than anyone can",
                reading.span(claim.first, claim.last),
                "Say for whom it is safe and what can go wrong, or take the promise out.",
            )
