"""Walk over nodes: in document order, without recursion limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar, assert_never

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


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly inside ``node``, in document order."""
    match node:
        # the kinds that most nodes are of come first
        case Text() | SoftBreak():
            return ()
        case Paragraph() | TableCell() | Heading() | Emphasis() | Strong() | Strikethrough() | Link():
            return node.children
        case Section():
            return (node.heading, *node.blocks)
        case ListItem():
            return (*node.label, *node.blocks)
        case BlockQuote() | Alert() | Disclaimer() | Footnote():
            return node.blocks
        case BulletList() | OrderedList():
            return node.items
        case Code() | Image() | HardBreak() | FootnoteReference() | CodeBlock() | ThematicBreak():
            return ()
        case Table():
            return (*node.header, *(cell for row in node.rows for cell in row))
        case Figure():
            return (node.image,)
        case _:
            assert_never(node)


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield every node below and including ``nodes``, each before what it holds."""
    stack = list(nodes)
    stack.reverse()
    while stack:
        node = stack.pop()
        yield node
        below = children(node)
        if below:
            stack.extend(below[::-1])


def find(nodes: Iterable[Node], kind: type[NodeT]) -> Iterator[NodeT]:
    """Yield every node of one type, in document order."""
    for node in walk(nodes):
        if isinstance(node, kind):
            yield node


def sections(blocks: Iterable[Block]) -> Iterator[Section]:
    """Yield all sections in document order, sub-sections after the section that holds them."""
    for block in blocks:
        if isinstance(block, Section):
            yield block
            yield from sections(block.blocks)


def plain_text(nodes: Iterable[Inline]) -> str:
    """The words of inline nodes: breaks are spaces, images their text alternative, footnote marks nothing."""
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
