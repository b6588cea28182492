"""The text is not UTF-8, or holds characters that nobody sees.

Bytes in another encoding turn into other letters. NUL and other control characters break outputs, and marks that turn the
direction of writing can make a text read as something else than it says (Trojan Source, CVE-2021-42574). U+FFFD stands where a
program has lost a character; private-use characters and noncharacters are boxes wherever they are shown.

Bad:

    Rest for 3<U+202E> days.

Good:

    Rest for 3 days – no more.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.checks.reported import reported
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity


@check("P03", severity=Severity.ERROR, source="Trojan Source, CVE-2021-42574")
def bad_encoding(article: Article, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """What reading has found."""
    return reported(article, "P03")
