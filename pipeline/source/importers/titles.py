"""An article's title: found among its first lines, and taken from its text, where it often stands twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from pipeline.model.nodes import Block, Heading
from pipeline.source.importers.draft import Draft
from pipeline.source.importers.shapes import folded, is_prose, may_be_heading, text_of

_SITE = re.compile(r" [|–—·»:-]{1,3} | ?[|»] ?")
_MOST = 250
"""Characters of a title."""
_FIRST_LINES = 12


def settle_title(draft: Draft, name: str, roles: Callable[[str], frozenset[str]]) -> None:
    """Set the draft's title, and take from its blocks what repeats it. ``name`` is the file's, without its ending."""
    levels = Counter(block.level for block in draft.blocks if isinstance(block, Heading))

    def is_section(block: Block) -> bool:
        return isinstance(block, Heading) and levels[block.level] > 1 and bool(roles(text_of(block)))

    opening = [block for block in _opening(draft.blocks) if not is_section(block)]
    first_h1 = next((block for block in draft.blocks if isinstance(block, Heading) and block.level == 1), None)
    if (
        first_h1 is not None
        and not draft.title
        and not is_section(first_h1)
        and not _below_title(first_h1, opening, levels)
    ):
        draft.title = text_of(first_h1)
    if not draft.title:
        draft.title = _doubled(opening) or draft.suggested_title or _first(opening)
    if not draft.title and name:
        draft.title = re.sub(r"[-_\s]+", " ", name).strip().capitalize()
        draft.changed.append("no title was found, so the file's name stands for it")
    draft.title = " ".join(draft.title.split())[:_MOST]
    _take_out(draft, opening)


def without_site(title: str, site: str, headings: Sequence[str]) -> str:
    """A page's title without the name of its site, which often stands before or behind it."""
    known = {folded(heading) for heading in headings}
    parts = [part for part in _SITE.split(title) if part]
    for part in parts:
        if folded(part) in known:
            return part
    if len(parts) > 1 and site:
        rest = [part for part in parts if folded(part) != folded(site)]
        if len(rest) == len(parts) - 1:
            for end, part in ((0, parts[0]), (-1, parts[-1])):
                if folded(part) == folded(site):
                    return title[len(part) :].lstrip(" |–—·»:-") if end == 0 else title[: -len(part)].rstrip(" |–—·»:-")
    bars = re.split(r" ?[|»] ?", title)
    return max(bars, key=len) if len(bars) > 1 else title


def _opening(blocks: Sequence[Block]) -> list[Block]:
    """The lines before the first running text."""
    found: list[Block] = []
    for block in blocks[:_FIRST_LINES]:
        if is_prose(block) or not text_of(block):
            break
        found.append(block)
    return found


def _doubled(opening: Sequence[Block]) -> str:
    """A line that stands twice, alone and behind or before other words; empty where none does."""
    lines = [text_of(block) for block in opening]
    for number, line in enumerate(lines):
        for other in lines[number + 1 :]:
            short, long = sorted((line, other), key=len)
            one, two = folded(short), folded(long)
            if len(one.split()) > 1 and (two == one or two.endswith(f" {one}") or two.startswith(f"{one} ")):
                return short
    return ""


def _first(opening: Sequence[Block]) -> str:
    """The first line that can be a title; of several short ones, the first with more than two words."""
    lines = [text_of(block) for block in opening if may_be_heading(text_of(block)) or isinstance(block, Heading)]
    return next((line for line in lines if len(line.split()) > 2), lines[0] if lines else "")  # noqa: PLR2004 -- a menu's have


def _below_title(first: Heading, opening: Sequence[Block], levels: Mapping[int, int]) -> bool:
    """Whether the first large heading is but the first of several, below a line that is set as plain text and names the whole."""
    if levels[first.level] == 1 or first not in opening:
        return False
    above = [text_of(block) for block in opening[: opening.index(first)] if not isinstance(block, Heading)]
    return any(may_be_heading(line) and len(line.split()) > 2 for line in above)  # noqa: PLR2004 -- as in _first


def _take_out(draft: Draft, opening: Sequence[Block]) -> None:
    """Take the title's lines out of the blocks, and what stands before the first of them."""
    title = folded(draft.title)
    repeats = [block for block in opening if _is_title(folded(text_of(block)), title)]
    gone = list(opening)[: opening.index(repeats[0])] if repeats else []
    for block in gone:
        draft.drop("a line before the title", text_of(block), block.span.line)
    for block in repeats:
        if rest := _beside(text_of(block), draft.title):
            draft.drop("a line before the title", rest, block.span.line)
    taken = {id(block) for block in (*gone, *repeats)}

    def stays(block: Block) -> bool:
        again = isinstance(block, Heading) and block.level == 1 and folded(text_of(block)) == title
        return id(block) not in taken and not again

    draft.blocks[:] = filter(stays, draft.blocks)


def _is_title(line: str, title: str) -> bool:
    if line == title:
        return True
    longer = line.endswith(f" {title}") or line.startswith(f"{title} ")
    return longer and len(title.split()) > 1 and len(line.split()) - len(title.split()) <= 6  # noqa: PLR2004 -- a site's name


def _beside(line: str, title: str) -> str:
    """What a line says beside the title."""
    start = line.casefold().find(title.casefold())
    return f"{line[:start]} {line[start + len(title) :]}".strip(" |–—·»:-") if start >= 0 else ""
