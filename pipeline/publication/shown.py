"""What readers see: the words of a box, which proof looks for in every finished file, and the pictures of chapters."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.locales import load_locale
from pipeline.model.nodes import (
    Alert,
    Block,
    Code,
    CodeBlock,
    Disclaimer,
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
from pipeline.model.publication import Chapter
from pipeline.model.walk import block_lines, find, walk


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


def box_words(box: Disclaimer) -> tuple[str, ...]:
    """What makes two boxes one to readers: their kinds and their words."""
    return (box.kind, *box.also, *block_lines(box.blocks))


def shown_pictures(chapters: Iterable[Chapter]) -> set[str]:
    """Paths of the pictures in the text of chapters, as written there; covers are not among them."""
    nodes = [block for chapter in chapters for block in chapter.blocks]
    return {image.src for image in find(nodes, Image)}


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
