"""An article names too few sources.

Readers must be able to see where advice comes from (DISCERN 4). Two (``[policy]`` ``min_sources``) are wanted; none at all
is an error where the article type lives from its evidence. What counts is each work in Sources or a footnote that has a
link or a full reference; a work in both counts once.

Bad:

    ---
    profile: exercise-qa
    ---
    ## Conclusion

    They help a little, if you do them well.

Good:

    ---
    profile: exercise-qa
    ---
    They help a little.[^neto]

    ## Sources

    1. Neto WK and others. [Hip thrust: a systematic review](https://example.org/neto). 2019.
    2. Contreras B, Vigotsky A. A comparison of the squat and the hip thrust. Journal of Applied Biomechanics. 2015.

    [^neto]: [Neto 2019](https://example.org/neto)
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from pipeline.checks.context import Context
from pipeline.checks.outline import sections_by_role
from pipeline.checks.registry import check
from pipeline.checks.works import works
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity


@check("M05", severity=Severity.WARNING, source="DISCERN 4")
def too_few_sources(article: Article, context: Context) -> Iterator[Finding]:
    """At most one finding: an error where none is given and the article type needs them."""
    least = context.config.policy.min_sources
    if context.profile is None:
        return  # no section is known to be the sources
    count = sum(1 for _ in islice(works(article), least))  # of more there is nothing to say
    if count >= least:
        return
    sections = sections_by_role(article).get("sources")
    found = {0: "no source", 1: "one source"}.get(count, f"{count} sources")
    yield Finding(
        f"the article gives {found} with a link or a full reference; at least {least} are wanted",
        sections[0].heading.span if sections else article.metadata.span(),
        "List the works that the text rests on under “Sources”, each with a link or author, title and year.",
        Severity.ERROR if context.profile.sources_required and count == 0 else Severity.WARNING,
    )
