"""Whether readers see an element: attributes, inline styles, and every style sheet that the page has."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

from pipeline.errors import ProofError
from pipeline.export.format import Read
from pipeline.export.html.hiding import hides
from pipeline.export.html.reading import SILENT, Element

FOLDED = frozenset({"details", "dialog"})
"""Elements whose content a reader has to open."""


@dataclass(frozen=True, slots=True)
class Visibility:
    """What is hidden in one page."""

    parents: dict[Element, Element]
    hidden: frozenset[Element]
    """Elements that hide themselves and all that is in them."""

    @classmethod
    def of(cls, root: Element, path: str, read: Read) -> Visibility:
        """Judge a page at a path below ``build/``; ``read`` gives its style sheets. Raises ProofError when one is missing."""
        parents = {child: parent for parent in root.iter() for child in parent}
        hidden = {element for element in root.iter() if _hides_itself(element)}
        for css in _stylesheets(root, path, read):
            hidden |= _hidden_by(css, root)
        return cls(parents, frozenset(hidden))

    def shows(self, element: Element) -> bool:
        """Whether neither the element nor anything around it is hidden."""
        current: Element | None = element
        while current is not None:
            if current in self.hidden:
                return False
            current = self.parents.get(current)
        return True


def _hides_itself(element: Element) -> bool:
    if not isinstance(element.tag, str):
        return True
    if element.tag in SILENT and element.tag != "head":
        return True
    attributes = element.attrib
    if "hidden" in attributes or "inert" in attributes or attributes.get("aria-hidden", "").strip().lower() == "true":
        return True
    if element.tag in FOLDED or "popover" in attributes:
        return True
    return bool(attributes.get("style")) and hides(_declarations(attributes["style"]))


def _declarations(style: str) -> dict[str, str]:
    """Property -> value of a style attribute or of a rule's block; the last that counts."""
    import tinycss2

    return _as_mapping(tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True))


def _as_mapping(nodes: list[Any]) -> dict[str, str]:
    import tinycss2

    found: dict[str, str] = {}
    important: set[str] = set()
    for node in nodes:
        if node.type == "declaration" and (node.important or node.lower_name not in important):
            found[node.lower_name] = tinycss2.serialize(node.value).strip().lower()
            if node.important:
                important.add(node.lower_name)
    return found


def _stylesheets(root: Element, path: str, read: Read) -> Iterator[str]:
    for element in root.iter():
        if element.tag == "style":
            yield element.text or ""
        elif element.tag == "link" and "stylesheet" in element.get("rel", "").lower().split():
            yield _linked(element.get("href", ""), path, read)


def _linked(href: str, path: str, read: Read) -> str:
    """Text of a style sheet beside the page; raises ProofError when it lies elsewhere or is missing."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        raise ProofError(f"the page has a style sheet from elsewhere, which nobody can answer for: {href}")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
    data = read(target)
    if data is None:
        raise ProofError(f"the page's style sheet {target} is missing")
    return data.decode("utf-8", "replace")


def _hidden_by(css: str, root: Element) -> set[Element]:
    """The elements that some rule of a style sheet hides on a screen or printed page."""
    import cssselect2

    tests = _hiding(css)
    if not tests:
        return set()
    everything = list(cssselect2.ElementWrapper.from_html_root(root).iter_subtree())
    return {each.etree_element for each in everything if any(test(each) for test in tests)}


@lru_cache(maxsize=16)
def _hiding(css: str) -> tuple[Callable[[Any], bool], ...]:
    """Tests of what a style sheet hides; pages share theirs, and reading one takes as long as reading several pages."""
    import cssselect2

    preludes = [prelude for prelude, declarations in _rules(css) if hides(declarations)]
    return tuple(test for prelude in preludes for test in _selectors(prelude, cssselect2))


def _rules(css: str) -> Iterator[tuple[list[Any], dict[str, str]]]:
    """Selector and declarations of each rule, those in ``@media``, ``@supports`` and ``@layer`` as well."""
    import tinycss2

    waiting = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    while waiting:
        rule = waiting.pop(0)
        if rule.type == "at-rule" and rule.lower_at_keyword == "import":
            raise ProofError("a style sheet imports another, which nobody can answer for")
        if rule.type == "at-rule" and rule.content and rule.lower_at_keyword in {"media", "supports", "layer"}:
            waiting += tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        elif rule.type == "qualified-rule":
            content = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            yield rule.prelude, _as_mapping(content)


def _selectors(prelude: list[Any], cssselect2: Any) -> list[Callable[[Any], bool]]:
    """Tests of a rule's selectors; pseudo-elements style no element's own text, and what cannot be read hides nothing."""
    try:
        selectors = cssselect2.compile_selector_list(prelude)
    except cssselect2.SelectorError:
        return []
    return [selector.test for selector in selectors if selector.pseudo_element is None and not selector.never_matches]
