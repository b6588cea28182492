"""A file is larger, deeper or more tangled than any article needs.

Such a file is a slip or an attack: YAML aliases that unfold without end, thousands of nested lists. It is refused before it
costs the machine its memory (OWASP: resource exhaustion).

Bad:

    > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > Rest.

Good:

    > > > Rest.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.checks.reported import reported
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity


@check("P06", severity=Severity.ERROR, source="CWE-400")
def over_limit(article: Article, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """What reading and parsing have found."""
    return reported(article, "P06")
