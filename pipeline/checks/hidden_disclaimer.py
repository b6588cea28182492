"""A disclaimer stands where readers do not see it.

Words in a code block, a comment, a picture, a footnote or behind a link are not *clear and conspicuous*: the FTC asks
for disclosures that people cannot miss (.com Disclosures, 2013). Such a text does not count, and this is said instead of
D01.

Bad:

    ---
    profile: exercise-guide
    title: How to do a glute bridge
    ---
    The glute bridge trains your hips. Read [our disclaimer](https://gym.example/disclaimer).

Good:

    ---
    profile: exercise-guide
    title: How to do a glute bridge
    ---
    The glute bridge trains your hips.

    :::disclaimer info
    :::
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.disclaimers import review
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity


@check("D04", severity=Severity.ERROR, source="FTC .com Disclosures")
def hidden_disclaimer(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each kind that is needed and stands only where readers do not see it."""
    for kind in review(article, context.profile, context.disclaimers).kinds.values():
        if kind.absent and kind.hidden is not None:
            name, hidden = kind.kind.kind, kind.hidden
            yield Finding(
                f"the disclaimer `{name}` stands only in {hidden.where}, where readers do not see it",
                hidden.span,
                f"Write `:::disclaimer {name}` and `:::` on two lines in the text.",
            )
