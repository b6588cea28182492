"""The words that a law prescribes have been changed.

In the United States an article about a supplement must say, word for word: *This statement has not been evaluated by the
Food and Drug Administration. This product is not intended to diagnose, treat, cure, or prevent any disease.* (21 CFR
101.93(c)). In the plural only the first sentence changes: *These statements have not been …*. The comma before *or* and
the agency's full name are part of it; line ends, emphasis and quotation marks are not. ``--fix`` puts the words back.

Bad:

    ---
    profile: supplement
    language: en-US
    title: Creatine
    ---
    :::disclaimer supplement
    This statement has not been evaluated by the FDA. This product is not intended to diagnose, treat, cure or prevent any
    disease.

    Creatine can interact with medication.
    :::

Good:

    ---
    profile: supplement
    language: en-US
    title: Creatine
    ---
    :::disclaimer supplement
    This statement has not been evaluated by the Food and Drug Administration. This product is not intended to diagnose,
    treat, cure, or prevent any disease.

    Creatine can interact with medication.
    :::
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.disclaimers import review
from pipeline.model.article import Article
from pipeline.model.diagnostic import Edit, Finding, Severity
from pipeline.model.lines import line_index
from pipeline.model.nodes import Span

_MARKUP = frozenset("*_`[]~\\&<>|")
_SENTENCES = 2


@check("D05", severity=Severity.ERROR, source="21 CFR 101.93(c)", fixable=True)
def altered_legal_text(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each place where the legal text was meant and differs."""
    for kind in review(article, context.profile, context.disclaimers).kinds.values():
        for alteration in kind.altered:
            singular, *plural = alteration.element.verbatim
            legal = plural[0] if plural and alteration.plural else singular
            span = alteration.span
            yield Finding(
                f"the legal text of the disclaimer `{kind.kind.kind}` has been changed",
                span,
                f"It must say, word for word: “{legal}”",
                edits=_edits(article, span, legal) if alteration.sentences <= _SENTENCES else (),
            )


def _edits(article: Article, span: Span, legal: str) -> tuple[Edit, ...]:
    """The edit that puts the legal text back; none where markup would be torn."""
    start, end = line_index(article.source).offsets(span)
    if not _MARKUP.isdisjoint(article.source[start:end]):
        return ()
    return (Edit(start, end, legal),)
