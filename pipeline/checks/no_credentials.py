"""An author has no credentials, and nothing says that a lay person wrote the text.

Readers judge advice by who gives it (HONcode 1, authority). ``credentials: lay author`` is the statement for authors
without training.

Bad:

    ---
    authors:
      - name: Sam Doe
    ---
    Yes, a little.

Good:

    ---
    authors:
      - name: Sam Doe
        credentials: lay author
    ---
    Yes, a little.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity


@check("M02", severity=Severity.WARNING, source="HONcode 1")
def no_credentials(article: Article, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """One finding for each author."""
    for number, author in enumerate(article.metadata.authors):
        if author.name and not author.credentials.strip():
            yield Finding(
                f"nothing says what {author.name} knows of the subject",
                article.metadata.span(f"authors.{number}.credentials", f"authors.{number}.name", "authors"),
                "Add `credentials:`, or `credentials: lay author`.",
            )
