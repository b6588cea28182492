"""A newsletter as a web page: what its e-mail's link to a browser leads to."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, unquote

from pipeline.export.html.assets import ASSETS, look, pictures, stylesheet_url
from pipeline.export.html.policy import policy
from pipeline.model.proof import OutputFile
from pipeline.model.publication import Issue, Publication
from pipeline.render.document import page
from pipeline.render.elements import Element, element
from pipeline.render.newsletter import newsletter_tree

FOLDER = "newsletters"
"""Below ``build/``; each issue has a folder of its own in it, and all share what lies in its ``assets/``."""
UP = "../"
STYLE = "newsletter-screen.css"


def newsletter_page(publication: Publication, issue: Issue) -> list[OutputFile]:
    """The page first, then what it needs beside it: style sheet, fonts, pictures. Raises ExportError."""
    tree = newsletter_tree(publication, issue, "screen", pictures_at=UP + ASSETS)
    shown = {unquote(image.get("src", "")).removeprefix(UP + ASSETS) for image in tree.iter("img")}
    shown.add(publication.imprint.logo)
    used = [picture for path, picture in publication.pictures.items() if path in shown]
    data = page(
        publication,
        [tree],
        "screen",
        stylesheets=[UP + stylesheet_url(publication.theme)],
        title=f"{publication.title} · {issue.subject}",
        head=list(_head(publication, issue)),
    )
    main = OutputFile(f"{FOLDER}/{publication.slug}/index.html", "text/html", data)
    assets = look(publication.theme, publication.imprint.colour, FOLDER, (STYLE,))
    return [main, *assets, *pictures(used, FOLDER)]


def _head(publication: Publication, issue: Issue) -> Iterator[Element]:
    yield from policy()
    yield element("meta", name="referrer", content="strict-origin-when-cross-origin")
    yield element("meta", name="description", content=issue.preheader)
    yield element("meta", name="edition", content=publication.edition)
    yield element("meta", name="theme-color", content=publication.imprint.colour)
    url = f"{publication.imprint.url.rstrip('/')}/{FOLDER}/{publication.slug}/"
    yield element("link", rel="canonical", href=url)
    if publication.imprint.logo in publication.pictures:
        logo = publication.pictures[publication.imprint.logo]
        yield element("link", rel="icon", href=UP + ASSETS + quote(logo.path), type=logo.media_type)
