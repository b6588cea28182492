"""Sentences too long to follow in one go.

The NHS's content manual asks for sentences of at most 20 words; a few longer ones do no harm. One of more than 30 words is
reported by itself, and the article when more than one in ten has more than 20.

Bad:

    When you first begin to train with hip thrusts you should always make sure that the bench that you use is firm and
    does not slide and that the bar which you have loaded is padded well enough to rest on your hips without any pain.

Good:

    Use a firm bench that does not slide. Pad the bar so that it can rest on your hips.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.checks.sentences import read_sentences
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity

FEWEST = 10
"""Sentences from which on their share is told: one long sentence of nine is no habit."""


@check("R03", severity=Severity.WARNING, source="NHS content manual: sentence length")
def long_sentence(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each sentence over the limit, and one where too many are long, at the first of them."""
    policy = context.config.policy
    read = read_sentences(article)
    lengths = read.lengths
    for number, words in enumerate(lengths):
        if words > policy.max_sentence_words:
            yield Finding(
                f"a sentence of {words} words; the limit is {policy.max_sentence_words}",
                read.span(number),
                "Split it in two.",
            )
    long = [number for number, words in enumerate(lengths) if words > policy.long_sentence_words]
    if len(read) >= FEWEST and len(long) > policy.max_long_sentences * len(read):
        yield Finding(
            f"{len(long)} of {len(read)} sentences have more than {policy.long_sentence_words} words; "
            f"the limit is {policy.max_long_sentences:.0%}",
            read.span(long[0]),
            "Split some of them; this is the first.",
        )
