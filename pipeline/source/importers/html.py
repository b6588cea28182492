"""A web page, or a part of one, as a draft: the article in it, what the page says of itself, and what lay around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.errors import UnreadableError
from pipeline.source.importers.draft import Draft
from pipeline.source.importers.furniture import NAMES, class_kind
from pipeline.source.importers.google_docs import tidy
from pipeline.source.importers.html_blocks import BlockReader
from pipeline.source.importers.html_inlines import LEFT_OUT, QUIET, InlineReader, visible
from pipeline.source.importers.html_notes import Notes
from pipeline.source.importers.main_content import find_article
from pipeline.source.importers.page_facts import address_of, read_facts

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_CHARACTERS = 16 * 1024 * 1024
_LANDMARKS = {
    "header": "the site's header",
    "footer": "the site's footer",
    "nav": "navigation",
    "aside": "a sidebar",
    "form": "a form",
}


def read_html(text: str, draft: Draft) -> None:
    """Put the article of a page into a draft. Raises UnreadableError for a page that is far too large or cannot be parsed."""
    page = parse(text)
    read_facts(page, draft)
    article = find_article(page)
    _note_quiet(page, draft)
    _note_around(page, article, draft)
    read_article(article, draft, address=address_of(page))


def read_article(article: HtmlElement, draft: Draft, *, address: str = "") -> None:
    """Put the blocks and footnotes of an element into a draft."""
    tidy(article, draft)
    notes = Notes(article, draft)
    whole = len(visible(article).split())
    reader = BlockReader(draft, InlineReader(draft, notes, whole, address), notes)
    draft.blocks += reader.read(article)
    draft.footnotes += reader.footnotes()
    draft.address = address


def parse(text: str) -> HtmlElement:
    """The tree of a page, whatever is wrong with it; comments and processing instructions are kept out of it."""
    from lxml import etree, html

    if len(text) > MOST_CHARACTERS:
        message = f"the page has {len(text) / 1e6:.0f} million characters, more than {MOST_CHARACTERS // 1024 // 1024}"
        raise UnreadableError(message, help="Save the article alone, without pictures in the page.")
    parser = html.HTMLParser(encoding="utf-8", remove_pis=True)
    source = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text)
    try:
        page = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableError(f"this HTML cannot be read: {error}", help="Save the page anew from a browser.") from None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise UnreadableError("the page nests too deep", help="Copy its text into a text file, and import that.")
    return page


def _note_quiet(page: HtmlElement, draft: Draft) -> None:
    """Note how many scripts, style sheets and comments a page has, and take the comments out of the tree."""
    from lxml import etree

    counts = Counter(LEFT_OUT[element.tag] for element in page.iter(*QUIET) if element.tag in {"script", "style"})
    comments = list(page.iter(etree.Comment))
    for comment in comments:
        parent, tail = comment.getparent(), comment.tail
        if parent is not None:
            comment.tail = None
            previous = comment.getprevious()
            if tail and previous is not None:
                previous.tail = (previous.tail or "") + tail
            elif tail:
                parent.text = (parent.text or "") + tail
            parent.remove(comment)
    if comments:
        counts["comments in the HTML"] = len(comments)
    for what, count in sorted(counts.items()):
        draft.drop(what, f"{count}")


def _note_around(page: HtmlElement, article: HtmlElement, draft: Draft) -> None:
    """Note what readers see of the page outside of the article, in parts that say what they are."""
    for element in _around(page, article):
        words = visible(element)
        if not words or element.tag in QUIET | {"head", "title", "noscript"}:
            continue
        names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
        kind = class_kind(names)
        what = _LANDMARKS.get(str(element.tag)) or (NAMES[kind] if kind else "a part of the page outside the article")
        draft.drop(what, words, element.sourceline or 0)


def _around(page: HtmlElement, article: HtmlElement) -> Iterator[HtmlElement]:
    """The elements beside the article and beside each element that holds it, from the outside in."""
    above = [*article.iterancestors()][::-1] or [page]
    way = {*above, article}
    for holder in above:
        for child in holder:
            if isinstance(child.tag, str) and child not in way and child.tag != "head":
                yield child
