"""The review is too old, its next date has passed, or it lies in the future.

Advice ages: a review holds for 36 months (``[policy]`` ``review_months``) or until the date that it names (NHS Standard for
Creating Health Content; DISCERN 5). Dates are judged against today, or ``--as-of``.

Bad:

    ---
    reviewed: 2019-05-01
    ---
    Yes, a little.

Good:

    ---
    reviewed: 2026-05-01
    next_review: 2027-05-01
    ---
    Yes, a little.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.model.article import Article, ArticleMetadata
from pipeline.model.diagnostic import Finding, Severity


@check("M04", severity=Severity.ERROR, source="NHS Standard for Creating Health Content; DISCERN 5")
def review_overdue(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each date that is wrong."""
    metadata, today = article.metadata, context.as_of
    months = context.config.policy.review_months
    if metadata.reviewed is not None and metadata.reviewed > today:
        message = f"reviewed on {metadata.reviewed}, which is in the future"
        yield Finding(message, metadata.span("reviewed"), "Correct the date.")
    elif metadata.reviewed is not None and _later(metadata.reviewed, months) < today:
        yield Finding(
            f"reviewed on {metadata.reviewed}, more than {months} {'month' if months == 1 else 'months'} ago",
            metadata.span("reviewed"),
            "Have it reviewed again, then set `reviewed` and `next_review`.",
        )
    if metadata.next_review is not None and metadata.next_review < today:
        yield Finding(
            f"the next review was due on {metadata.next_review}",
            metadata.span("next_review"),
            "Have it reviewed again, then set `reviewed` and `next_review`.",
        )


def review_due(metadata: ArticleMetadata, months: int) -> date | None:
    """The last day on which the review of an article holds that is to be repeated every so many months.

    The day that it names, or the one on which the review grows too old if that comes first; None where it gives neither.
    """
    days = [metadata.next_review, metadata.reviewed and _later(metadata.reviewed, months)]
    return min((day for day in days if day), default=None)


def turning_days(metadata: ArticleMetadata, months: int) -> tuple[date, ...]:
    """The days from which on this check says something else of an article than on the day before."""
    last = [metadata.next_review, metadata.reviewed and _later(metadata.reviewed, months)]
    after = [day + timedelta(1) for day in last if day and day < date.max]
    return tuple(after) if metadata.reviewed is None else (metadata.reviewed, *after)


def _later(day: date, months: int) -> date:
    """The day so many months later, or the last of that month."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    if year > date.max.year:
        return date.max
    return date(year, month, min(day.day, monthrange(year, month)[1]))
