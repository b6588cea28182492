"""A page as browsers read it: by the HTML standard's own algorithm for parsing, whatever is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Element = Any
"""An element of ``xml.etree``; its tag has no namespace."""


def read_page(text: str) -> Element:
    """The root of a page. Comments are left out, and what a template holds is in it as it is in its source.

    The parser is Lexbor: it knows the standard's algorithm (HTML 13.2), and reads a page in a hundredth of the time that one
    in Python takes.
    """
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(text).root
    assert root is not None  # the algorithm makes one of any text
    return _tree(root)


def _tree(root: LexborNode) -> Element:
    from xml.etree.ElementTree import Element as Made
    from xml.etree.ElementTree import SubElement

    top = Made(root.tag or "", _attributes(root))
    waiting = [(root, top)]
    while waiting:
        node, made = waiting.pop()
        last: Element | None = None
        for child in _children(node):
            if child.is_element_node:
                last = SubElement(made, child.tag or "", _attributes(child))
                waiting.append((child, last))
            elif not child.is_text_node:
                continue
            elif last is None:
                made.text = (made.text or "") + (child.text_content or "")
            else:
                last.tail = (last.tail or "") + (child.text_content or "")
    return top


def _children(node: LexborNode) -> Iterator[LexborNode]:
    if node.tag == "template":
        node = next(iter(node.template_fragments()), node)  # those of its descendants come after its own
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _attributes(node: LexborNode) -> dict[str, str]:
    found: Any = node.attributes
    if None in found.values():
        found = {name: value or "" for name, value in found.items()}
    made: dict[str, str] = found
    return made
