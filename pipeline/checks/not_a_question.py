"""An article that answers a question does not put it.

A question-and-answer article has its question as title or as first heading, with a question mark, so that readers know
within seconds what they get (CDC Clear Communication Index 1).

Bad:

    ---
    profile: exercise-qa
    title: Hip thrusts and the lower back
    ---
    ## Benefits

    Strong glutes take load off the back when you lift things.

Good:

    ---
    profile: exercise-qa
    title: Hip thrusts and the lower back
    ---
    ## Do hip thrusts strengthen the lower back?

    Yes, a little.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.outline import opening_question
from pipeline.checks.registry import check
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity


@check("S15", severity=Severity.ERROR, source="CDC Clear Communication Index 1")
def not_a_question(article: Article, context: Context) -> Iterator[Finding]:
    """At most one finding, at the title; none where there is no title to judge, which M01 says."""
    if not article.metadata.title:
        return
    if context.profile is not None and context.profile.question_title and not opening_question(article):
        yield Finding(
            "the question is missing: neither the title nor the first heading is one",
            article.metadata.span("title"),
            "Put the question that the article answers in the title, with a question mark.",
        )
