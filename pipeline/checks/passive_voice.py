"""Too many sentences in the passive voice.

*The bar is lifted* hides who acts; *lift the bar* tells the reader what to do. A few passives are fine, more than one
sentence in ten is a habit. States are no passives: *is tired*, *is located*, *is supposed*.

Bad:

    The bar is held with both hands. The hips are lifted by the glutes. The bench is placed against a wall. The weight is
    lowered slowly. Breathe in. Stand tall. Rest. Start again. Stop when it hurts. Ask a coach.

Good:

    Hold the bar with both hands. Lift your hips. Place the bench against a wall. Lower the weight slowly. You may feel tired.
    Breathe in. Stand tall. Rest. Start again. Ask a coach.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.passive import passives
from pipeline.checks.registry import check
from pipeline.checks.sentences import read_sentences
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity

FEWEST = 10
"""Sentences from which on a share is told."""


@check("R04", severity=Severity.WARNING, source="PEMAT 5")
def passive_voice(article: Article, context: Context) -> Iterator[Finding]:
    """At most one finding, at the first passive sentence."""
    sentences = read_sentences(article)
    verbs = passives(sentences.words, sentences.breaks, article.language)
    passive = list(dict.fromkeys(map(sentences.of_word, verbs)))
    if len(sentences) < FEWEST or len(passive) <= context.config.policy.max_passive * len(sentences):
        return
    yield Finding(
        f"{len(passive)} of {len(sentences)} sentences are in the passive voice; "
        f"the limit is {context.config.policy.max_passive:.0%}",
        sentences.span(passive[0]),
        "Say who does what: “lift the bar”, not “the bar is lifted”. This is the first.",
    )
