"""What stands inside a paragraph of HTML as inline nodes; everything that runs, loads or is hidden is left out and noted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from pipeline.model.nodes import (
    Code,
    Emphasis,
    FootnoteReference,
    HardBreak,
    Image,
    Inline,
    Link,
    Strikethrough,
    Strong,
    Text,
)
from pipeline.model.walk import plain_text
from pipeline.source.importers.draft import Draft
from pipeline.source.importers.html_notes import HEADINGS, Notes

if TYPE_CHECKING:
    from lxml.html import HtmlElement

DEEPEST = 60
"""Elements in one another; what lies deeper is read as plain words."""
EMPHASIS: dict[str, type[Emphasis | Strong | Strikethrough]] = {
    "b": Strong,
    "strong": Strong,
    "em": Emphasis,
    "i": Emphasis,
    "cite": Emphasis,
    "dfn": Emphasis,
    "var": Emphasis,
    "del": Strikethrough,
    "s": Strikethrough,
    "strike": Strikethrough,
}
CODE = frozenset({"code", "kbd", "samp", "tt"})
LEFT_OUT = {
    "script": "scripts",
    "style": "style sheets",
    "link": "style sheets",
    "meta": "facts for machines",
    "noscript": "what is shown without scripts",
    "template": "templates",
    "iframe": "an embedded page",
    "object": "an embedded object",
    "embed": "an embedded object",
    "applet": "an embedded object",
    "frame": "an embedded page",
    "video": "a video",
    "audio": "a sound",
    "canvas": "a drawing made by a script",
    "svg": "a drawing in the page",
    "math": "a formula",
    "form": "a form",
    "button": "a button",
    "input": "a field",
    "select": "a field",
    "textarea": "a field",
    "dialog": "a pop-up",
    "map": "an image map",
}
MOST_OF_ALL = 0.35
"""Share of an article's words from which on a name alone does not keep a part out of it."""
QUIET = frozenset({"script", "style", "link", "meta", "template"})
"""Counted in the page as a whole, since no reader has seen them."""
SAFE = frozenset({"http", "https", "mailto", "tel"})
_SUPER = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_SUB = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_SOURCES = ("data-src", "data-original", "data-lazy-src", "data-orig-file", "data-full-src", "src")
_BOLD = re.compile(r"(?i)font-weight\s{0,9}:\s{0,9}(bold|bolder|[6-9]00)")
_ITALIC = re.compile(r"(?i)font-style\s{0,9}:\s{0,9}(italic|oblique)")
_HIDDEN = re.compile(r"(?i)(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)")
_PLACEHOLDER = 250
"""Characters of a picture that only holds the place of one that a script loads."""
_FILE_NAME = re.compile(r"(?i)[\w().-]{1,200}\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?)")


