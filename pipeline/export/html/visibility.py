"""Whether readers see an element: attributes, inline styles, and every style sheet that the page has."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

from pipeline.errors import ProofError
from pipeline.export.format import Read
from pipeline.export.html.hiding import hides
from pipeline.export.html.reading import SILENT, Element

FOLDED = frozenset({"details", "dialog"})
"""Elements whose content a reader has to open."""

UNSEEN = (SILENT - {"head"}) | FOLDED
"""Elements whose content is not seen, or not at once; that of a head is looked at by itself."""

HIDING = frozenset({"hidden", "inert", "popover"})
"""Attributes that hide an element."""

NAMES = re.compile("[^ \t\r\n\f]+")
"""Of classes (HTML, 2.3.7)."""

Test = Callable[[Any], bool]
"""Whether a selector matches an element, with all that is around it."""


@dataclass(frozen=True, slots=True)
class _Tests:
    """Of what a style sheet hides, by what an element must have to be tested."""

    ids: dict[str, list[Test]] = field(default_factory=dict)
    classes: dict[str, list[Test]] = field(default_factory=dict)
    names: dict[str, list[Test]] = field(default_factory=dict)
    others: list[Test] = field(default_factory=list)
    """For any element."""

    def of(self, element: Element) -> list[Test]:
        """Those that an element has to be tested by."""
        found = self.others + self.names.get(element.tag, [])
        if self.ids and (id_ := element.get("id")):
            found += self.ids.get(id_, ())
        if self.classes and (classes := element.get("class")):
            for name in NAMES.findall(classes):
                found += self.classes.get(name, ())
        return found


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
    if not isinstance(element.tag, str) or element.tag in UNSEEN:
        return True
    attributes = element.attrib
    if not attributes:
        return False
    if not HIDING.isdisjoint(attributes) or attributes.get("aria-hidden", "").strip().lower() == "true":
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
    if tests == _Tests():
        return
    for element in root.iter():
        if wanted := tests.of(element):
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
def _hiding(css: str) -> _Tests:
    """Tests of what a style sheet hides. Pages share theirs, and reading one takes as long as reading several pages."""
    found = _Tests()
    for prelude, declarations in _rules(css):
        if hides(declarations):
            _add_selectors(prelude, found)
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


def _add_selectors(prelude: list[Any], found: _Tests) -> None:
    """Add tests of a rule's selectors; pseudo-elements style no element's own text, and what cannot be read hides nothing."""
    import cssselect2

    try:
        selectors = cssselect2.compile_selector_list(prelude)
    except cssselect2.SelectorError:
        return
    for each in selectors:
        if each.pseudo_element is not None or each.never_matches:
            continue
        if each.id is not None:
            found.ids.setdefault(each.id, []).append(each.test)
        elif each.class_name is not None:
            found.classes.setdefault(each.class_name, []).append(each.test)
        elif each.lower_local_name is not None:
            found.names.setdefault(each.lower_local_name, []).append(each.test)
        else:
            found.others.append(each.test)
