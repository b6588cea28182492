"""The e-mail's HTML is so long that mail programs cut it off.

Gmail shows the first 102 KB of a message and hides the rest behind a link, the unsubscribe link with it. What is measured
is the finished HTML part; pictures are attached and do not count. ``[policy]`` ``max_email_kb`` and ``warn_email_kb`` set
other limits.

Bad:

    +++
    [policy]
    max_email_kb = 3
    +++
    Dear members, the winter timetable is here.

Good:

    Dear members, the winter timetable is here.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity

KB = 1024
"""Bytes, as Gmail counts."""


@check("N02", severity=Severity.ERROR, source="Gmail: messages over 102 KB are clipped")
def newsletter_weight(article: Article, context: Context) -> Iterator[Finding]:
    """At most one finding, at the items."""
    weight = context.issue.weight if context.issue else None
    if weight is None:
        return
    policy = context.config.policy
    size = weight / KB
    for limit, severity in ((policy.max_email_kb, Severity.ERROR), (policy.warn_email_kb, Severity.WARNING)):
        if size > limit:
            yield Finding(
                f"the e-mail's HTML has {size:.1f} KB, over the limit of {limit:g}",
                article.metadata.span("items", "title"),
                "Give fewer articles in full: `mode: summary` shows a few lines and a link.",
                severity,
            )
            return
