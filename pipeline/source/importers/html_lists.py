"""Lists of HTML: bullets and numbers, tasks, and terms with what is said of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.model.nodes import Block, BulletList, Heading, Inline, ListItem, OrderedList, Paragraph, Strong, Text
from pipeline.source.importers.draft import at

if TYPE_CHECKING:
    from lxml.html import HtmlElement

ReadBlocks = Callable[["HtmlElement"], Sequence[Block]]
ReadInlines = Callable[["HtmlElement"], Iterable[Inline]]
LeavesOut = Callable[["HtmlElement"], bool]


def read_list(element: HtmlElement, read: ReadBlocks, leaves_out: LeavesOut) -> Iterator[Block]:
    """The list of a ``ul`` or ``ol``; nothing where it has no items. ``read`` gives the blocks inside an element."""
    items: list[ListItem] = []
    for child in element:
        if not isinstance(child.tag, str) or leaves_out(child):
            continue
        if child.tag in {"ul", "ol"} and items:  # a list right in a list belongs to the item above it
            below = read_list(child, read, leaves_out)
            items[-1] = ListItem((*items[-1].blocks, *below), span=items[-1].span)
            continue
        blocks = tuple(flat(read(child)))
        checked = _checked(child)
        if blocks:
            items.append(ListItem(blocks, checked=checked, span=at(child.sourceline or 0)))
    if not items:
        return
    span = at(element.sourceline or 0)
    if element.tag == "ol":
        start = re.fullmatch("[0-9]{1,8}", element.get("start") or "")
        yield OrderedList(tuple(items), int(start.group()) if start else 1, span=span)
    else:
        yield BulletList(tuple(items), span=span)


def read_terms(element: HtmlElement, read: ReadBlocks, read_inlines: ReadInlines) -> BulletList | None:
    """The terms of a ``dl`` as labelled items; None where it has none."""
    items: list[ListItem] = []
    label: tuple[Inline, ...] = ()
    parts = (
        part
        for part in element.iter("dt", "dd")
        if next(up for up in part.iterancestors() if up.tag == "dl") is element
    )
    for part in parts:
        if part.tag == "dt":
            if label:
                items.append(ListItem((Paragraph((Strong(label),)),)))
            label = tuple(_trimmed(read_inlines(part)))
            continue
        blocks = tuple(flat(read(part)))
        if label or not items:
            items.append(ListItem(blocks, label, span=at(part.sourceline or 0)))
        else:
            items[-1] = ListItem(_joined(items[-1].blocks, blocks), items[-1].label, span=items[-1].span)
        label = ()
    if label:
        items.append(ListItem((Paragraph((Strong(label),)),)))
    return BulletList(tuple(items), span=at(element.sourceline or 0)) if items else None


def flat(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks as they can stand in an item: a heading there is a line in bold."""
    for block in blocks:
        yield Paragraph((Strong(block.children),), block.span) if isinstance(block, Heading) else block


def _joined(blocks: tuple[Block, ...], more: tuple[Block, ...]) -> tuple[Block, ...]:
    """What is said of one term, as one paragraph where it is words alone."""
    match (*blocks, *more):
        case (Paragraph() as first, Paragraph() as second):
            return (Paragraph((*first.children, Text(" "), *second.children), first.span),)
    return (*blocks, *more)


def _checked(item: HtmlElement) -> bool | None:
    """Whether a task is done; None for an item that is none."""
    box = next((part for part in item.iter("input") if part.get("type") == "checkbox"), None)
    return None if box is None else "checked" in box.attrib


def _trimmed(children: Iterable[Inline]) -> Iterator[Inline]:
    """A term without the colon behind it."""
    found = list(children)
    if found and isinstance(found[-1], Text):
        found[-1] = Text(found[-1].value.rstrip(" :\n\t"))
    yield from (each for each in found if not (isinstance(each, Text) and not each.value))
