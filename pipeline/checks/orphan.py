"""A footnote, picture or article that nothing uses.

A footnote without a mark is never read; a picture that no text shows and an article that nothing links to are forgotten or
broken by an edit. Pictures and articles are looked at only when the whole content tree is checked.

Bad:

    Yes, a little.

    [^neto]: Neto and others, 2019.

Good:

    Yes, a little.[^neto]

    [^neto]: Neto and others, 2019.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.model.article import Article, Library
from pipeline.model.diagnostic import Finding, Severity


@check("L03", severity=Severity.WARNING, source="Chicago Manual of Style 14.24")
def orphan(article: Article, _context: Context) -> Iterator[Finding]:
    """One finding for each footnote without a mark; articles and pictures are looked at once all articles are known."""
    for footnote in article.footnotes:
        if footnote.number == 0:
            yield Finding(
                f"no mark in the text leads to the footnote `{footnote.label}`",
                footnote.span,
                f"Write `[^{footnote.label}]` where it belongs, or delete it.",
            )


def unused(article: Article, library: Library) -> Iterator[Finding]:
    """One finding for an article that nothing links to, and for each picture that nothing shows; in a whole tree alone."""
    if not library.whole:
        return
    if len(library.entries) > 1 and article.slug not in library.referenced and article.metadata.status == "ready":
        yield Finding(
            "no other article, book or newsletter links to this article",
            article.metadata.span("title"),
            "Name it under `related` where it fits.",
        )
    for picture in library.unused_pictures:
        yield Finding("no article, book or newsletter shows this picture", path=picture, help="Use it, or delete it.")
