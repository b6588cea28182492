"""An article that needs a professional's review has none, or the reviewer's credentials are missing.

Articles on conditions and supplements are reviewed by somebody who is qualified, on a date that is given (NHS Standard for
Creating Health Content 2). A reviewer is named with credentials in every article type.

Bad:

    ---
    profile: condition
    reviewer: null
    reviewed: null
    ---
    Low back pain is common.

Good:

    ---
    profile: condition
    reviewer:
      name: Tom Ashworth
      credentials: HCPC-registered physiotherapist
    reviewed: 2026-03-05
    ---
    Low back pain is common.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity


@check("M03", severity=Severity.ERROR, source="NHS Standard for Creating Health Content 2")
def not_reviewed(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each part of the review record that is missing."""
    metadata, reviewer = article.metadata, article.metadata.reviewer
    required = context.profile is not None and context.profile.reviewer_required
    kind = context.profile.name if context.profile else ""
    if reviewer is None and required and not _reported(article, "reviewer"):
        yield Finding(
            f"a {kind} article needs a reviewer with credentials",
            metadata.span("reviewer"),
            "Add `reviewer:` with `name` and `credentials`.",
        )
    if reviewer is not None and not reviewer.credentials.strip() and not _reported(article, "reviewer.credentials"):
        yield Finding(
            "the reviewer has no credentials",
            metadata.span("reviewer.credentials", "reviewer.name", "reviewer"),
            "Add `credentials:` below the reviewer's name.",
        )
    if required and metadata.reviewed is None and not _reported(article, "reviewed"):
        yield Finding(
            f"a {kind} article needs the date of its review",
            metadata.span("reviewed", "reviewer"),
            "Add `reviewed:` with the day, such as 2026-03-31.",
        )


def _reported(article: Article, key: str) -> bool:
    """Whether the key is there and wrong, which M01 has said already."""
    span = article.metadata.spans.get(key)
    return span is not None and any(
        finding.code == "M01" and span.line <= finding.span.line <= span.end_line for finding in article.findings
    )
