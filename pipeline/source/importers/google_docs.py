"""What Google Docs writes in its own way: comments below the text, lists in lists as lists in a row, links through its own site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from pipeline.source.importers.draft import Draft

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LIST = re.compile(r"(lst-kix_\w{1,60})-([0-8])")
_COMMENT = re.compile(r"cmnt[0-9]{1,6}")
_MARK = re.compile(r"cmnt_ref[0-9]{1,6}")


def tidy(article: HtmlElement, draft: Draft) -> None:
    """Make plain HTML of what is Google's own in an article; comments are taken out and noted."""
    for link in list(article.iter("a")):
        if _MARK.fullmatch(link.get("id") or ""):
            link.drop_tree()
        elif _COMMENT.fullmatch(link.get("id") or ""):
            _take_comment(link, draft)
        else:
            _lead_straight(link)
    for first in list(article.iter("ul", "ol")):
        if _name(first)[0] and first.getparent() is not None:
            _nest(first)
    for line in article.xpath(".//p[contains(concat(' ', @class, ' '), ' subtitle ')]"):
        words = " ".join(line.text_content().split())
        if words and not draft.subtitle:
            draft.subtitle = words
            line.drop_tree()


def _take_comment(link: HtmlElement, draft: Draft) -> None:
    """Take the paragraph out that a comment stands in."""
    holder = next((up for up in link.iterancestors() if up.tag in {"p", "div"}), link)
    words = " ".join(holder.text_content().split()).removeprefix(link.text_content().strip()).strip()
    draft.drop("a comment", words, holder.sourceline or 0)
    holder.drop_tree()


def _lead_straight(link: HtmlElement) -> None:
    """Let a link lead to where Google would lead on to."""
    parts = urlsplit(link.get("href") or "") if "google.com/url?" in (link.get("href") or "") else None
    if parts and (target := parse_qs(parts.query).get("q")):
        link.set("href", target[0])


def _name(element: HtmlElement | None) -> tuple[str, int]:
    """The name of a list, which its parts share, and how deep a part lies; empty where it is none of Google's."""
    found = _LIST.search(element.get("class") or "") if element is not None and element.tag in {"ul", "ol"} else None
    return (found[1], int(found[2])) if found else ("", 0)


def _nest(first: HtmlElement) -> None:
    """Put the parts of a list that stand behind it where they belong in it."""
    name, _ = _name(first)
    while (part := first.getnext()) is not None and _name(part)[0] == name:
        depth = _name(part)[1] - _name(first)[1]
        if depth < 0 or (depth == 0 and "start" in (part.get("class") or "").split()):
            return
        holder = first
        for _ in range(depth):
            items = holder.findall("li")
            below = items[-1].findall("*") if items else []
            inner = next((each for each in reversed(below) if each.tag in {"ul", "ol"}), None)
            if inner is None or not items:
                break
            holder = inner
        if _name(holder)[1] == _name(part)[1]:
            holder.extend(part.findall("li"))
            part.drop_tree()
        elif items := holder.findall("li"):
            items[-1].append(part)
        else:
            return
