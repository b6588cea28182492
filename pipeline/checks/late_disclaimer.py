"""A disclaimer stands after the first instruction that it protects.

Who follows the steps has begun before reading a warning at the end. The FTC asks that a disclosure stands where people
see it before they act (.com Disclosures, 2013). The first instruction is the first item of the technique, exercises,
warm-up, schedule, dose or amounts; set-up and key points come before it. ``--fix`` moves the disclaimer.

Bad:

    ---
    profile: exercise-guide
    title: How to do a glute bridge
    ---
    The glute bridge trains your hips.

    ## Technique

    1. Lie on the floor with your knees bent.
    2. Push through your heels and lift your hips.

    :::disclaimer stop
    :::

Good:

    ---
    profile: exercise-guide
    title: How to do a glute bridge
    ---
    The glute bridge trains your hips.

    ## Technique

    :::disclaimer stop
    :::

    1. Lie on the floor with your knees bent.
    2. Push through your heels and lift your hips.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.disclaimer_edits import moves
from pipeline.checks.registry import check
from pipeline.disclaimers import review
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity


@check("D03", severity=Severity.ERROR, source="FTC .com Disclosures", fixable=True)
def late_disclaimer(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each kind whose first statement comes too late."""
    late = [kind.late for kind in review(article, context.profile, context.disclaimers).kinds.values() if kind.late]
    edits = moves(late, article) if late else ()
    for statement in late:
        yield Finding(
            f"the disclaimer `{statement.kind}` comes after the first instruction that it protects",
            statement.span,
            "Move it up: `stop` and `emergency` to the start of the steps, others before the first heading.",
            edits=edits,
        )
