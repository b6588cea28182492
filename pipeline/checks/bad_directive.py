"""A disclaimer directive that cannot be read: ``:::disclaimer KIND`` … ``:::``.

Safety text that is lost to a slip of the keyboard protects nobody. The directive has one kind that exists, stands at the left
margin, is closed, and lies in no list, quotation or other directive.

Bad:

    :::disclaimer clearence
    :::

Good:

    :::disclaimer clearance
    :::
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.checks.reported import reported
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity


@check("P05", severity=Severity.ERROR, source="house rule")
def bad_directive(article: Article, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """What parsing has found."""
    return reported(article, "P05")
