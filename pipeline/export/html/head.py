"""What a page says of itself: to browsers, search engines and whoever links to it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from pipeline.export.html.addresses import address, asset_address, shown_picture
from pipeline.export.html.assets import ASSETS
from pipeline.export.html.policy import policy, standalone_policy
from pipeline.export.html.structured import structured
from pipeline.model.publication import Chapter, Publication
from pipeline.render.elements import Element, element


def head(publication: Publication, style: Element | None = None) -> list[Element]:
    """The elements for ``<head>``, but for title and style sheets; ``style`` is that of a page that is one file."""
    return list(_head(publication, style))


def _head(publication: Publication, style: Element | None) -> Iterator[Element]:
    first = publication.chapters[0]
    data = structured(publication)
    yield from policy(data) if style is None else standalone_policy(data, style)
    yield element("meta", name="referrer", content="strict-origin-when-cross-origin")
    yield element("meta", name="description", content=first.description)
    yield from (element("meta", name="author", content=each.name) for each in first.authors)
    yield element("meta", name="edition", content=publication.edition)
    yield element("meta", name="theme-color", content=publication.imprint.colour)
    yield element("link", rel="canonical", href=address(publication))
    if publication.imprint.logo:
        logo = publication.pictures[publication.imprint.logo]
        yield element("link", rel="icon", href=ASSETS + quote(logo.path), type=logo.media_type)
    for key, value in _open_graph(publication, first):
        yield element("meta", property=key, content=value)
    yield data
    if style is not None:
        yield style


def _open_graph(publication: Publication, chapter: Chapter) -> Iterator[tuple[str, str]]:
    """The Open Graph protocol's properties of an article."""
    yield "og:type", "article"
    yield "og:title", publication.title
    if chapter.description:
        yield "og:description", chapter.description
    yield "og:url", address(publication)
    yield "og:site_name", publication.imprint.name
    yield "og:locale", publication.language.replace("-", "_")
    yield from _shared_picture(publication, chapter)
    if chapter.published:
        yield "article:published_time", chapter.published.isoformat()
    if chapter.reviewed:
        yield "article:modified_time", chapter.reviewed.isoformat()
    for author in chapter.authors:
        if author.url:
            yield "article:author", author.url
    for topic in chapter.topics:
        yield "article:tag", topic


def _shared_picture(publication: Publication, chapter: Chapter) -> Iterator[tuple[str, str]]:
    found = shown_picture(publication, chapter)
    if found is None:
        return
    picture, description = found
    yield "og:image", asset_address(publication, picture.path)
    yield "og:image:type", picture.media_type
    if picture.width and picture.height:
        yield "og:image:width", str(round(picture.width))
        yield "og:image:height", str(round(picture.height))
    yield "og:image:alt", description
