"""Takes away what a site has put around an article and between its paragraphs; each piece is noted."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipeline.model.nodes import Block, Heading, Paragraph, ThematicBreak
from pipeline.model.walk import block_lines
from pipeline.profiles.headings import words
from pipeline.source.importers.bylines import take_line
from pipeline.source.importers.draft import Draft, words_of
from pipeline.source.importers.furniture import NAMES, line_kind, tail_kind
from pipeline.source.importers.shapes import (
    count_words,
    folded,
    is_all_links,
    is_prose,
    items_of,
    may_be_heading,
    text_of,
)

Roles = Callable[[str], frozenset[str]]
"""The roles that a heading may mean, in any article type."""
_TRAIL = re.compile(r"\s[>»›/→]\s|[»›→]")
_OWN_AT_THE_END = frozenset({"sources", "conclusion", "contact", "when-to-get-help", "who-should-be-careful"})
"""Sections of an article that may stand behind what is not part of it."""
_BOXES = frozenset({"share", "newsletter", "author"})
"""Tails that end with the next heading."""
_SHORT_TAILS = frozenset({"share", "newsletter", "tags", "navigation"})
_LATE = 0.6
"""Share of an article's words after which a tail is taken to go on to the end."""
_NAV_ITEM_WORDS = 5
_FEW_PROSE_WORDS = 25


def clear_opening(draft: Draft) -> None:
    """Take bylines, dates, breadcrumbs and menus from before the first running text."""
    kept: list[Block] = []
    for number, block in enumerate(draft.blocks):
        if is_prose(block):
            kept += draft.blocks[number:]
            break
        text = text_of(block)
        if text and take_line(text, draft, block.span.line):
            continue
        if text and _TRAIL.search(text) and len(text.split()) <= 20:  # noqa: PLR2004 -- a way through a site
            draft.drop("a breadcrumb trail", text, block.span.line)
        elif _is_menu(block):
            draft.drop("navigation", words_of(block), block.span.line)
        else:
            kept.append(block)
    draft.blocks[:] = kept


def _is_menu(block: Block) -> bool:
    items = items_of(block)
    return len(items) > 1 and (
        all(line_kind(words_of_item) for words_of_item in _lines(block))
        or (is_all_links(block) and all(len(line.split()) <= _NAV_ITEM_WORDS for line in _lines(block)))
    )


def _lines(block: Block) -> list[str]:
    return [" ".join(line.split()) for line in block_lines([block]) if line.strip()]


def clear_lines(draft: Draft) -> None:
    """Take away lines of the site from between an article's own: share buttons, advertisements, reading times."""
    kept: list[Block] = []
    blocks = draft.blocks
    number = 0
    while number < len(blocks):
        block = blocks[number]
        text = text_of(block)
        kind = line_kind(text) if text else _list_kind(block)
        if kind == "contents" and not _lists_headings(blocks, number + 1):
            kind = ""
        if kind:
            draft.drop(NAMES[kind], words_of(block), block.span.line)
            end = _after_contents(blocks, number + 1) if kind == "contents" else number + 1
            for other in blocks[number + 1 : end]:
                draft.drop(NAMES[kind], words_of(other), other.span.line)
            number = end
            continue
        if text and not words(text) and not _holds_picture(block):
            draft.drop("a line of signs", text, block.span.line)
        else:
            kept.append(block)
        number += 1
    draft.blocks[:] = kept


def _holds_picture(block: Block) -> bool:
    return any(type(child).__name__ in {"Image", "FootnoteReference"} for child in getattr(block, "children", ()))


def _list_kind(block: Block) -> str:
    kinds = {line_kind(line) for line in _lines(block)} if items_of(block) else {""}
    return "" if not kinds or "" in kinds else min(kinds)


def _lists_headings(blocks: Sequence[Block], start: int) -> bool:
    """Whether what follows lists what stands under headings further down."""
    return _after_contents(blocks, start) > start


def _after_contents(blocks: Sequence[Block], start: int) -> int:
    """Where a table of contents ends: a list, or lines, that are headings or lines further down."""
    later = {folded(text_of(block)) for block in blocks[start + 1 :] if text_of(block)}
    if start < len(blocks) and items_of(blocks[start]):
        lines = [folded(line) for line in _lines(blocks[start])]
        known = sum(line in later for line in lines)
        return start + 1 if known * 2 >= len(lines) or is_all_links(blocks[start]) else start
    end = start
    while end < len(blocks) and (text := folded(text_of(blocks[end]))):
        if text not in {folded(text_of(block)) for block in blocks[end + 1 :]}:
            break
        end += 1
    return end


def clear_tails(draft: Draft, roles: Roles) -> None:
    """Take away what follows an article: other articles, comments, the author's box, newsletter prompts."""
    blocks, kept = draft.blocks, list[Block]()
    whole = max(1, count_words(blocks))
    done = number = 0
    begun = False
    while number < len(blocks):
        block = blocks[number]
        text = text_of(block)
        begun = begun or is_prose(block)
        kind = tail_kind(text) if begun and text and not is_prose(block) else ""
        end = _tail_end(blocks, number, kind, roles, late=done > _LATE * whole) if kind else number
        if end > number and (kept or end < len(blocks)):
            for dropped in blocks[number:end]:
                draft.drop(NAMES[kind], words_of(dropped), dropped.span.line)
        else:
            end = number + 1
            kept.append(block)
        done += count_words(blocks[number:end])
        number = end
    draft.blocks[:] = kept


def _tail_end(blocks: Sequence[Block], start: int, kind: str, roles: Roles, *, late: bool) -> int:
    """Where a tail that starts at a heading ends and the article goes on; the end of all where it does not."""
    opener = blocks[start]
    end = start + 1
    while end < len(blocks):
        block = blocks[end]
        text = text_of(block)
        if text and not is_prose(block) and tail_kind(text):
            return end
        if kind in _BOXES and text and (isinstance(block, Heading) or may_be_heading(text)) and not line_kind(text):
            return end
        followed = end + 1 < len(blocks) and (is_prose(blocks[end + 1]) or bool(items_of(blocks[end + 1])))
        if text and (isinstance(block, Heading) or may_be_heading(text)) and not tail_kind(text) and followed:
            known = roles(text)
            if known & _OWN_AT_THE_END or (known and not late and kind != "comments"):
                return end
            same = isinstance(block, Heading) and isinstance(opener, Heading) and block.level <= opener.level
            if same and not late and kind != "comments":
                return end
        if kind in _SHORT_TAILS and is_prose(block) and not line_kind(text):
            return end
        long = is_prose(block) and len(text.split()) >= _FEW_PROSE_WORDS
        if long and not late and kind == "related" and not line_kind(text):
            return end
        end += 1
    return end


def clear_edges(draft: Draft) -> None:
    """Take away rules at either end, and second ones."""
    kept: list[Block] = []
    for block in draft.blocks:
        if not (isinstance(block, ThematicBreak) and (not kept or isinstance(kept[-1], ThematicBreak))):
            kept.append(block)
    while kept and isinstance(kept[-1], ThematicBreak):
        kept.pop()
    draft.blocks[:] = [block for block in kept if not (isinstance(block, Paragraph) and not block.children)]
