"""A disclaimer that the article needs is missing.

Readers act on what they read, so an article says what it is and what to take care of before anybody is hurt (Health On
the Net principle 2). Which kinds it needs comes from its type, its topics, the roles of its sections and its words;
``pipeline check --verbose`` says why. An empty directive takes the approved wording, and ``--fix`` adds it: ``stop`` and
``emergency`` beside the steps, all others before the first heading.

Bad:

    ---
    profile: exercise-guide
    title: How to do a glute bridge
    ---
    The glute bridge trains your hips.

    :::disclaimer clearance
    :::

    ## Technique

    :::disclaimer stop
    :::

    1. Lie on the floor with your knees bent.
    2. Push through your heels and lift your hips.

Good:

    ---
    profile: exercise-guide
    title: How to do a glute bridge
    ---
    The glute bridge trains your hips.

    :::disclaimer info
    :::

    :::disclaimer clearance
    :::

    ## Technique

    :::disclaimer stop
    :::

    1. Lie on the floor with your knees bent.
    2. Push through your heels and lift your hips.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.disclaimer_edits import insertions
from pipeline.checks.registry import check
from pipeline.disclaimers import review, wording
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity


@check("D01", severity=Severity.ERROR, source="HON 2", fixable=True)
def missing_disclaimer(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each kind that is needed and stated nowhere, unless it is hidden (D04)."""
    found = review(article, context.profile, context.disclaimers)
    elsewhere = context.issue.stated if context.issue else frozenset()
    missing = [
        kind for kind in found.kinds.values() if kind.absent and kind.hidden is None and kind.kind.kind not in elsewhere
    ]
    edits = insertions([kind.kind.kind for kind in missing], article) if missing else ()
    for kind in missing:
        name, title = kind.kind.kind, wording(kind.kind, article.language).title
        if kind.statements:
            message = f"the disclaimer `{name}` says nothing of what it must say"
            span = kind.statements[0].span
        else:
            why = (
                "every article needs it"
                if kind.kind.triggers.always
                else f"it is needed because of {kind.triggers[0].reason}"
            )
            message = f"the disclaimer “{title}” ({name}) is missing; {why}"
            span = article.metadata.span()
        mend = f"Write `:::disclaimer {name}` and `:::` on two lines before the first instruction; they take the approved wording."
        yield Finding(message, span, mend, edits=edits)
