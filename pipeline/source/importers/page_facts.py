"""What a web page says of itself in its head: title, author, dates, language, address."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pipeline.source.importers.dates import find_date
from pipeline.source.importers.draft import Draft
from pipeline.source.importers.html_inlines import visible
from pipeline.source.importers.titles import without_site
from pipeline.source.metadata_form import MAX_DESCRIPTION

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_JSON = 256 * 1024
_DEEPEST = 6
_NOBODY = frozenset({"admin", "administrator", "editor", "staff", "guest", "author", "redaccion", "redacción"})


def read_facts(page: HtmlElement, draft: Draft) -> None:
    """Put what the page's head says into the draft."""
    meta = _meta(page)
    linked = list(_linked_data(page))
    draft.language = (
        draft.language or (page.get("lang") or page.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    )
    draft.site = meta.get("og:site_name", "")
    headings = [visible(heading) for heading in page.iter("h1", "h2")]
    title = meta.get("og:title") or meta.get("twitter:title") or " ".join((page.findtext(".//title") or "").split())
    firsts = [visible(heading) for heading in page.iter("h1")]
    draft.title = firsts[0] if len(firsts) == 1 and firsts[0] else without_site(title, draft.site, headings)
    said = " ".join((meta.get("description") or meta.get("og:description") or "").split())
    draft.description = said if len(said) <= MAX_DESCRIPTION else ""
    for name in (*_names(linked, "author"), *filter(None, [meta.get("author"), meta.get("article:author")])):
        if name.casefold() not in _NOBODY and not name.startswith("http"):
            draft.add_authors([(name, "")])
    for name in _names(linked, "reviewedBy"):
        draft.reviewer = draft.reviewer or name
    published = next(
        (value for entry in linked if isinstance(value := entry.get("datePublished"), str)),
        meta.get("article:published_time") or meta.get("date") or meta.get("dc.date") or "",
    )
    draft.published = find_date(published)[0]
    draft.keywords = [word.strip() for word in (meta.get("keywords") or "").split(",") if word.strip()]


def address_of(page: HtmlElement) -> str:
    """The page's own address on the web; empty where it does not say."""
    for path, attribute in (
        (".//base[@href]", "href"),
        (".//link[@rel='canonical']", "href"),
        (".//meta[@property='og:url']", "content"),
    ):
        found = page.find(path)
        value = (found.get(attribute) or "").strip() if found is not None else ""
        if value.startswith(("https://", "http://")):
            return value
    return ""


def _meta(page: HtmlElement) -> dict[str, str]:
    """The page's ``meta`` elements by name, the first of each."""
    found: dict[str, str] = {}
    for element in page.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        value = (element.get("content") or "").strip()
        if name and value:
            found.setdefault(name, value)
    return found


def _linked_data(page: HtmlElement) -> Iterator[dict[str, Any]]:
    """The entries of schema.org that the page has as JSON-LD."""
    for script in page.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json" or len(script.text or "") > _MOST_JSON:
            continue
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        yield from _entries(data, 0)


def _entries(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for item in data:
            yield from _entries(item, depth + 1)
    elif isinstance(data, dict):
        if "headline" in data or "datePublished" in data or "author" in data:
            yield data
        yield from _entries(data.get("@graph"), depth + 1)
        yield from _entries(data.get("mainEntity"), depth + 1)


def _names(entries: list[dict[str, Any]], key: str) -> list[str]:
    found = []
    for entry in entries:
        people = entry.get(key)
        for person in people if isinstance(people, list) else [people]:
            name = person.get("name") if isinstance(person, dict) else person
            if isinstance(name, str) and name.strip():
                found.append(" ".join(name.split()))
    return list(dict.fromkeys(found))
