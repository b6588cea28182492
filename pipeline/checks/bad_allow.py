"""An ``allow`` in the metadata, or a severity in ``publisher.toml``, that does not hold.

A finding may be silenced only with a reason that the next editor can read. A code that does not exist silences nothing, and
an ``allow`` that no finding needs any more hides the next one: that is a warning.

Bad:

    ---
    allow:
      S99: it looks fine
      S07: ""
    ---
    Yes, a little.

Good:

    ---
    authors:
      - name: Sam Doe
    allow:
      M02: a member's own story, marked as such
    ---
    Yes, a little.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pipeline.checks.context import Context
from pipeline.checks.registry import check, checks
from pipeline.checks.reported import reported
from pipeline.errors import did_you_mean
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity
from pipeline.model.nodes import Span


@check("P01", severity=Severity.ERROR, source="house rule")
def bad_allow(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each code that does not exist or has no reason; unused ones are found once all checks have run."""
    yield from reported(article, "P01")
    known = checks()
    for code, reason in article.metadata.allow.items():
        span = article.metadata.span(f"allow.{code}", "allow")
        if code not in known:
            mend = did_you_mean(code, known) or "`pipeline rules` lists the codes."
            yield Finding(f"`allow` names `{code}`, and there is no such check", span, mend)
        elif not reason.strip():
            yield Finding(f"`allow` gives no reason for {code}", span, "Write after the code why it is right here.")
    for code in context.config.policy.severity:
        if code not in known:
            line = context.config.lines.get(f"policy.severity.{code}", 1)
            mend = did_you_mean(code, known) or "`pipeline rules` lists the codes."
            message = f"[policy.severity] names `{code}`, and there is no such check"
            yield Finding(message, Span(line, 1, line, 1), mend, path=context.config.path)
    for code in context.profile.severity if context.profile else ():
        if not any(each.startswith(code) for each in known):
            mend = did_you_mean(code, known) or "`pipeline rules` lists the codes."
            message = f"the severities of the type {article.metadata.profile} name `{code}`, and there is no such check"
            yield Finding(message, article.metadata.span("profile"), mend)


def unused_allows(article: Article, used: Collection[str], judged: Collection[str]) -> Iterator[Finding]:
    """One finding for each reasoned ``allow`` of a check among ``judged`` that silenced nothing."""
    for code, reason in article.metadata.allow.items():
        if code in judged and code not in used and reason.strip():
            yield Finding(
                f"`allow` for {code} silences nothing",
                article.metadata.span(f"allow.{code}", "allow"),
                "Delete it, so that it does not hide the next finding.",
                Severity.WARNING,
            )
