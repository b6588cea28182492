"""Where readers would not see a disclaimer: code, comments, pictures, footnotes, and links to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.disclaimers.kind import DisclaimerKind
from pipeline.disclaimers.reading import read_blocks
from pipeline.disclaimers.statements import missing_elements, only_link, says_any
from pipeline.frozen import dataclass
from pipeline.language import analyse
from pipeline.model.article import Article
from pipeline.model.lines import line_index
from pipeline.model.nodes import Code, CodeBlock, Disclaimer, Figure, Image, Link, Node, Span
from pipeline.model.walk import plain_text, walk

_DIRECTIVE = re.compile(r"(?<!:):::++[ \t]*+disclaimer[ \t]++([a-z][a-z0-9-]*)")
_COMMENT = "<!--", "-->"


@dataclass(frozen=True, slots=True)
class HiddenText:
    """Words that stand where readers do not read them."""

    where: str
    """For a person: ``a code block``."""
    text: str
    span: Span


def hidden_texts(article: Article) -> Iterator[HiddenText]:
    """Every text of an article that readers may not see, without footnotes' and comments' markup."""
    for node in walk(article.body):
        found = _hidden(node)
        if found is not None:
            yield found
    for footnote in article.footnotes:
        words = read_blocks(footnote.blocks, article.language).text.source
        yield HiddenText("a footnote", words, footnote.span)
    yield from _comments(article.source)


def _hidden(node: Node) -> HiddenText | None:
    match node:
        case CodeBlock():
            return HiddenText("a code block", node.text, node.span)
        case Code():
            return HiddenText("code", node.value, node.span)
        case Image():
            return HiddenText("a picture's text", f"{node.alt}\n\n{node.title}", node.span)
        case Figure():
            return HiddenText("a picture's text", f"{node.image.alt}\n\n{node.caption}", node.span)
        case Link():
            return HiddenText("a link", plain_text(node.children), node.span)
        case Disclaimer() if only_link(node):
            return HiddenText("a link", f":::disclaimer {node.kind}", node.span)
        case _:
            return None


def _comments(source: str) -> Iterator[HiddenText]:
    opening, closing = _COMMENT
    start = source.find(opening)
    while start >= 0:
        end = source.find(closing, start + len(opening))
        if end < 0:
            return
        span = line_index(source).span(start, end + len(closing))
        yield HiddenText("a comment", source[start + len(opening) : end], span)
        start = source.find(opening, end)


def find_hidden(
    article: Article, wanted: Mapping[str, DisclaimerKind], groups: Mapping[str, frozenset[str]]
) -> dict[str, HiddenText]:
    """For each kind of ``wanted`` that is hidden somewhere, the first such place.

    A text counts when it holds the kind's directive, or says all that the kind must say, or more than half of it; a link
    that is called after a disclaimer counts for kinds that every article needs.
    """
    found: dict[str, HiddenText] = {}
    for text in hidden_texts(article):
        if len(found) == len(wanted):
            break
        named = set(_DIRECTIVE.findall(text.text))
        words = analyse(text.text, article.language)
        for name, kind in wanted.items():
            if name in found:
                continue
            called = kind.triggers.always and text.where == "a link" and _called_disclaimer(words.forms)
            if name in named or called or _says_most(kind, words.forms, text.text, article.language, groups.get(name)):
                found[name] = text
    return found


_NAMES = (
    {"disclaimer"},
    {"disclaimers"},
    {"safety", "information"},
    {"descargo"},
    {"aviso", "médico"},
    {"aviso", "legal"},
)


def _called_disclaimer(forms: list[str]) -> bool:
    words = set(forms)
    return any(name <= words for name in _NAMES)


def _says_most(kind: DisclaimerKind, forms: list[str], text: str, language: str, groups: frozenset[str] | None) -> bool:
    if len(forms) < _FEWEST:
        return False
    words = analyse(text, language)
    if not says_any(kind, words, language, weak=False):
        return False
    wanted = [element for element in kind.elements if element.wanted(language) and not element.when]
    missing = [element for element in missing_elements(kind, words, language, groups or ()) if not element.when]
    return len(missing) * 2 < len(wanted)


_FEWEST = 4
"""Words of the shortest text that can be a disclaimer."""
