"""Style sheets as far as they can hide text: rules by what they declare, in the order of the cascade (CSS Cascade 4)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.export.epub.container import Book, Page
from pipeline.export.epub.hiding import WATCHED

NOT_READING = ("print", "speech", "aural", "braille")
"""Media that no reading system shows text in."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """One declaration that can bear on whether text is seen."""

    name: str
    tokens: tuple[Any, ...]
    important: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with at least one such declaration."""

    selectors: tuple[Any, ...]
    """As cssselect2 compiles them; empty when it cannot."""
    declarations: tuple[Declaration, ...]
    condition: str
    """Of the at-rules around it, as text; empty where it always holds."""


def sheets(book: Book, page: Page) -> list[Rule]:
    """The rules of a document's linked and embedded style sheets, in order."""
    rules: list[Rule] = []
    for each in page.root.iter("{*}link", "{*}style"):
        media = each.get("media", "")
        if str(each.tag).endswith("}style"):
            rules += _imported(book, each.text or "", page.href, media, ())
        elif "stylesheet" in each.get("rel", "").lower().split():
            rules += _linked(book, each.get("href", ""), page.href, media, ())
    return rules


def _linked(book: Book, href: str, base: str, condition: str, seen: tuple[str, ...]) -> list[Rule]:
    data = book.file(href, base)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base), href))
    if data is None or path in seen:
        return []
    return _imported(book, data.decode("utf-8", "replace"), path, condition, (*seen, path))


def _imported(book: Book, css: str, base: str, condition: str, seen: tuple[str, ...]) -> list[Rule]:
    """The sheet's own rules after those that it imports."""
    imports, rules = parse(css)
    found = [
        rule for href, media in imports for rule in _linked(book, href, base, f"{condition} {media}".strip(), seen)
    ]
    if not condition:
        return [*found, *rules]
    return [
        *found,
        *(Rule(each.selectors, each.declarations, f"{condition} {each.condition}".strip()) for each in rules),
    ]


@lru_cache(maxsize=16)
def parse(css: str) -> tuple[tuple[tuple[str, str], ...], tuple[Rule, ...]]:
    """What a sheet imports (address and condition), and its rules."""
    import tinycss2

    nodes = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    imports = []
    for node in nodes:
        if node.type == "at-rule" and node.lower_at_keyword == "import":
            targets = [each for each in node.prelude if each.type in {"string", "url", "function"}]
            if targets:
                first = targets[0]
                href = first.value if first.type != "function" else "".join(part.value for part in first.arguments)
                rest = node.prelude[node.prelude.index(first) + 1 :]
                imports.append((href, tinycss2.serialize(rest).strip()))
    return tuple(imports), tuple(_rules(nodes, ""))


def _rules(nodes: Sequence[Any], condition: str) -> Iterator[Rule]:
    import tinycss2

    for node in nodes:
        if node.type == "at-rule" and node.content is not None and node.lower_at_keyword in GROUPING:
            inner = f"{condition} @{node.lower_at_keyword} {tinycss2.serialize(node.prelude).strip()}".strip()
            yield from _rules(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True), inner)
        elif node.type == "qualified-rule":
            declared = tuple(declarations(node.content))
            if declared:
                yield Rule(_compiled(node.prelude), declared, condition)


GROUPING = frozenset({"media", "supports", "layer", "container", "scope", "starting-style"})


def _compiled(prelude: Any) -> tuple[Any, ...]:
    import cssselect2

    try:
        return tuple(each for each in cssselect2.compile_selector_list(prelude) if each.pseudo_element is None)
    except cssselect2.SelectorError:
        # what cannot be told must not pass for harmless: such a rule counts for every element
        return tuple(cssselect2.compile_selector_list("*"))


def declarations(content: Any) -> Iterator[Declaration]:
    """Those of a block, or of a ``style`` attribute, that can bear on whether text is seen."""
    import tinycss2

    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration" and node.lower_name in WATCHED:
            tokens = tuple(token for token in node.value if token.type not in {"whitespace", "comment"})
            yield Declaration(node.lower_name, tokens, node.important)


def conditions(rules: Sequence[Rule]) -> list[str]:
    """The states to look at a page in: the plain one, then one for each condition that a reading system may meet."""
    named = {rule.condition for rule in rules} - {""}
    return ["", *sorted(each for each in named if not any(medium in each.lower() for medium in NOT_READING))]
