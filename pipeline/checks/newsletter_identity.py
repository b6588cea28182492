"""A newsletter does not say who sends it, from where, or how to leave the list.

A message that advertises must give a valid postal address and a clear way to opt out (CAN-SPAM, 15 U.S.C. 7704(a)(3) and
(5)), and mail programs show a button for it when the message offers one-click unsubscribing at an ``https`` address that
tells readers apart (RFC 8058, section 3.1). All three are in ``publisher.toml``; without ``from``, the ``contact`` is the
sender where it is an address of e-mail.

Bad:

    +++
    [publisher]
    contact = "01632 960001"
    +++
    Dear members, the winter timetable is here.

Good:

    +++
    [publisher]
    postal_address = "12 Mill Lane, Leeds LS1 4AB, UK"
    [newsletter]
    from = "Northside Strength <news@northside.example>"
    unsubscribe = "https://northside.example/unsubscribe?address={{email}}"
    +++
    Dear members, the winter timetable is here.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.config import Config
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity
from pipeline.model.merge_fields import ADDRESS

UNSUBSCRIBE = f'unsubscribe = "https://…?address={ADDRESS}"'


@check("N01", severity=Severity.ERROR, source="CAN-SPAM, 15 U.S.C. 7704(a); RFC 8058, 3.1")
def newsletter_identity(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each thing that is missing, at the newsletter's title."""
    if context.issue is None:
        return
    for message, mend in _missing(context.config):
        yield Finding(message, article.metadata.span("title"), mend)


def _missing(config: Config) -> Iterator[tuple[str, str]]:
    path = config.path
    if not config.postal_address:
        mend = f'Add `postal_address = "…"` below `[publisher]` in {path}.'
        yield "the newsletter gives no postal address of its sender", mend
    if not config.sender:
        mend = f'Add `from = "Name <name@example.com>"` below `[newsletter]` in {path}.'
        yield "the newsletter has no sender", mend
    unsubscribe = config.mailing.unsubscribe
    if not unsubscribe:
        yield "the newsletter has no unsubscribe link", f"Add `{UNSUBSCRIBE}` below `[newsletter]` in {path}."
    elif not unsubscribe.lower().startswith("https://"):
        yield (
            "the unsubscribe link is not https, so mail programs cannot offer it",
            f"Start it with https:// in {path}.",
        )
    elif ADDRESS not in unsubscribe:
        message = f"the unsubscribe link is the same for all readers, since it has no {ADDRESS}"
        yield message, f"Write it as `{UNSUBSCRIBE}` in {path}."
