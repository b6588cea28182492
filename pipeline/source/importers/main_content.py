"""The part of a web page that is the article: what the page itself marks as such, else what readability finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.source.importers.furniture import class_kind

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MARKED = (
    ".//*[@itemprop='articleBody']",
    ".//article",
    ".//main",
    ".//*[@role='main']",
)
"""How a page says where its article is, from the narrowest way."""
_CLASSES = (
    "entry-content",
    "post-content",
    "article-content",
    "article-body",
    "article__body",
    "post-body",
    "blog-post",
    "single-content",
    "story-body",
    "page-content",
    "mw-parser-output",
    "markdown-body",
)
_OUTSIDE = frozenset({"nav", "header", "footer", "aside", "form", "script", "style", "noscript", "template"})
_TEXT = frozenset({"p", "li", "td", "blockquote", "pre", "dd", "h2", "h3", "h4"})
_ENOUGH = 0.5
"""Share of the page's running words that the article must have; the rest is comments, teasers, menus."""
_SENTENCE = 8
_NEARLY_ALL = 0.8
_MARK = "data-import-place"


def find_article(page: HtmlElement) -> HtmlElement:
    """The element that holds the article, or the whole body where nothing tells it."""
    body = page.find(".//body")
    body = page if body is None else body
    whole = _weight(body)
    if whole == 0:
        return body
    best: HtmlElement | None = None
    for path in MARKED:
        found = [element for element in body.iterfind(path) if class_kind(_names(element)) in {"", "sidebar"}]
        best = max(found, key=_weight, default=None)
        if best is not None and _weight(best) >= _ENOUGH * whole:
            return best
    classed = [
        element
        for element in body.iter()
        if isinstance(element.tag, str) and set(_names(element).split()) & set(_CLASSES)
    ]
    best = max(classed, key=_weight, default=None)
    if best is not None and _weight(best) >= _ENOUGH * whole:
        return best
    return _readable(page, body)


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _weight(element: HtmlElement) -> int:
    """Words of running text in an element, outside of navigation and of what is named as furniture."""
    return sum(len((text or "").split()) for text in _running_text(element))


def _running_text(element: HtmlElement) -> Iterator[str | None]:
    stack: list[tuple[HtmlElement, bool]] = [(element, False)]
    while stack:
        here, inside = stack.pop()
        if not isinstance(here.tag, str):
            continue
        inside = inside or here.tag in _TEXT
        if inside or _is_sentence(here.text):
            yield here.text
        for child in here:
            if inside or _is_sentence(child.tail):
                yield child.tail
            if isinstance(child.tag, str) and child.tag not in _OUTSIDE and not class_kind(_names(child)):
                stack.append((child, inside))


def _is_sentence(text: str | None) -> bool:
    """Whether bare text in any element is long enough to be running text."""
    return text is not None and len(text.split()) >= _SENTENCE


def _readable(page: HtmlElement, body: HtmlElement) -> HtmlElement:
    """The smallest element that holds all that readability takes for the article."""
    from lxml import etree, html
    from readability import Document
    from readability.readability import Unparseable

    places = {
        str(number): element for number, element in enumerate(body.iterdescendants()) if isinstance(element.tag, str)
    }
    for number, element in places.items():
        element.set(_MARK, number)
    try:
        summary = Document(html.tostring(page, encoding="unicode")).summary(html_partial=True)
        kept = html.fromstring(summary).xpath(f"//*[@{_MARK}]/@{_MARK}")
    except (Unparseable, etree.LxmlError, ValueError, KeyError, IndexError, AttributeError, TypeError):
        kept = []
    finally:
        for element in places.values():
            element.attrib.pop(_MARK, None)
    found = _common([places[number] for number in kept if number in places])
    chosen = found if found is not None and _weight(found) >= _ENOUGH * _weight(body) else body
    return _densest(chosen)


def _densest(element: HtmlElement) -> HtmlElement:
    """The innermost element that holds nearly all running words of another."""
    whole = _weight(element)
    while True:
        heaviest = max((child for child in element if isinstance(child.tag, str)), key=_weight, default=None)
        if heaviest is None or heaviest.tag in _TEXT or _weight(heaviest) < _NEARLY_ALL * whole:
            return element
        element = heaviest


def _common(elements: Sequence[HtmlElement]) -> HtmlElement | None:
    """The smallest element that holds all of some."""
    shared: list[HtmlElement] | None = None
    for element in elements:
        way = [element, *element.iterancestors()][::-1]
        shared = way if shared is None else [one for one, other in zip(shared, way, strict=False) if one is other]
    return shared[-1] if shared else None
