"""Too many words stand between two headings.

A page without headings is a wall; PEMAT (items 8 and 9) asks for small parts with headings that say what is in them. Over
250 words (``[policy]`` ``max_run_words``) a section wants sub-headings.

Bad:

    +++
    [policy]
    max_run_words = 15
    +++
    ## Technique

    Sit on the floor with your back against a bench.

    Set your feet flat. Push through your heels and lift.

Good:

    +++
    [policy]
    max_run_words = 15
    +++
    ## Technique

    Sit on the floor with your back against a bench.

    ### The lift

    Set your feet flat. Push through your heels and lift.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pipeline.checks.context import Context
from pipeline.checks.outline import count_words, heading_text, most_words
from pipeline.checks.prose import prose
from pipeline.checks.registry import check
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity


@check("S07", severity=Severity.WARNING, source="PEMAT 8–9")
def long_run(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each heading (or the opening) with too much text under it."""
    limit = context.config.policy.max_run_words
    for _, group in groupby(prose(article), key=lambda passage: id(passage.section)):
        passages = list(group)
        text = "\n".join(passage.text for passage in passages)
        if most_words(text) > limit and (words := count_words(text)) > limit:
            section = passages[0].section
            where = f"under “{heading_text(section)}”" if section else "before the first heading"
            yield Finding(
                f"{words} words {where} without a sub-heading; the limit is {limit}",
                section.heading.span if section else passages[0].span,
                "Divide it with headings that say what each part is about, or shorten it.",
            )
