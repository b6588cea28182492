"""Whether readers see an element: attributes, inline styles, and every style sheet that the page has."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
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

NAMES = re.compile("[^ \t\r\n\f]+")
"""Of classes (HTML, 2.3.7)."""

Key = tuple[str, str | None]
"""Something that an element may have: an id, a class, or a name."""
ANY: Key = ("", None)
"""What all elements have."""


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
            hidden.update(_hidden_by(css, root, parents))
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


def _hidden_by(css: str, root: Element, parents: Mapping[Element, Element]) -> Iterator[Element]:
    """The elements that some rule of a style sheet hides on a screen or printed page."""
    tests = _hiding(css)
    if not tests:
        return
    for element in root.iter():
        keys = [("id", element.get("id")), ("name", element.tag), ANY]
        keys += [("class", name) for name in NAMES.findall(element.get("class", ""))]
        wanted = [test for key in keys if key in tests for test in tests[key]]
        if wanted:
            styled = _styled(element, parents)
            if any(test(styled) for test in wanted):
                yield element


def _styled(element: Element, parents: Mapping[Element, Element]) -> Any:
    """An element as selectors look at it: with all that is around it."""
    import cssselect2

    parent = parents.get(element)
    if parent is None:
        return cssselect2.ElementWrapper.from_html_root(element)
    return next(each for each in _styled(parent, parents).iter_children() if each.etree_element is element)


@lru_cache(maxsize=16)
def _hiding(css: str) -> Mapping[Key, Sequence[Callable[[Any], bool]]]:
    """Tests of what a style sheet hides, by what an element must have to be tested.

    Pages share theirs, and reading one takes as long as reading several pages.
    """
    found: dict[Key, list[Callable[[Any], bool]]] = {}
    for prelude, declarations in _rules(css):
        if hides(declarations):
            for key, test in _selectors(prelude):
                found.setdefault(key, []).append(test)
    return found


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


def _selectors(prelude: list[Any]) -> Iterator[tuple[Key, Callable[[Any], bool]]]:
    """Tests of a rule's selectors; pseudo-elements style no element's own text, and what cannot be read hides nothing."""
    import cssselect2

    try:
        selectors = cssselect2.compile_selector_list(prelude)
    except cssselect2.SelectorError:
        return
    for each in selectors:
        if each.pseudo_element is None and not each.never_matches:
            keys = (("id", each.id), ("class", each.class_name), ("name", each.lower_local_name))
            yield next((key for key in keys if key[1] is not None), ANY), each.test
