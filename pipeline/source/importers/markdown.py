"""Blocks as Markdown of this project's dialect: the parser's counterpart, for what is imported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from pipeline.model.nodes import (
    Alert,
    Block,
    BlockQuote,
    BulletList,
    CodeBlock,
    Disclaimer,
    Figure,
    Footnote,
    Heading,
    Image,
    ListItem,
    OrderedList,
    Paragraph,
    Section,
    Strong,
    Table,
    TableCell,
    Text,
    ThematicBreak,
)
from pipeline.source.importers.inline_markdown import write_inlines

_DELIMITERS = {None: "---", "left": ":--", "center": ":-:", "right": "--:"}
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)


def write_markdown(blocks: Iterable[Block], footnotes: Iterable[Footnote] = ()) -> str:
    """The Markdown of an article's text; ends in a line feed where there is any."""
    parts = [*_blocks(tuple(blocks)), *(_footnote(note) for note in footnotes)]
    text = "\n\n".join(part for part in parts if part)
    return f"{text}\n" if text else ""


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    """Each block's Markdown; lists that follow one another get other marks, lest they become one."""
    other = False
    before: Block | None = None
    for block in blocks:
        both = isinstance(block, BulletList | OrderedList) and type(block) is type(before)
        other = both and not other
        written = _block(block, other=other)
        if written:
            yield written
            before = block


def _block(block: Block, *, other: bool = False) -> str:
    match block:
        case Paragraph():
            return write_inlines(block.children)
        case Heading():
            return _heading(block)
        case Section():
            return "\n\n".join(part for part in (_heading(block.heading), *_blocks(block.blocks)) if part)
        case BulletList() | OrderedList():
            return _list(block, other=other)
        case BlockQuote():
            return _quoted("\n\n".join(_blocks(block.blocks)))
        case Alert():
            return _quoted(f"[!{block.kind.upper()}]\n" + "\n\n".join(_blocks(block.blocks)))
        case CodeBlock():
            return _code(block)
        case ThematicBreak():
            return "---"
        case Table():
            return _table(block)
        case Figure():
            return write_inlines((Image(block.image.src, block.image.alt, block.caption or block.image.title),))
        case Disclaimer():
            held = "\n\n".join(_blocks(block.blocks))
            return f":::disclaimer {block.kind}\n{held}\n:::" if held else f":::disclaimer {block.kind}\n:::"
        case _:
            assert_never(block)


def _heading(heading: Heading) -> str:
    words = write_inlines(heading.children, one_line=True)
    if not words:
        return ""
    if words.endswith("#"):
        words = f"{words[:-1]}\\#"
    attributes = f" {{#{heading.id}}}" if heading.id else ""
    return f"{'#' * heading.level} {words}{attributes}"


def _list(block: BulletList | OrderedList, *, other: bool) -> str:
    loose = not all(_is_tight(item) for item in block.items)
    start = block.start if isinstance(block, OrderedList) else 0
    items = []
    for number, item in enumerate(block.items, start):
        mark = f"{number}{')' if other else '.'}" if isinstance(block, OrderedList) else "*" if other else "-"
        items.append(_item(item, mark))
    return ("\n\n" if loose else "\n").join(items)


def _is_tight(item: ListItem) -> bool:
    """Whether an item is a paragraph and lists below it, which need no blank line."""
    rest = item.blocks[1:] if item.blocks and isinstance(item.blocks[0], Paragraph) else item.blocks
    return all(isinstance(block, BulletList | OrderedList) and all(map(_is_tight, block.items)) for block in rest)


def _item(item: ListItem, mark: str) -> str:
    blocks = list(item.blocks)
    if item.label:
        first, *rest = blocks or [Paragraph(())]
        label = (Strong((*item.label, Text(":"))), Text(" "))
        blocks = (
            [Paragraph((*label, *first.children)), *rest]
            if isinstance(first, Paragraph)
            else [Paragraph(label), *blocks]
        )
    parts = [part for part in _blocks(blocks) if part]
    text = ("\n" if _is_tight(item) else "\n\n").join(parts)
    if item.checked is not None:
        text = f"[{'x' if item.checked else ' '}] {text}"
    indent = " " * (len(mark) + 1)
    return f"{mark} {_indented(text, indent)}".rstrip(" ")


def _indented(text: str, indent: str) -> str:
    first, *rest = text.split("\n")
    return "\n".join([first, *(f"{indent}{line}" if line else "" for line in rest)])


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip(" ") for line in text.split("\n"))


def _code(block: CodeBlock) -> str:
    longest = max((len(fence) for fence in _FENCE.findall(block.text)), default=2)
    fence = "`" * max(3, longest + 1)
    info = re.sub(r"[^\w+#.-]", "", block.info.split()[0]) if block.info.split() else ""
    return f"{fence}{info}\n{block.text.rstrip(chr(10))}\n{fence}"


def _table(table: Table) -> str:
    width = max([len(table.header), *(len(row) for row in table.rows)], default=0)
    if not width:
        return ""
    alignments = [*table.alignments, *[None] * width][:width]
    rows = [_row(table.header, width), "| " + " | ".join(_DELIMITERS[each] for each in alignments) + " |"]
    return "\n".join([*rows, *(_row(row, width) for row in table.rows)])


def _row(cells: Sequence[TableCell], width: int) -> str:
    texts = [_cell(cell) for cell in cells] + [""] * (width - len(cells))
    return "| " + " | ".join(texts) + " |"


def _cell(cell: TableCell) -> str:
    """A cell's words; a bar in them is escaped, also in code (GitHub Flavored Markdown 0.29, section 4.10)."""
    return re.sub(r"\\?\|", r"\\|", write_inlines(cell.children, one_line=True))


def _footnote(note: Footnote) -> str:
    text = "\n\n".join(_blocks(note.blocks))
    return f"[^{note.label}]: {_indented(text, '    ')}"
