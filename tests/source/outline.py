"""A parsed text as an indented outline, one node a line, as the cases in YAML write it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.model.nodes import (
    Alert,
    Code,
    CodeBlock,
    Disclaimer,
    Figure,
    Footnote,
    FootnoteReference,
    Heading,
    Image,
    Link,
    ListItem,
    Node,
    OrderedList,
    Section,
    Table,
    Text,
)
from pipeline.model.walk import children, plain_text


def outline(nodes: Iterable[Node]) -> str:
    """The nodes and all that they hold; neighbouring texts, which escapes keep apart, stand together."""
    return "\n".join(_lines(nodes, ""))


def _lines(nodes: Iterable[Node], indent: str) -> Iterator[str]:
    texts: list[str] = []
    for node in nodes:
        if isinstance(node, Text):
            texts.append(node.value)
            continue
        yield from _text(texts, indent)
        yield f"{indent}{_name(node)}"
        inside = [node.image] if isinstance(node, Figure) else children(node)
        if isinstance(node, ListItem):
            inside = node.blocks
        yield from _lines(inside, indent + "  ")
    yield from _text(texts, indent)


def _text(texts: list[str], indent: str) -> Iterator[str]:
    if texts:
        yield f"{indent}{''.join(texts)!r}"
        texts.clear()


def _name(node: Node) -> str:
    return " ".join([type(node).__name__, *(str(fact) for fact in _facts(node) if fact not in {"", None})])


def _facts(node: Node) -> tuple[object, ...]:
    match node:
        case Heading():
            return node.level, f"#{node.id}"
        case Section():
            return (node.role and f"role={node.role}",)
        case Code():
            return (repr(node.value),)
        case Link():
            return node.href, node.title and repr(node.title)
        case Image():
            return node.src, repr(node.alt), node.title and repr(node.title), "decorative" if node.decorative else ""
        case FootnoteReference() | Footnote():
            return node.label, node.number
        case ListItem():
            label = plain_text(node.label)
            checked = {None: "", True: "[x]", False: "[ ]"}[node.checked]
            return checked, label and f"label={label!r}"
        case OrderedList():
            return node.start, "" if node.tight else "loose"
        case Alert() | Disclaimer():
            return (node.kind,)
        case CodeBlock():
            return node.info, repr(node.text)
        case Figure():
            return (repr(node.caption),)
        case Table():
            return ("|".join(side or "-" for side in node.alignments),)
        case _:
            return ()
