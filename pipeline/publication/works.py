"""The sources of a book's chapters, gathered: each work once, by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.model.nodes import Block, BulletList, FootnoteReference, Link, ListItem, OrderedList, Section, Text
from pipeline.model.publication import Chapter
from pipeline.model.volume import Work
from pipeline.model.walk import block_lines, find

ROLE = "sources"
NUMBERED = re.compile(r"\[\d{1,3}(?:[,–-] ?\d{1,3})*\]")
"""A mark in running text that stands for a numbered source."""


def gather(chapters: Sequence[Chapter]) -> tuple[tuple[Chapter, ...], tuple[Work, ...]]:
    """The chapters without the lists of sources that can be gathered, and the works in them.

    A section stays where it is when it is more than a list, when something links to it or to a part of it, and when the text
    refers to its numbers.
    """
    linked = frozenset(_linked(chapters))
    works: list[Work] = []
    left: list[Chapter] = []
    for chapter in chapters:
        kept: list[Block] = []
        for block in chapter.body:
            if _can_move(block, chapter, linked):
                works += (Work(chapter.slug, item) for item in _items(block))
            else:
                kept.append(block)
        left.append(chapter if len(kept) == len(chapter.body) else replace(chapter, body=tuple(kept)))
    return tuple(left), tuple(sorted(_each_once(works), key=_name))


def _linked(chapters: Iterable[Chapter]) -> Iterator[tuple[str, str]]:
    """Chapter and anchor of every link to a heading."""
    for chapter in chapters:
        for link in find(chapter.blocks, Link):
            page, mark, anchor = link.href.partition("#")
            if mark:
                yield page.removeprefix("./").removesuffix(".md") or chapter.slug, anchor


def _can_move(block: Block, chapter: Chapter, linked: frozenset[tuple[str, str]]) -> bool:
    if not isinstance(block, Section) or block.role != ROLE or (chapter.slug, block.heading.id) in linked:
        return False
    if not block.blocks or not all(isinstance(each, BulletList | OrderedList) for each in block.blocks):
        return False
    if any(True for _ in find(block.blocks, FootnoteReference)):
        return False
    numbered = any(isinstance(each, OrderedList) for each in block.blocks)
    return not (numbered and any(NUMBERED.search(text.value) for text in find(chapter.body, Text)))


def _items(section: Block) -> Iterator[ListItem]:
    if isinstance(section, Section):
        for block in section.blocks:
            if isinstance(block, BulletList | OrderedList):
                yield from block.items


def _each_once(works: Iterable[Work]) -> Iterator[Work]:
    """One of each work: of those that link to the same places or have the same words, the one that says most."""
    found: list[Work] = []
    places: dict[object, int] = {}
    for work in works:
        links = frozenset(link.href for link in find([work.item], Link))
        keys: list[object] = [_name(work), *([links] if links else [])]
        at = next((places[key] for key in keys if key in places), len(found))
        if at == len(found):
            found.append(work)
        elif len(_words(work)) > len(_words(found[at])):
            found[at] = work
        for key in keys:
            places.setdefault(key, at)
    yield from found


def _words(work: Work) -> str:
    return " ".join(" ".join(block_lines([work.item])).split())


def _name(work: Work) -> str:
    return sort_key(_words(work))


def sort_key(words: str) -> str:
    """Words as they are ordered in a list: without capitals, accents and signs."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    return " ".join(
        "".join(each if each.isalnum() else " " for each in plain if not unicodedata.combining(each)).split()
    )
