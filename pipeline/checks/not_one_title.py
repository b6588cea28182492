"""A heading of level 1 stands in the text, though the title is already the page's only one.

The metadata's title becomes the one heading of level 1 of every output. A second one leaves readers who move by headings
with two starts (Matterhorn Protocol 14-002; WCAG 2.2, 1.3.1). ``--fix`` makes it a heading of level 2.

Bad:

    # Do hip thrusts strengthen the lower back?

    Yes, a little.

Good:

    ## Do hip thrusts strengthen the lower back?

    Yes, a little.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.heading_edits import relevel
from pipeline.checks.nodes import in_body
from pipeline.checks.registry import check
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity
from pipeline.model.lines import line_index
from pipeline.model.nodes import Heading


@check("S02", severity=Severity.ERROR, source="Matterhorn Protocol 14-002; WCAG 1.3.1", fixable=True)
def not_one_title(article: Article, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """One finding for each heading of level 1 in the text."""
    for heading in in_body(article, Heading):
        if heading.level == 1:
            edit = relevel(article.source, line_index(article.source), heading, 2)
            yield Finding(
                "a heading of level 1 in the text; the title is the only one",
                heading.span,
                "Make it `##`, or delete it where it repeats the title.",
                edits=(edit,) if edit else (),
            )
