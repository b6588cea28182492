"""The words of a box as readers see them: what proof looks for in every finished file."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.locales import load_locale
from pipeline.model.nodes import (
    Alert,
    Block,
    Code,
    CodeBlock,
    Figure,
    HardBreak,
    Heading,
    Image,
    Inline,
    ListItem,
    Paragraph,
    SoftBreak,
    TableCell,
    Text,
)
from pipeline.model.walk import walk


def shown_lines(blocks: Iterable[Block], language: str) -> list[str]:
    """The words of blocks, a line for each piece that stands by itself, in order.

    Unlike ``model.walk.block_lines`` these hold what an output adds, as the label of an alert in the publication's
    language, and lack what nobody sees, as a picture's text alternative.
    """
    label = load_locale(language).text
    lines: list[str] = []
    for node in walk(blocks):
        match node:
            case Paragraph() | Heading() | TableCell():
                lines.append(_words(node.children))
            case ListItem():
                if node.checked is not None:
                    lines.append(label("done" if node.checked else "to_do"))
                if node.label:
                    lines.append(f"{_words(node.label)}:")
            case Alert():
                lines.append(label(node.kind))
            case CodeBlock():
                lines.append(node.text)
            case Figure():
                lines.append(node.caption)
            case _:
                pass
    return [line for line in lines if line.strip()]


def _words(nodes: Iterable[Inline]) -> str:
    parts: list[str] = []
    for node in walk(nodes):
        match node:
            case Text() | Code():
                parts.append(node.value)
            case SoftBreak() | HardBreak() | Image():
                parts.append(" ")
            case _:
                pass
    return "".join(parts)
