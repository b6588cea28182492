"""Labelled items: ``Label: text`` in lists, and the lists that a copy has lost the marks of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from pipeline.model.nodes import Block, BlockQuote, BulletList, Heading, Inline, ListItem, OrderedList, Paragraph, Text
from pipeline.source.importers.bare_headings import as_list
from pipeline.source.importers.draft import Draft
from pipeline.source.importers.shapes import text_of

_LABEL = re.compile(r"([^:.!?¿¡;]{2,60}):\s+(?=\S)")
_LABEL_WORDS = 7
_STEP = re.compile(r"(?i)(?:step|paso)\s[0-9]{1,2}(?:\s?[:.–-]\s?(\S.{0,80}))?[:.]?")
_WORK_WORDS = 60
"""Words of a reference to a work."""
_FEWEST = 3
"""Paragraphs in a row that start with a label; two may be sentences."""


def label_of(text: str) -> str:
    """The label that a text starts with, as in ``Improved posture: strong glutes help``; empty where it has none."""
    match = _LABEL.match(text)
    if match is None or len(match[1].split()) > _LABEL_WORDS or not (match[1][0].isupper() or match[1][0].isdigit()):
        return ""
    return match[1].strip()


def mark_lists(draft: Draft) -> None:
    """Make lists of paragraphs in a row that all start with a label."""
    kept: list[Block] = []
    run: list[Block] = []
    for block in draft.blocks:
        if isinstance(block, Paragraph) and label_of(text_of(block)):
            run.append(block)
            continue
        kept += [*(as_list(run) if len(run) >= _FEWEST else run), block]
        run = []
    draft.blocks[:] = [*kept, *(as_list(run) if len(run) >= _FEWEST else run)]


def mark_steps(draft: Draft) -> None:
    """Make a numbered list of lines such as ``Step 1``, or ``Step 1: Stand tall``, with a paragraph below each."""
    kept: list[Block] = []
    items: list[ListItem] = []
    number = 0
    blocks = [*draft.blocks, None]
    while number < len(blocks):
        block = blocks[number]
        below = blocks[number + 1] if number + 1 < len(blocks) else None
        step = _STEP.fullmatch(text_of(block)) if isinstance(block, Paragraph) else None
        if step and isinstance(below, Paragraph) and not _STEP.fullmatch(text_of(below)):
            items.append(ListItem((below,), (Text(step[1].rstrip(":")),) if step[1] else (), span=below.span))
            number += 2
            continue
        if items:
            kept.append(OrderedList(tuple(items), span=items[0].span))
            items = []
        if block is not None:
            kept.append(block)
        number += 1
    draft.blocks[:] = kept


def mark_sources(draft: Draft, roles: Callable[[str], frozenset[str]]) -> None:
    """Make a list of the paragraphs below a heading of sources, which are a work each."""
    kept: list[Block] = []
    works: list[Block] = []
    inside = False
    for block in draft.blocks:
        if inside and isinstance(block, Paragraph) and len(text_of(block).split()) <= _WORK_WORDS:
            works.append(block)
            continue
        kept += as_list(works)
        works = []
        kept.append(block)
        inside = isinstance(block, Heading) and "sources" in roles(text_of(block))
    draft.blocks[:] = [*kept, *as_list(works)]


def mark_labels(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks whose lists have labels where most of their items start with one."""
    return tuple(_labelled(block) for block in blocks)


def _labelled(block: Block) -> Block:
    if isinstance(block, BlockQuote):
        return replace(block, blocks=mark_labels(block.blocks))
    if not isinstance(block, BulletList | OrderedList):
        return block
    items = tuple(replace(item, blocks=mark_labels(item.blocks)) for item in block.items)
    labels = [label_of(text_of(item.blocks[0])) if item.blocks else "" for item in items]
    if len(items) > 1 and sum(map(bool, labels)) * 3 >= len(items) * 2:
        items = tuple(_with_label(item, label) for item, label in zip(items, labels, strict=True))
    return replace(block, items=items)


def _with_label(item: ListItem, label: str) -> ListItem:
    first = item.blocks[0] if item.blocks else None
    if not label or item.label or not isinstance(first, Paragraph) or not isinstance(first.children[0], Text):
        return item
    text = first.children[0].value.lstrip()
    match = _LABEL.match(text)
    if match is None:
        return item
    rest: tuple[Inline, ...] = (Text(text[match.end() :]), *first.children[1:])
    return replace(item, label=(Text(label),), blocks=(replace(first, children=rest), *item.blocks[1:]))
