"""Headings that a copy has lost the marks of, and levels that fit an article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.model.nodes import Block, BulletList, Heading, Inline, ListItem, OrderedList, Paragraph, Strong
from pipeline.source.importers.draft import Draft, said
from pipeline.source.importers.plain_text import inline_text
from pipeline.source.importers.shapes import is_bold_line, is_prose, items_of, may_be_heading, text_of

Roles = Callable[[str], frozenset[str]]
_NUMBERED = re.compile(r"(?:[0-9]{1,2}|[IVX]{1,4})(?:\.[0-9]{1,2})?[.):]?\s")
_CAPITALS_WORDS = 2
_LEAD_IN_WORDS = 6


def mark_headings(draft: Draft, roles: Roles) -> None:
    """Make headings of bold lines, and, in a text that has no headings, of bare lines that look like some."""
    marked = any(isinstance(block, Heading) for block in draft.blocks)
    draft.blocks[:] = _bold_headings(draft.blocks)
    if not draft.structured or not any(isinstance(block, Heading) for block in draft.blocks):
        draft.blocks[:] = _numbered_headings(draft.blocks)
        draft.blocks[:] = _bare_headings(draft.blocks, roles)
        if not marked:
            draft.blocks[:] = _levels_by_looks(draft.blocks, roles)
    draft.blocks[:] = even_levels(draft.blocks)


def _bold_headings(blocks: Sequence[Block]) -> Iterator[Block]:
    """Lines in bold that something follows, one level below the heading above them."""
    level = 1
    for number, block in enumerate(blocks):
        if isinstance(block, Heading):
            level = block.level
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        if is_bold_line(block) and following is not None and not isinstance(following, Heading):
            assert isinstance(block, Paragraph)
            words = said(block.children).rstrip(":").strip()
            yield Heading(min(6, max(2, level + 1)), inline_text(words), span=block.span)
        else:
            yield block


def _numbered_headings(blocks: Sequence[Block]) -> Iterator[Block]:
    """Lists of one short item each, with paragraphs between them, as the headings of those."""
    singles = [
        number
        for number, block in enumerate(blocks)
        if isinstance(block, OrderedList)
        and _is_single(block)
        and number + 1 < len(blocks)
        and _is_text(blocks[number + 1])
    ]
    if len(singles) < 2:  # noqa: PLR2004 -- one alone is a list of one
        yield from blocks
        return
    chosen = set(singles)
    for number, block in enumerate(blocks):
        if number in chosen:
            assert isinstance(block, OrderedList)
            yield Heading(3, inline_text(f"{block.start}. {_item_text(block.items[0])}"), span=block.span)
        else:
            yield block


def _is_text(below: Block) -> bool:
    """Whether what stands below an item is no further item."""
    return is_prose(below) or isinstance(below, BulletList) or (isinstance(below, OrderedList) and below.start == 1)


def _is_single(block: OrderedList) -> bool:
    return len(block.items) == 1 and len(block.items[0].blocks) == 1 and may_be_heading(_item_text(block.items[0]))


def _item_text(item: ListItem) -> str:
    return text_of(item.blocks[0]) if item.blocks else ""


def _bare_headings(blocks: Sequence[Block], roles: Roles) -> Iterator[Block]:
    """Lines that stand alone before what they govern. Lines in a row behind a colon, or three and more, are a list."""
    number = 0
    while number < len(blocks):
        end = number
        while end < len(blocks) and _is_candidate(blocks[end], roles):
            end += 1
        run = blocks[number:end]
        if not run:
            yield blocks[number]
            number += 1
            continue
        lead = max((place for place, block in enumerate(run[:-1]) if text_of(block).endswith(":")), default=None)
        if lead is not None and len(run) - lead > 2:  # noqa: PLR2004 -- what leads in a list of two and more
            yield from run[: lead + 1]
            number, run = number + lead + 1, run[lead + 1 :]
        listed = (
            number > 0 and text_of(blocks[number - 1]).endswith(":") and not isinstance(blocks[number - 1], Heading)
        )
        heading = end < len(blocks) and not listed
        if heading and len(run) > 2:  # noqa: PLR2004 -- a section, and one in it
            yield from as_list(run[:-1])
            run = run[-1:]
        if heading:
            yield from (_heading(block) for block in run)
        elif listed and len(run) > 1:
            governs = end < len(blocks) and (bool(items_of(blocks[end])) or bool(roles(text_of(run[-1]))))
            last = len(run) - 1 if governs else len(run)
            yield from as_list(run[:last])
            yield from (_heading(block) for block in run[last:])
        elif len(run) > 2:  # noqa: PLR2004 -- the same
            yield from as_list(run)
        else:
            yield from run
        number = end


def _is_candidate(block: Block, roles: Roles) -> bool:
    if not isinstance(block, Paragraph) or any(not hasattr(child, "value") for child in block.children):
        return False
    text = text_of(block)
    if text.endswith(":"):
        bare = text[:-1].strip()
        return len(bare.split()) <= _LEAD_IN_WORDS and may_be_heading(bare) and bool(roles(bare))
    return may_be_heading(text)


def _heading(block: Block) -> Heading:
    return Heading(2, inline_text(text_of(block).rstrip(":").strip()), span=block.span)


def as_list(blocks: Sequence[Block]) -> Iterator[Block]:
    """Lines that only a list can be: one alone stays a paragraph."""
    if len(blocks) < 2:  # noqa: PLR2004
        yield from blocks
    else:
        yield BulletList(tuple(ListItem((block,), span=block.span) for block in blocks), span=blocks[0].span)


def _levels_by_looks(blocks: Sequence[Block], roles: Roles) -> Iterator[Block]:
    """Bare headings in two levels: capitals over small letters, a role over none right below it, names over numbers."""
    texts = [text_of(block) for block in blocks if isinstance(block, Heading)]
    capitals = {text for text in texts if text.isupper() and len(text.split()) >= 1}
    mixed = bool(capitals) and len(capitals) < len(texts)
    numbered = {text for text in texts if _NUMBERED.match(text)}
    before: Block | None = None
    under_numbers = False
    inside = False
    for block in blocks:
        if isinstance(block, Heading):
            text = text_of(block)
            direct = isinstance(before, Heading)
            has_role = bool(roles(text))
            inside = (inside or direct) and not has_role and not (mixed and text in capitals)
            lower = (mixed and text not in capitals and not has_role) or inside or (text in numbered and under_numbers)
            under_numbers = under_numbers or text not in numbered
            block = replace(block, level=3 if lower and before is not None else 2)  # noqa: PLW2901 -- the same, placed
        yield block
        before = block


def even_levels(blocks: Iterable[Block]) -> Iterator[Block]:
    """Headings from level 2 on (the title is the only one of level 1), none more than one level below the one above it."""
    blocks = list(blocks)
    levels = sorted({block.level for block in blocks if isinstance(block, Heading)})
    shift = 2 - levels[0] if levels else 0
    above = 1
    for block in blocks:
        if isinstance(block, Heading):
            level = max(2, min(block.level + shift, above + 1, 6))
            above = level
            yield replace(block, level=level, children=_plain_heading(block))
        else:
            yield block


def _plain_heading(block: Heading) -> tuple[Inline, ...]:
    """A heading's words, not in bold: a heading is."""
    match block.children:
        case (Strong(children=children),):
            return children
    return block.children
