"""Where the pages of the PDF start, marked in the text of the book (EPUB Accessibility 1.1, section 3.2; DPUB-ARIA 1.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pipeline.export.epub.documents import Document
from pipeline.export.passages import Found, Run, read_passages
from pipeline.locales import load_locale
from pipeline.model.passage import PageStart, squeezed
from pipeline.render.elements import EPUB_TYPE, Element, element

NOT_BESIDE = frozenset({"figure", "li", "ol", "table", "tbody", "td", "th", "thead", "tr", "ul"})
"""Elements among whose children no marker stands: they have no place for it, or look at what their first child is."""


@dataclass(frozen=True, slots=True)
class PageMark:
    """A page in the list of pages."""

    page: int
    href: str
    """Document and id, relative to the package."""


def mark_pages(documents: Sequence[Document], starts: Sequence[PageStart]) -> list[PageMark]:
    """Put a marker into the documents wherever a page starts; the marks in order, none when there are no pages.

    A page with nothing but imprint and colophon starts with the book's own colophon.
    """
    places = [(document, found) for document in documents if document.chapter for found in read_passages(document.tree)]
    taken = {each.get("id") for document in documents for each in document.tree.iter() if each.get("id")}
    made = []
    for start in reversed(starts):  # from the end, since a marker parts the text that it is put into
        document, found = places[start.passage] if start.passage < len(places) else (documents[-1], None)
        marker = _marker(start.page, document.language, taken)
        if found is None:
            document.tree.insert(0, marker)
        else:
            _insert(marker, found, start.offset, document.tree)
        made.append(PageMark(start.page, f"{document.href}#{marker.get('id')}"))
    return made[::-1]


def _marker(page: int, language: str, taken: set[str | None]) -> Element:
    id_ = f"page-{page}"
    while id_ in taken:
        id_ += "-start"
    marker = element("span", id=id_, role="doc-pagebreak", aria_label=load_locale(language).text("page", page=page))
    marker.set(EPUB_TYPE, "pagebreak")
    return marker


def _insert(marker: Element, found: Found, offset: int, tree: Element) -> None:
    """Put a marker before a passage, or into it after so many squeezed characters, between two words."""
    if offset == 0:
        first = found.runs[0]
        if first.follows or not _outermost(marker, first.element, tree):
            _part(marker, first, 0)
        return
    left = offset
    for run in found.runs:
        length = len(squeezed(run.text))
        if left < length and _stands(run):
            _part(marker, run, _between_words(run.text, left))
            return
        left = max(0, left - length)
    last = found.runs[-1]
    _part(marker, last, len(last.text))


def _stands(run: Run) -> bool:
    """Whether a run is in the document as it was read, at least its start; the brackets of a note's mark are not."""
    now = run.element.tail if run.follows else run.element.text
    return bool(now) and run.text.startswith(now)


def _between_words(text: str, count: int) -> int:
    """The first place between two words after so many squeezed characters."""
    counted = accumulate((len(squeezed(each)) for each in text), initial=0)
    at = next((at for at, before in enumerate(counted) if before >= count), len(text))
    while 0 < at < len(text) and not text[at].isspace() and not text[at - 1].isspace():
        at += 1
    return at


def _part(marker: Element, run: Run, at: int) -> None:
    """Put a marker into a run of text."""
    owner = run.element
    if owner.tag in {"img", "br"}:
        owner.addprevious(marker)
    elif run.follows:
        whole = owner.tail or ""
        owner.tail = whole[:at]
        parent = owner.getparent()
        parent.insert(parent.index(owner) + 1, marker)
        marker.tail = whole[at:]
    else:
        whole = owner.text or ""
        owner.text = whole[:at]
        owner.insert(0, marker)
        marker.tail = whole[at:]


def _outermost(marker: Element, start: Element, tree: Element) -> bool:
    """Put a marker before the outermost element that starts where ``start`` does; tells whether there is one.

    So that it stands before a section and not in its heading, whose words name the section.
    """
    best = None
    for anchor in (start, *_ancestors(start, tree)):
        parent = anchor.getparent()
        if parent is None or anchor is tree:
            break
        if parent.tag not in NOT_BESIDE:
            best = anchor
        if parent.index(anchor) or (parent.text or "").strip():
            break
    if best is None:
        return False
    best.addprevious(marker)
    return True


def _ancestors(start: Element, tree: Element) -> Iterator[Element]:
    for each in start.iterancestors():
        if each is tree:
            return
        yield each
