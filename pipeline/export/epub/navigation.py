"""The navigation document: table of contents, landmarks and list of pages (EPUB 3.3, section 7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from pipeline.export.epub.documents import Document
from pipeline.export.epub.page_breaks import PageMark
from pipeline.locales import load_locale
from pipeline.render.elements import EPUB_TYPE, Element, element

HREF = "nav.xhtml"

DEPTH = 2
"""Levels of a chapter's sections that the table of contents shows."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def navigation(documents: Sequence[Document], language: str, pages: Sequence[PageMark] = ()) -> list[Element]:
    """The ``<nav>`` elements, that of pages where there are any; links are relative to the package's folder."""
    locale = load_locale(language)
    rows = element("ol", *_entries([each for each in documents if each.landmark != "cover"]))
    contents = element("nav", element("h1", locale.text("contents"), id="contents"), rows, id="toc", class_="contents")
    contents.set(EPUB_TYPE, "toc")
    contents.set("role", "doc-toc")
    contents.set("aria-labelledby", "contents")
    places = element("ol", *(element("li", link) for link in _landmarks(documents, locale.text("text_start"))))
    toc = element("a", locale.text("contents"), href="#toc")
    toc.set(EPUB_TYPE, "toc")
    places.insert(1, element("li", toc))
    landmarks = element("nav", element("h2", locale.text("landmarks"), id="places"), places, hidden="hidden")
    landmarks.set(EPUB_TYPE, "landmarks")
    landmarks.set("aria-labelledby", "places")
    return [contents, landmarks, *([_page_list(pages, locale.text("page_list"))] if pages else [])]


def _page_list(pages: Sequence[PageMark], title: str) -> Element:
    """The pages of the PDF, hidden as reading systems have a way of their own to go to a page."""
    rows = element("ol", *(element("li", element("a", str(each.page), href=each.href)) for each in pages))
    made = element("nav", element("h2", title, id="pages"), rows, hidden="hidden", role="doc-pagelist")
    made.set(EPUB_TYPE, "page-list")
    made.set("aria-labelledby", "pages")
    return made


def _entries(documents: Sequence[Document]) -> Iterator[Element]:
    """An entry for each document; those of a part's chapters are within the part's."""
    for document in documents:
        if not document.within:
            made = _entry(document)
            chapters = [_entry(each) for each in documents if each.within == document.name]
            if chapters:
                made.append(element("ol", *chapters))
            yield made


def _entry(document: Document) -> Element:
    language = document.language if document.chapter else None
    made = element("li", element("a", document.title, href=document.href, lang=language))
    if document.chapter and (inner := _sections(document.tree, document.href, DEPTH)) is not None:
        inner.set("lang", document.language)
        made.append(inner)
    return made


def _sections(tree: Element, href: str, depth: int) -> Element | None:
    """The sections directly below, as a list with their own sections below them."""
    rows = element("ol")
    for section in _next_sections(tree):
        heading = section[0]
        row = element("li", element("a", words(heading), href=f"{href}#{quote(heading.get('id', ''))}"))
        if depth > 1 and (inner := _sections(section, href, depth - 1)) is not None:
            row.append(inner)
        rows.append(row)
    return rows if len(rows) else None


def _next_sections(tree: Element) -> Iterator[Element]:
    for child in tree:
        if child.tag == "section" and child.get("role") != "doc-notice":
            if len(child) and child[0].tag in HEADINGS and words(child[0]):
                yield child
        elif child.tag == "div":
            yield from _next_sections(child)


def words(heading: Element) -> str:
    """A heading's words in one line: pictures by their text alternative, without the marks of notes."""
    parts = [heading.text or ""]
    for child in heading:
        if child.tag == "img":
            parts.append(child.get("alt", ""))
        elif child.get("class") != "noteref":
            parts.append(words(child) if child.tag != "br" else " ")
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())


def _landmarks(documents: Sequence[Document], start: str) -> Iterator[Element]:
    """One link for each landmark; reading systems open a book at ``bodymatter``."""
    started = False
    for document in documents:
        kind, label = document.landmark, document.title
        if (document.chapter or kind == "bodymatter") and not started:
            kind, label, started = "bodymatter", start, True
        if kind:
            link = element("a", label, href=document.href)
            link.set(EPUB_TYPE, kind)
            yield link
