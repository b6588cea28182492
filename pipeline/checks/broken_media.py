"""A picture cannot be used: damaged, of another kind than its name says, or too large.

It would leave a hole in the page, or stop the export. The file is opened and read, whatever its name says.

Bad:

    ![Side view of a squat](images/damaged.png)

Good:

    ![Side view of a squat](images/squat.svg)
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.logo import of_logo
from pipeline.checks.nodes import everywhere
from pipeline.checks.registry import check
from pipeline.checks.reported import reported
from pipeline.errors import PATH_LENGTH, shorten
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity
from pipeline.model.nodes import Image, Link, Span

WORDS = {
    "damaged": "cannot be used",
    "wrong-kind": "is not what its name says",
    "too-large": "is too large",
}


@check("L04", severity=Severity.ERROR, source="EPUB 3.3, 3.2 (core media types)")
def broken_media(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each place where such a file is shown or linked."""
    yield from reported(article, "L04")
    references: list[tuple[str, Span]] = [(image.src, image.span) for image in everywhere(article, Image)]
    references += [(link.href, link.span) for link in everywhere(article, Link)]
    if article.metadata.cover:
        references.append((article.metadata.cover, article.metadata.span("cover")))
    for reference, span in references:
        yield from _unusable(reference, span, article)
    yield from of_logo(context, lambda logo, span: _unusable(logo, span, article))


def _unusable(reference: str, span: Span, article: Article) -> Iterator[Finding]:
    resource = article.resources.get(reference)
    if resource is not None and resource.state in WORDS:
        detail = f": {resource.detail}" if resource.detail else ""
        message = f"`{shorten(reference, PATH_LENGTH)}` {WORDS[resource.state]}{detail}"
        yield Finding(message, span, "Save the picture again, as PNG, JPEG, WebP, GIF or SVG.")
