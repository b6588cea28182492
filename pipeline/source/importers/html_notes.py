"""Footnotes and places of a web page: marks that lead to notes below the text, and links to its own headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.source.importers.draft import Draft
from pipeline.source.importers.furniture import class_kind

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MARK = re.compile(r"\[?\s?(?:note\s)?[0-9]{1,3}\s?\]?|\[?[a-z]\]?|\(?[0-9]{1,3}\)|[*†‡§¶]{1,3}", re.IGNORECASE)
_BACK = re.compile(
    r"[↑↩⤴^⏎‹«\ufe0e\ufe0f\s]{0,9}(?:jump up|back|return|volver)?(?: to (?:text|top|content|reference) ?[0-9]{0,3})?",
    re.IGNORECASE,
)
_HOLDERS = frozenset({"li", "p", "div", "aside", "dd", "td", "section"})
_NOTE_CLASSES = frozenset(
    {"footnote", "footnotes", "endnote", "endnotes", "references", "reflist", "notes", "easy-footnotes-wrapper"}
)
_MARK_NAMES = ("noteref", "footnote-ref", "footnote-anchor")
_PLAIN_ID = re.compile(r"[A-Za-z][\w-]*")


class Notes:
    """The footnotes of an article in a page, and the ids that its headings must keep."""

    def __init__(self, article: HtmlElement, draft: Draft) -> None:
        self._draft = draft
        self.labels: dict[HtmlElement, str] = {}
        """The element that holds each note, and the note's label."""
        self._references: dict[HtmlElement, str] = {}
        self.kept_ids: dict[HtmlElement, str] = {}
        """Headings that links lead to, and the ids that they lead by."""
        self._ids: dict[str, HtmlElement] = {}
        for element in article.iter():
            if isinstance(element.tag, str):
                for name in filter(None, (element.get("id"), element.get("name") if element.tag == "a" else None)):
                    self._ids.setdefault(name, element)
        for link in list(article.iter("a")):
            self._look_at(link)

    def reference(self, href: str, element: HtmlElement) -> str:
        """The label of the note that a link is the mark of; empty for any other link."""
        return self._references.get(element, "") if href.startswith("#") else ""

    def anchor(self, name: str) -> str:
        """The target of a link to a heading of the article; empty, with a note, for any other place."""
        target = self._ids.get(name)
        heading = target is not None and self._heading_at(target)
        if heading is not None and heading is not False and heading in self.kept_ids:
            return f"#{self.kept_ids[heading]}"
        self._draft.drop("the target of a link to a place in the page", f"#{name[:100]}")
        return ""

    def is_back(self, link: HtmlElement) -> bool:
        """Whether a link leads from a note back to its mark."""
        href = link.get("href") or ""
        target = self._ids.get(href[1:]) if href.startswith("#") else None
        if target is None:
            return False
        marks = set(self._references)
        leads = (
            target in marks
            or any(child in marks for child in target.iter("a"))
            or any(up in marks for up in target.iterancestors())
        )
        return leads or _BACK.fullmatch(link.text_content().strip()) is not None

    def _look_at(self, link: HtmlElement) -> None:
        href = link.get("href") or ""
        target = self._ids.get(href[1:]) if href.startswith("#") and len(href) > 1 else None
        if target is None:
            return
        holder = self._holder(target)
        if any(up in self.labels for up in link.iterancestors()):
            holder = None  # what stands in a note leads back
        if holder is not None and self._is_mark(link) and self._is_note(holder, link):
            label = self.labels.setdefault(holder, str(len(self.labels) + 1))
            self._references[link] = label
            return
        heading = self._heading_at(target)
        if heading is not None and _PLAIN_ID.fullmatch(href[1:]):
            self.kept_ids.setdefault(heading, href[1:])

    def _holder(self, target: HtmlElement) -> HtmlElement | None:
        """The item or paragraph that a note stands in."""
        for element in (target, *target.iterancestors()):
            if element.tag == "li":
                return element
        return next((element for element in (target, *target.iterancestors()) if element.tag in _HOLDERS), None)

    def _is_mark(self, link: HtmlElement) -> bool:
        words = link.text_content().strip()
        raised = any(up.tag == "sup" for up in link.iterancestors()) or link.find(".//sup") is not None
        names = f"{link.get('role') or ''} {link.get('epub:type') or ''} {link.get('class') or ''}"
        named = any(name in names for name in _MARK_NAMES)
        return _MARK.fullmatch(words) is not None and (raised or named or words.startswith("["))

    def _is_note(self, holder: HtmlElement, link: HtmlElement) -> bool:
        """Whether an element is a note of a mark: it leads back to it, or stands among notes."""
        ids = {link.get("id"), *(up.get("id") for up in list(link.iterancestors())[:3])} - {None}
        if any(
            (back.get("href") or "")[1:] in ids for back in holder.iter("a") if (back.get("href") or "").startswith("#")
        ):
            return True
        for up in (holder, *list(holder.iterancestors())[:4]):
            names = set(f"{up.get('class') or ''} {up.get('id') or ''}".lower().split())
            if names & _NOTE_CLASSES or (up.get("role") or "") in {"doc-endnotes", "doc-footnote", "doc-endnote"}:
                return not class_kind(" ".join(names))
        return False

    def _heading_at(self, target: HtmlElement) -> HtmlElement | None:
        """The heading that a place is, is in, or stands right before."""
        for element in (target, *list(target.iterancestors())[:2]):
            if element.tag in HEADINGS:
                return element
        if target.tag in {"a", "span"} and not target.text_content().strip():
            following = target.getnext()
            return following if following is not None and following.tag in HEADINGS else None
        first = next((child for child in target if isinstance(child.tag, str)), None)
        return first if first is not None and first.tag in HEADINGS else None
