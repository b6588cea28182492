"""What reading and parsing have found already; the checks of those codes pass it on."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding


def reported(article: Article, code: str) -> Iterator[Finding]:
    """The parser's findings of one code."""
    return (finding for finding in article.findings if finding.code == code)
