"""The metadata lacks a required key, or one has the wrong form.

Who wrote it, for whom and when is what lets readers judge a health text (NHS Standard for Creating Health Content 1).
Required are title, description, profile, authors and published; every mistake is reported at once, each at its line. An
unknown key, an impossible date and YAML that cannot be read are mistakes too.

Bad:

    ---
    published: 2026-02-30
    pubished: 2026-02-28
    ---
    Yes, a little.

Good:

    ---
    published: 2026-02-28
    ---
    Yes, a little.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.checks.reported import reported
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity


@check("M01", severity=Severity.ERROR, source="NHS Standard for Creating Health Content 1")
def incomplete_metadata(article: Article, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """What reading the metadata has found."""
    return reported(article, "M01")