@dataclass(slots=True)
class InlineReader:
    """Reads the inline content of one page."""

    draft: Draft
    notes: Notes
    whole: int
    """Words of the article."""
    address: str = ""
    """The page's own, to which its relative links are added."""
    expanded: set[str] = field(default_factory=set)
    """Abbreviations that were spelt out before."""

    def read(self, element: HtmlElement, depth: int = 0) -> Iterator[Inline]:
        """What an element holds, without what belongs to itself as a block."""
        if element.text:
            yield Text(element.text)
        for child in element:
            yield from self.one(child, depth + 1)
            if child.tail:
                yield Text(child.tail)

    def one(self, element: HtmlElement, depth: int = 0) -> Iterator[Inline]:
        """One element among words; its tail is the caller's."""
        if not isinstance(element.tag, str) or self.is_left_out(element):
            return
        if depth > DEEPEST:
            yield Text(f" {element.text_content()} ")
            return
        tag = element.tag
        if tag == "br":
            yield HardBreak()
        elif tag == "img":
            yield from self.picture(element)
        elif tag == "a":
            yield from self._link(element, depth)
        elif tag in CODE:
            yield Code(element.text_content())
        elif tag in {"sup", "sub"}:
            yield from self._raised(element, depth)
        elif tag == "q":
            yield from (Text("“"), *self.read(element, depth), Text("”"))
        elif tag in {"abbr", "acronym"}:
            yield from self._abbreviation(element, depth)
        else:
            yield from self._emphasis(element, depth)

    def is_left_out(self, element: HtmlElement) -> bool:
        """Whether an element is no text for readers; what it was is noted."""
        tag = element.tag
        words = visible(element) if tag not in QUIET else ""
        if len(words.split()) > MOST_OF_ALL * self.whole or (tag == "button" and _in_heading(element)):
            return False  # a page all in a form, or hidden until a script shows it; a heading that opens and closes
        if tag in LEFT_OUT:
            source = element.get("src") or element.get("data-src") or element.get("data") or ""
            if tag not in QUIET and (words or source or tag in {"svg", "canvas", "video", "audio"}):
                self.draft.drop(
                    LEFT_OUT[tag], f"{element.get('title') or ''} {source[:200]} {words}", element.sourceline or 0
                )
            return True
        if (
            _HIDDEN.search(element.get("style") or "")
            or "hidden" in element.attrib
            or element.get("aria-hidden") == "true"
        ):
            if words:
                self.draft.drop("hidden text", words, element.sourceline or 0)
            return True
        return False

    def _emphasis(self, element: HtmlElement, depth: int) -> Iterator[Inline]:
        kind = EMPHASIS.get(str(element.tag))
        style = element.get("style") or ""
        if kind is Strong and "font-weight" in style and not _BOLD.search(style):
            kind = None  # Google Docs wraps a whole text in <b style="font-weight:normal">
        kinds = [kind] if kind else []
        if element.tag in {"span", "font"}:
            kinds += [Strong] if _BOLD.search(style) else []
            kinds += [Emphasis] if _ITALIC.search(style) else []
        children: tuple[Inline, ...] = tuple(self.read(element, depth))
        for each in kinds:
            children = (each(children),) if children else ()
        yield from children

    def _link(self, element: HtmlElement, depth: int) -> Iterator[Inline]:
        href = (element.get("href") or "").strip()
        label = self.notes.reference(href, element)
        if label:
            yield FootnoteReference(label, 0)
            return
        children = tuple(self.read(element, depth))
        words = plain_text(children).strip()
        where = self.resolve(href, element.sourceline or 0)
        if not where or (not words and not any(isinstance(child, Image) for child in children)):
            yield from children
            return
        if any(isinstance(child, Image) for child in children) and _FILE_NAME.search(where):
            yield from children  # a picture that leads to itself in full size
            return
        yield Link(where, children, "")

    def resolve(self, href: str, line: int = 0) -> str:
        """A link's target as an article may have it; empty, with a note, for one that it may not."""
        if not href or href == "#":
            return ""
        if href.startswith("#"):
            return self.notes.anchor(href[1:])
        try:
            scheme = urlsplit(href).scheme.lower()
            whole = href if scheme else urljoin(self.address, href) if self.address else href
        except ValueError:
            scheme, whole = "", ""
        if not whole or (scheme and scheme not in SAFE):
            self.draft.drop("the target of a link that is not safe", href[:200], line)
            return ""
        return re.sub(r"[\s\x00-\x1f]", "", whole)

    def picture(self, element: HtmlElement) -> Iterator[Inline]:
        """A picture of the page; one that only counts readers is noted."""
        source = next(
            (value for name in _SOURCES if (value := (element.get(name) or "").strip()) and not _is_blank(value)), ""
        )
        if not source and (listed := element.get("srcset") or element.get("data-srcset") or ""):
            source = listed.strip().rpartition(",")[2].split()[0] if listed.strip().rpartition(",")[2].split() else ""
        alt = " ".join((element.get("alt") or "").split())
        if not source or {element.get("width"), element.get("height")} & {"0", "1"}:
            self.draft.drop("a picture that shows nothing", f"{source[:200]} {alt}", element.sourceline or 0)
            return
        if source.startswith("data:"):
            source = self._embedded(source)
        if source:
            yield Image(
                source, "" if _FILE_NAME.fullmatch(alt) else alt, " ".join((element.get("title") or "").split())
            )

    def _embedded(self, source: str) -> str:
        import base64
        import binascii
        from urllib.parse import unquote_to_bytes

        head, _, body = source.partition(",")
        try:
            data = base64.b64decode(unquote_to_bytes(body)) if head.endswith(";base64") else unquote_to_bytes(body)
        except (binascii.Error, ValueError):
            self.draft.drop("a picture that is damaged", head)
            return ""
        name = f"embedded-{len(self.draft.pictures) + 1}"
        self.draft.pictures[name] = data
        return name

    def _raised(self, element: HtmlElement, depth: int) -> Iterator[Inline]:
        """Raised and lowered numbers by their own characters; other words stay on the line."""
        children = tuple(self.read(element, depth))
        text = plain_text(children)
        table = _SUPER if element.tag == "sup" else _SUB
        plain = all(isinstance(child, Text) for child in children)
        yield from (Text(text.translate(table)),) if plain and all(ord(char) in table for char in text) else children

    def _abbreviation(self, element: HtmlElement, depth: int) -> Iterator[Inline]:
        yield from self.read(element, depth)
        words, meaning = element.text_content().strip(), " ".join((element.get("title") or "").split())
        if meaning and words not in self.expanded:
            self.expanded.add(words)
            yield Text(f" ({meaning})")


def visible(element: HtmlElement) -> str:
    """The words of an element on one line, those of its parts parted by blanks, without what only machines read."""
    texts = element.xpath(".//text()")
    pieces = (text for text in texts if not (text.is_text and text.getparent().tag in QUIET))
    return " ".join(" ".join(pieces).split())


def _in_heading(element: HtmlElement) -> bool:
    return any(up.tag in HEADINGS or up.tag == "summary" for up in element.iterancestors())


def _is_blank(source: str) -> bool:
    """Whether a picture's source only holds the place of one that a script loads."""
    return source.startswith(("data:image/gif;base64,R0lGOD", "data:image/svg+xml")) and len(source) < _PLACEHOLDER
