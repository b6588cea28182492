"""The subject or preheader makes a claim that an article may not make.

They are all that most people read of a newsletter, and a subject may not mislead about what is inside (CAN-SPAM, 15 U.S.C.
7704(a)(2)). Every check of claims (C) reads both; ``pipeline explain`` on the code in the message says why.

Bad:

    ---
    subject: Squats cure back pain, guaranteed
    ---
    Dear members, the winter timetable is here.

Good:

    ---
    subject: Do squats help a sore back?
    ---
    Dear members, the winter timetable is here.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.registry import check, checks
from pipeline.model.article import Article, ArticleMetadata
from pipeline.model.diagnostic import Finding, Severity
from pipeline.model.nodes import Paragraph, Text


@check("N03", severity=Severity.ERROR, source="CAN-SPAM, 15 U.S.C. 7704(a)(2)")
def subject_claims(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each claim in either."""
    if context.issue is None:
        return
    newsletter = context.issue.newsletter
    claims = [
        one for code, one in checks().items() if code.startswith("C") and context.severity(code) is not Severity.OFF
    ]
    for key, words in (("subject", newsletter.subject), ("preheader", newsletter.preheader)):
        line = _line(words, article)
        for one in claims:
            for finding in one.run(line, context):
                yield Finding(f"the {key}: {finding.message} ({one.code})", article.metadata.span(key), finding.help)


def _line(words: str, article: Article) -> Article:
    """The words as the whole text of an article."""
    metadata = ArticleMetadata(language=article.language, profile=article.metadata.profile)
    return Article(article.path, article.slug, words, metadata, (Paragraph((Text(words),)),) if words else ())
