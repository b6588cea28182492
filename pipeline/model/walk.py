"""Walk over nodes: in document order, without recursion limits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, TypeVar

from pipeline.model.nodes import (
    Alert,
    Block,
    BlockQuote,
    BulletList,
    Code,
    CodeBlock,
    Disclaimer,
    Emphasis,
    Figure,
    Footnote,
    FootnoteReference,
    HardBreak,
    Heading,
    Image,
    Inline,
    Link,
    ListItem,
    Node,
    OrderedList,
    Paragraph,
    Section,
    SoftBreak,
    Strikethrough,
    Strong,
    Table,
    TableCell,
    Text,
    ThematicBreak,
)

NodeT = TypeVar("NodeT", bound=Node)


_Inside = Mapping[type[Node], Callable[[Any], tuple[Node, ...]] | None]

_INSIDE: _Inside = {
    **dict.fromkeys((Paragraph, TableCell, Heading, Emphasis, Strong, Strikethrough, Link), attrgetter("children")),
    **dict.fromkeys((BlockQuote, Alert, Disclaimer, Footnote), attrgetter("blocks")),
    **dict.fromkeys((BulletList, OrderedList), attrgetter("items")),
    **dict.fromkeys((Text, SoftBreak, Code, Image, HardBreak, FootnoteReference, CodeBlock, ThematicBreak)),
    Section: lambda node: (node.heading, *node.blocks),
    ListItem: lambda node: (*node.label, *node.blocks),
    Table: lambda node: (*node.header, *(cell for row in node.rows for cell in row)),
    Figure: lambda node: (node.image,),
}
"""What gives the nodes directly inside one of each type; None for those that hold none."""


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly inside ``node``, in document order."""
    inside = _INSIDE[type(node)]
    return inside(node) if inside else ()


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield every node below and including ``nodes``, each before what it holds."""
    return _walk(nodes, _INSIDE)


def _walk(nodes: Iterable[Node], all_inside: _Inside) -> Iterator[Node]:
    stack = list(nodes)
    stack.reverse()
    while stack:
        node = stack.pop()
        yield node
        inside = all_inside[type(node)]  # asked here, since it is done for each node of each article some dozen times
        if inside is not None:
            stack += inside(node)[::-1]


def by_kind(nodes: Iterable[Node]) -> Mapping[type, Sequence[Node]]:
    """Every node below and including ``nodes``, by its type; those of one in document order."""
    found: defaultdict[type, list[Node]] = defaultdict(list)
    for node in walk(nodes):
        found[type(node)].append(node)
    return found


_BLOCKS_INSIDE: _Inside = {
    **_INSIDE,
    **dict.fromkeys((Paragraph, TableCell, Heading, Figure)),
    ListItem: attrgetter("blocks"),
}
"""The same without inline nodes."""


def walk_blocks(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield every block, list item and cell below and including ``nodes``, each before what it holds."""
    return _walk(nodes, _BLOCKS_INSIDE)


def find(nodes: Iterable[Node], kind: type[NodeT]) -> Iterator[NodeT]:
    """Yield every node of one type, in document order."""
    stack = list(nodes)
    stack.reverse()
    while stack:
        node = stack.pop()
        if isinstance(node, kind):
            yield node
        inside = _INSIDE[type(node)]
        if inside is not None:
            stack += inside(node)[::-1]


def anchored(nodes: Iterable[Node]) -> Iterator[Heading | Link | Image]:
    """Yield every heading, link and picture, in document order: all that leads somewhere, or that something leads to."""
    stack = list(nodes)
    stack.reverse()
    while stack:
        node = stack.pop()
        kind = type(node)
        if kind is Paragraph or kind is TableCell:
            inline = node.children  # type: ignore[union-attr]
            if len(inline) != 1 or type(inline[0]) is not Text:  # which nearly all are
                stack += inline[::-1]
            continue
        if kind is Heading or kind is Link or kind is Image:
            yield node  # type: ignore[misc]
        inside = _INSIDE[kind]
        if inside is not None:
            stack += inside(node)[::-1]


def sections(blocks: Iterable[Block]) -> Iterator[Section]:
    """Yield all sections in document order, sub-sections after the section that holds them."""
    for block in blocks:
        if isinstance(block, Section):
            yield block
            yield from sections(block.blocks)


def plain_text(nodes: Iterable[Inline]) -> str:
    """The words of inline nodes: breaks are spaces, images their text alternative, footnote marks nothing."""
    nodes = tuple(nodes)
    if len(nodes) == 1 and isinstance(nodes[0], Text):
        return nodes[0].value  # so it is nearly always
    parts: list[str] = []
    for node in walk(nodes):
        match node:
            case Text() | Code():
                parts.append(node.value)
            case SoftBreak() | HardBreak():
                parts.append(" ")
            case Image():
                parts.append(node.alt)
            case _:
                pass
    return "".join(parts)


def block_lines(blocks: Iterable[Node]) -> list[str]:
    """The words of blocks, one line for each paragraph, heading, cell, caption, label or code block, in order."""
    lines: list[str] = []
    for node in walk(blocks):
        match node:
            case Paragraph() | Heading() | TableCell():
                lines.append(plain_text(node.children))
            case ListItem() if node.label:
                lines.append(f"{plain_text(node.label)}:")
            case CodeBlock():
                lines.append(node.text)
            case Figure():
                lines.append(node.caption)
            case _:
                pass
    return lines
