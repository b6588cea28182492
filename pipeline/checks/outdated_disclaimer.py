"""An older version of the approved wording has been pasted in.

Approved wording changes when guidance does. An empty directive always takes the version of today; a copy stays behind
(Health On the Net principle 4, dated content). ``--fix`` empties the directive.

Bad:

    ---
    language: en-GB
    title: How to do a glute bridge
    ---
    :::disclaimer stop
    Stop at once if you feel sharp pain, dizzy, faint or short of breath, or if your chest hurts. Then get medical help.
    :::

Good:

    ---
    language: en-GB
    title: How to do a glute bridge
    ---
    :::disclaimer stop
    :::
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.disclaimers import Statement, review
from pipeline.model.article import Article
from pipeline.model.diagnostic import Edit, Finding, Severity
from pipeline.model.lines import line_index
from pipeline.model.nodes import Section


@check("D07", severity=Severity.WARNING, source="HON 4", fixable=True)
def outdated_disclaimer(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each place that holds an older approved wording."""
    for kind in review(article, context.profile, context.disclaimers).kinds.values():
        for statement, old in kind.outdated:
            yield Finding(
                f"this is version {old.version} of the disclaimer `{kind.kind.kind}`; version {kind.kind.version} is approved",
                statement.span,
                f"Leave `:::disclaimer {kind.kind.kind}` empty, and it takes the approved wording.",
                edits=_emptied(article, statement, old.words),
            )


def _emptied(article: Article, statement: Statement, old_words: int) -> tuple[Edit, ...]:
    """The edit that empties the directive; none where it says more than the older wording, or has no end."""
    node = statement.node
    if isinstance(node, Section) or len(statement.reading.text.forms) > old_words:
        return ()
    index = line_index(article.source)
    start, end = index.offset(node.span.line + 1, 1), index.offset(node.span.end_line, 1)
    if not article.source[end:].lstrip(" ").startswith(":::"):
        return ()
    return (Edit(start, end, ""),)
