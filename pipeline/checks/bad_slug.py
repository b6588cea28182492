"""An article's file name is no slug, or another article has the same.

The slug is the name of every output and the article's address: small letters, digits and hyphens, starting with a letter or
digit. Two that differ only by case would overwrite one another on many disks.

Bad:

    file: articles/My Squat.md

    Yes, a little.

Good:

    file: articles/my-squat.md

    Yes, a little.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.checks.reported import reported
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity


@check("P04", severity=Severity.ERROR, source="house rule")
def bad_slug(article: Article, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """What finding the article has found."""
    return reported(article, "P04")
