"""HTML stands in the text: tags, comments, CDATA, processing instructions.

The model has no place for it, so it would silently be left out of every output, and with it whatever it was to say (OWASP
Cross-Site Scripting Prevention). Markdown does all that an article needs; HTML that is shown as text goes into a code span.

Bad:

    Keep your back <b>straight</b>.

    <!-- Stop if it hurts. -->

Good:

    Keep your back **straight**; `<b>` is a tag, and 3 < 5.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.checks.reported import reported
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity


@check("P02", severity=Severity.ERROR, source="OWASP Cross-Site Scripting Prevention")
def raw_html(article: Article, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """What parsing has found."""
    return reported(article, "P02")
