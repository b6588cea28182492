"""Open a finished page with a parser that reads as browsers do, and compare what it says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from pipeline.errors import ProofError
from pipeline.export.browsed import read_page
from pipeline.export.passages import INLINE

Element = Any
"""An element of ``xml.etree``; its tag has no namespace."""

INSTRUCTION = re.compile(r"(?:[a-z0-9-]+[-_])?first-instruction")
"""Id of the first instruction; after the chapter's slug where a page has several."""

SILENT = frozenset(
    {"script", "style", "template", "noscript", "head", "title", "iframe", "object", "svg", "math", "select"}
)
"""Elements whose text is not part of what a page says."""

QUOTES = str.maketrans(dict.fromkeys("‘’‚‛′ʼ", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‐‑", "-"))
IGNORED = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Places where a line may or may not break."""


def open_page(data: bytes) -> Element:
    """The page's root, parsed by the HTML standard's own algorithm; raises ProofError when it is no UTF-8."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProofError(f"the page is not UTF-8: {error.reason} at byte {error.start}") from error
    return read_page(text)


def chapter_files(root: Element) -> list[str]:
    """The names of the pages that a book's contents lead to, chapters and what stands behind; none on any other page."""
    contents = (each for each in root.iter("nav") if "book-contents" in each.get("class", "").split())
    links = (unquote(link.get("href", "")).partition("#")[0] for nav in contents for link in nav.iter("a"))
    return list(dict.fromkeys(name for name in links if name and name != "index.html"))


def words(source: Element | str, shows: Callable[[Element], bool] = lambda _: True) -> str:
    """Words with single spaces; quotation marks, hyphens and places for line breaks do not count.

    Of an element, those of what ``shows`` says is shown, without footnote marks and pictures.
    """
    text = source if isinstance(source, str) else "".join(_text(source, shows))
    plain = IGNORED.sub("", unicodedata.normalize("NFC", text)).translate(QUOTES)
    return " ".join(plain.split())


def _text(element: Element, shows: Callable[[Element], bool]) -> list[str]:
    parts = [element.text or ""]
    for child in element:
        if _speaks(child) and shows(child):
            space = "" if child.tag in INLINE else " "
            parts += [space, *_text(child, shows), space]
        if child.tag == "img":
            parts.append(" ")
        parts.append(child.tail or "")
    return parts


def _speaks(element: Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in SILENT:
        return False
    return "noteref" not in element.get("class", "").split()
