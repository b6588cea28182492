"""What the spans of a parsed text must show in its source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.model.lines import LineIndex
from pipeline.model.nodes import (
    Alert,
    BlockQuote,
    BulletList,
    Code,
    CodeBlock,
    Disclaimer,
    Emphasis,
    Footnote,
    FootnoteReference,
    HardBreak,
    Heading,
    Image,
    Link,
    ListItem,
    Node,
    OrderedList,
    SoftBreak,
    Strikethrough,
    Strong,
    Text,
    ThematicBreak,
)
from pipeline.model.walk import children, walk

SHAPES: dict[type, str] = {
    Code: r"`[^`].*`|`{2,}.*`{2,}",
    Emphasis: r"\*.*\*|_.*_",
    Strong: r"\*\*.*\*\*|__.*__",
    Strikethrough: r"~.*~",
    Link: r"\[.*[\])]|<.*>",
    Image: r"!\[.*[\])}]",
    SoftBreak: r"(?:\r\n?|\n).*",
    HardBreak: r"(?:\\)?(?:\r\n?|\n).*",
    FootnoteReference: r"\[\^[^\]]+\]",
    Heading: r"#{1,6}(?:[ \t].*)?|.*(?:\r\n?|\n).*[-=]+",
    ListItem: r"(?:[-+*]|[0-9]{1,9}[.)])(?:\s.*)?",
    BulletList: r"[-+*](?:\s.*)?",
    OrderedList: r"[0-9]{1,9}[.)](?:\s.*)?",
    BlockQuote: r">.*",
    Alert: r"> ?\[!.*",
    CodeBlock: r"(`{3,}|~{3,}).*|.*",
    ThematicBreak: r"[-*_ \t]+",
    Disclaimer: r":{3,}\s?disclaimer.*",
    Footnote: r"\[\^[^\]]+\]:.*",
}
ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]|&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z0-9]+);")


def misplaced(source: str, nodes: Iterable[Node]) -> Iterator[str]:
    """Says of each node whose span does not show it in ``source`` what it shows instead."""
    index = LineIndex(source)
    for node in walk(nodes):
        start, end = index.offsets(node.span)
        shown = source[start:end]
        if isinstance(node, Text):
            if shown != node.value and not ESCAPE.fullmatch(shown) and shown.replace("\\|", "|") != node.value:
                yield f"Text {node.value!r} shows {shown!r}"
        elif not re.fullmatch(SHAPES.get(type(node), r".+"), shown, re.DOTALL) and not _is_empty_cell(node, shown):
            yield f"{type(node).__name__} shows {shown!r}"
        before = start
        for child in children(node):
            first, last = index.offsets(child.span)
            if not before <= first <= last <= end:
                yield f"{type(child).__name__} at {first}–{last} does not fit into {type(node).__name__} {start}–{end}"
            before = last


def _is_empty_cell(node: Node, shown: str) -> bool:
    return type(node).__name__ == "TableCell" and not shown
