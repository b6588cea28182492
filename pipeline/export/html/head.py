"""What a page says of itself: to browsers, search engines and whoever links to it."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from pipeline.export.html.assets import ASSETS
from pipeline.model.article import Person
from pipeline.model.publication import Chapter, Publication
from pipeline.render.elements import Element, element


def policy(*blocks: Element) -> Element:
    """Content-Security-Policy (level 3): nothing runs, nothing is embedded, sent or fetched by a script.

    ``blocks`` are the page's own data blocks, allowed by their hash; ``file:`` is for pages that are opened from a folder,
    which some browsers give no origin. Styles and pictures have no directive, and so no ``default-src`` stands before them:
    the Nu checker cannot resolve relative addresses and calls each one blocked, even by ``*``. The pages refer to their own
    files alone, which the proof of the finished page looks after.
    """
    hashes = " ".join(f"'sha256-{b64encode(sha256((each.text or '').encode()).digest()).decode()}'" for each in blocks)
    nothing = ("connect", "object", "frame", "child", "worker", "media", "manifest")
    rules = (
        f"script-src {hashes or repr('none')}",
        "font-src 'self' file:",
        *(f"{what}-src 'none'" for what in nothing),
        "base-uri 'none'",
        "form-action 'none'",
    )
    return element("meta", http_equiv="Content-Security-Policy", content="; ".join(rules))


MEDICAL = frozenset({"condition", "supplement"})
"""Profiles whose pages are schema.org's MedicalWebPage; the others are an Article on fitness."""


def head(publication: Publication) -> list[Element]:
    """The elements for ``<head>``, but for title and style sheets."""
    return list(_head(publication))


def address(publication: Publication, path: str = "") -> str:
    """Where the publisher's site has a file; the page itself when no path is given."""
    return f"{publication.imprint.url.rstrip('/')}/{quote(path or f'{publication.slug}.html')}"


def _head(publication: Publication) -> Iterator[Element]:
    first = publication.chapters[0]
    data = _structured(publication, first)
    yield policy(data)
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


def _open_graph(publication: Publication, chapter: Chapter) -> Iterator[tuple[str, str]]:
    yield "og:type", "article"
    yield "og:title", publication.title
    if chapter.description:
        yield "og:description", chapter.description
    yield "og:url", address(publication)
    yield "og:site_name", publication.imprint.name
    yield "og:locale", publication.language.replace("-", "_")
    if chapter.cover:
        yield "og:image", address(publication, ASSETS + chapter.cover)
    if chapter.published:
        yield "article:published_time", chapter.published.isoformat()
    if chapter.reviewed:
        yield "article:modified_time", chapter.reviewed.isoformat()
    for topic in chapter.topics:
        yield "article:tag", topic


def _structured(publication: Publication, chapter: Chapter) -> Element:
    """JSON-LD of schema.org; a data block, which the policy lets stand since nothing in it runs."""
    text = json.dumps(_page(publication, chapter), ensure_ascii=False, sort_keys=True)
    # HTML 13.1.2.2: a script's text ends at "</"; JSON may write any character as an escape.
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return element("script", safe, type="application/ld+json")


def _page(publication: Publication, chapter: Chapter) -> dict[str, Any]:
    imprint = publication.imprint
    publisher: dict[str, Any] = {"@type": "Organization", "name": imprint.name, "url": imprint.url}
    if "@" in imprint.contact:
        publisher["email"] = imprint.contact
    if imprint.postal_address:
        publisher["address"] = imprint.postal_address
    if imprint.logo:
        publisher["logo"] = address(publication, ASSETS + imprint.logo)
    article = {
        "@type": "Article",
        "headline": publication.title,
        "description": chapter.description,
        "inLanguage": publication.language,
        "author": [_person(each) for each in chapter.authors],
        "publisher": publisher,
        "datePublished": _day(chapter.published),
        "dateModified": _day(chapter.reviewed or chapter.published),
        "keywords": list(chapter.keywords),
        "about": [{"@type": "Thing", "name": topic} for topic in chapter.topics],
        "image": address(publication, ASSETS + chapter.cover) if chapter.cover else None,
        "version": publication.edition,
    }
    whole = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage" if chapter.profile in MEDICAL else "WebPage",
        "@id": address(publication),
        "url": address(publication),
        "name": publication.title,
        "description": chapter.description,
        "inLanguage": publication.language,
        "lastReviewed": _day(chapter.reviewed),
        "reviewedBy": _person(chapter.reviewer) if chapter.reviewer else None,
        "publisher": publisher,
        "mainEntity": _without_gaps(article),
    }
    return _without_gaps(whole)


def _person(person: Person) -> dict[str, Any]:
    return _without_gaps({"@type": "Person", "name": person.name, "description": person.credentials, "url": person.url})


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _without_gaps(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, "", [])}
