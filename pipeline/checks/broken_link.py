"""A link, picture or footnote mark leads to nothing.

Looked up are anchors (as GitHub makes them), articles (``slug.md``, ``slug.md#anchor``), ``related`` slugs, pictures, the cover
and other local files, footnotes and ``[text][label]`` links. Addresses on the web are not called. The articles that a
newsletter holds must be there, published, and free of errors.

Bad:

    See [how to row](rowing.md) and [the warm-up](#warmup).

    ## Warm-up

    Walk for five minutes.

Good:

    See [how to squat](squat.md) and [the warm-up](#warm-up).

    ## Warm-up

    Walk for five minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from pipeline.checks.addresses import article_slug, is_local, split_address
from pipeline.checks.context import Context
from pipeline.checks.logo import of_logo
from pipeline.checks.nodes import everywhere
from pipeline.checks.registry import check
from pipeline.checks.reported import reported
from pipeline.errors import PATH_LENGTH, did_you_mean, shorten
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity
from pipeline.model.nodes import Heading, Image, Link, Span

MOST_HINTS = 20
"""Wrong references of an article of which it is said what may be meant."""


@check("L01", severity=Severity.ERROR, source="WCAG 2.4.4")
def broken_link(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each reference that does not resolve, and what the parser found."""
    yield from reported(article, "L01")
    references = _References(article, context)
    for link in everywhere(article, Link):
        if is_local(link.href):
            yield from references.link(link)
    for image in everywhere(article, Image):
        yield from _file(image.src, image.span, article, "picture")
    if article.metadata.cover:
        yield from _file(article.metadata.cover, article.metadata.span("cover"), article, "cover")
    yield from of_logo(context, lambda logo, span: _file(logo, span, article, "logo"))
    for number, slug in enumerate(article.metadata.related):
        span = article.metadata.span(f"related.{number}", "related")
        yield from references.article(slug, "", span)
    for item in context.issue.newsletter.items if context.issue else ():
        yield from references.article(item.article, "", item.span)
        if context.issue and item.article in context.issue.unsound:
            message = f"the article `{item.article}` {context.issue.unsound[item.article]}"
            yield Finding(
                message, item.span, f"Mend it first: `pipeline check` shows what is wrong with `{item.article}.md`."
            )


class _References:
    """Looks up where references lead."""

    def __init__(self, article: Article, context: Context) -> None:
        self._article = article
        self._entries = context.library.entries
        self._reasons = context.library.reasons
        self._mailed = context.issue is not None
        self._anchors = frozenset(heading.id for heading in everywhere(article, Heading))
        self._hints = MOST_HINTS

    def link(self, link: Link) -> Iterator[Finding]:
        path, anchor = split_address(link.href)
        slug = article_slug(path)
        if slug:
            yield from self.article(slug, anchor, link.span)
        elif path:
            yield from _file(link.href, link.span, self._article, "file")
        elif unquote(anchor) not in self._anchors:
            yield self._no_anchor(anchor, self._anchors, link.span, "this article")

    def article(self, slug: str, anchor: str, span: Span) -> Iterator[Finding]:
        entry = self._entries.get(slug)
        if entry is None:
            mend = self._near(slug, self._entries) or "Name an article by its file: `slug.md`."
            yield Finding(f"there is no article `{shorten(slug, PATH_LENGTH)}`", span, mend)
        elif entry.status == "withdrawn" or (entry.status == "draft" and self._article.metadata.status == "ready"):
            reason = self._reasons.get(slug, "") if entry.status == "withdrawn" else ""
            state = "has been withdrawn" if entry.status == "withdrawn" else "is a draft, and is not published"
            mend = "Take the link away, or point to another article."
            message = f"the article `{slug}` {state}{f': {reason}' if reason else ''}"
            yield Finding(message, span, mend, Severity.WARNING if reason and not self._mailed else None)
        elif anchor and unquote(anchor) not in entry.anchors:
            yield self._no_anchor(anchor, entry.anchors, span, f"`{slug}.md`")

    def _no_anchor(self, anchor: str, anchors: Iterable[str], span: Span, where: str) -> Finding:
        mend = self._near(unquote(anchor), anchors) or "Anchors are made from headings, as GitHub does it."
        return Finding(f"no heading of {where} has the anchor `#{anchor}`", span, mend)

    def _near(self, name: str, known: Iterable[str]) -> str:
        """What was meant; said of the first wrong names only, since each is compared with all that are known."""
        self._hints -= 1
        return did_you_mean(name, known) if self._hints >= 0 else ""


def _file(reference: str, span: Span, article: Article, what: str) -> Iterator[Finding]:
    resource = article.resources.get(reference)
    if resource is not None and resource.state == "missing":
        yield Finding(
            f"the {what} `{shorten(unquote(reference), PATH_LENGTH)}` does not exist",
            span,
            "Paths are relative to the content folder.",
        )
