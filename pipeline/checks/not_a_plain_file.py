"""What is named like an article is no plain file of the content folder.

A folder, pipe or device cannot be read as text, and a link that leaves the folder would publish a file that was never meant to
be (CWE-59).

Bad:

    link: articles/squat-two.md -> ../../outside.md

Good:

    file: articles/squat-two.md

    Yes, a little.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.checks.reported import reported
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity


@check("P07", severity=Severity.ERROR, source="CWE-59")
def not_a_plain_file(article: Article, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """What finding and reading the article have found."""
    return reported(article, "P07")
