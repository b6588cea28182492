"""A link or picture could harm the reader, or leaves the content folder.

Links are ``http``, ``https``, ``mailto`` or ``tel``, or lead to something in ``content/``; pictures lie in ``content/``. Anything
else (``javascript:``, ``data:``, ``file:``, a remote picture, ``../`` out of the folder) never reaches an output (OWASP
Cross-Site Scripting Prevention; a remote picture tells others who reads). A line end in a ``mailto`` link, anywhere but in the
text of the message, could add a header to it (RFC 6068, section 7).

Bad:

    See [the plan](javascript:alert(1)) and ![a squat](https://example.org/squat.png).

Good:

    See [the plan](https://example.org/plan) and ![Side view of a squat](images/squat.svg).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from pipeline.checks.addresses import is_remote, scheme
from pipeline.checks.context import Context
from pipeline.checks.logo import of_logo
from pipeline.checks.nodes import everywhere
from pipeline.checks.registry import check
from pipeline.checks.reported import reported
from pipeline.errors import PATH_LENGTH, shorten
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity
from pipeline.model.nodes import Image, Link, Span

SAFE = ("http", "https", "mailto", "tel")
_LINE_END = re.compile(r"%0[ad]|[\r\n]", re.IGNORECASE)


@check("L02", severity=Severity.ERROR, source="OWASP Cross-Site Scripting Prevention")
def unsafe_link(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each such address."""
    yield from reported(article, "L02")
    for link in everywhere(article, Link):
        yield from _link(link, article)
    for image in everywhere(article, Image):
        yield from _picture(image.src, image.span, article)
    if article.metadata.cover:
        yield from _picture(article.metadata.cover, article.metadata.span("cover"), article)
    yield from of_logo(context, lambda logo, span: _picture(logo, span, article))


def _link(link: Link, article: Article) -> Iterator[Finding]:
    found = scheme(link.href)
    if found and found not in SAFE:
        yield Finding(
            f"a link with `{found}:`", link.span, f"Links may have {', '.join(f'`{name}:`' for name in SAFE)}."
        )
    elif not found and is_remote(link.href):
        yield Finding(f"the link `{link.href}` has no scheme", link.span, "Write it with `https:` in front.")
    elif found == "mailto" and _adds_headers(link.href):
        yield Finding(
            "a line end in the link to an address of e-mail could add headers to the message",
            link.span,
            "Take `%0D` and `%0A` out of everything but its `body=`.",
        )
    else:
        yield from _outside(link.href, link.span, article)


def _adds_headers(address: str) -> bool:
    """Whether a ``mailto`` link has a line end outside of the message's text, the only field that may have some (RFC 6068, 5)."""
    to, _, fields = html.unescape(address).partition("?")
    others = (field for field in fields.split("&") if not field.lower().startswith("body="))
    return any(_LINE_END.search(part) for part in (to, *others))


def _picture(src: str, span: Span, article: Article) -> Iterator[Finding]:
    if is_remote(src):
        yield Finding(
            "the picture is not in the content folder", span, "Save it below `content/images/`, with its licence."
        )
    else:
        yield from _outside(src, span, article)


def _outside(reference: str, span: Span, article: Article) -> Iterator[Finding]:
    resource = article.resources.get(reference)
    if resource is not None and resource.state == "outside":
        yield Finding(
            f"`{shorten(reference, PATH_LENGTH)}` leads out of the content folder",
            span,
            "Keep what articles use below the content folder.",
        )
