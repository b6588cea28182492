"""A link's words do not say where it leads: “click here”, “read more”, a bare address.

Screen readers list links without the text around them (WCAG 2.2, 2.4.4), and an address read aloud is noise. Name what the
link leads to.

Bad:

    For the deadlift, [click here](https://example.org/deadlift).

    More at <https://example.org/squat>.

Good:

    Read [how to deadlift](https://example.org/deadlift), or write to <hello@northside.example>.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.checks.context import Context
from pipeline.checks.nodes import everywhere
from pipeline.checks.registry import check
from pipeline.language import fold, normalise
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity
from pipeline.model.nodes import Link, Node, Span, Text
from pipeline.model.walk import children, plain_text

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>]+", re.IGNORECASE)
_PATH = re.compile(r"[\w-]+(?:\.[\w-]+)+/\S+")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_TRAILING = ".,;:!?)]\"'”’»…"


@check("A03", severity=Severity.ERROR, source="WCAG 2.4.4")
def vague_link(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each link without meaning, and for each address in the text."""
    vague = _vague(tuple(context.locale.vague_links))
    for link in everywhere(article, Link):
        words = plain_text(link.children).strip()
        if not words:
            yield Finding("the link has no words", link.span, "Say in the brackets where it leads.")
        elif _ADDRESS.fullmatch(words) or _PATH.fullmatch(words):
            message = f"the address “{_short(words)}” stands in place of words"
            yield Finding(message, link.span, "Write what the link leads to: `[words](address)`.")
        elif _words(words) in vague:
            message = f"“{words}” does not say where the link leads"
            yield Finding(message, link.span, "Put the link on words that name the page, such as its title.")
    words = "\n".join(text.value for text in everywhere(article, Text))
    if "://" not in words and "www." not in words.lower():
        return
    for text in _outside_links([*article.body, *article.footnotes]):
        for found in _ADDRESS.finditer(text.value):
            address = found.group().rstrip(_TRAILING)
            yield Finding(
                f"the address “{_short(address)}” stands bare in the text",
                _part(text, found.start(), found.start() + len(address)),
                "Make it a link with words: `[words](address)`.",
            )


@lru_cache(maxsize=16)
def _vague(phrases: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(map(_words, phrases))


def _words(text: str) -> tuple[str, ...]:
    """The words of a link, folded; arrows, quotation marks and dots do not count."""
    return tuple(_WORD.findall(fold(normalise(text).text)))


def _outside_links(nodes: Sequence[Node]) -> Iterator[Text]:
    stack = list(reversed(nodes))
    while stack:
        node = stack.pop()
        if isinstance(node, Text):
            yield node
        elif not isinstance(node, Link):
            stack.extend(reversed(children(node)))


def _part(text: Text, start: int, end: int) -> Span:
    span = text.span
    if span.line != span.end_line or span.end_column - span.column != len(text.value):
        return span
    return Span(span.line, span.column + start, span.line, span.column + end)


def _short(words: str, limit: int = 60) -> str:
    return words if len(words) <= limit else words[: limit - 1] + "…"
