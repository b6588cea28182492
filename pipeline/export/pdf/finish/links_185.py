"""One Link for one anchor, whatever it holds, with a description that can be spoken.

WeasyPrint writes a link for each element inside an anchor, and describes each by its raw address.
https://github.com/Kozea/WeasyPrint/issues/185
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from pipeline.export.pdf.finish.tree import Annotation, Tag


def describe(tags: Iterable[Tag], string: Any) -> None:
    """Set every link's ``/Contents`` (ISO 14289-1, 7.18.5): its label or words, and the site that it leads to."""
    for tag in tags:
        if tag.role != "Link":
            continue
        words = string(spoken(tag))
        for kid in tag.kids:
            if isinstance(kid, Annotation):
                kid.dictionary["Contents"] = words


def spoken(link: Tag) -> str:
    """What a screen reader says of a link."""
    words = link.get("aria-label") or " ".join(_words(link.element).split())
    site = _site(link.get("href"))
    if site and site not in words:
        return f"{words} ({site})" if words else site
    return words or link.get("href")


def _words(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag == "img":
            parts.append(str(child.get("alt") or ""))
        elif isinstance(child.tag, str):
            parts.append(_words(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _site(href: str) -> str:
    """Host of a web address, or what a mail or telephone link leads to; empty for a place in the document."""
    scheme, _, rest = href.partition(":")
    if scheme in {"mailto", "tel"}:
        return rest.partition("?")[0]
    if scheme in {"http", "https"}:
        return (urlsplit(href).hostname or "").removeprefix("www.")
    return ""
