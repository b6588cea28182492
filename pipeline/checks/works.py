"""The works that an article gives as its sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from pipeline.checks.nodes import in_body
from pipeline.frozen import dataclass
from pipeline.model.article import Article
from pipeline.model.nodes import Block, Link, ListItem, Node, Paragraph, Section, Table, TableCell
from pipeline.model.walk import find, plain_text, sections, walk

_YEAR = re.compile(r"\b(?:19|20)\d\d[a-z]?\b")
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://([^\s<>\")\]]+)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
FULL_REFERENCE = 5
"""Fewest words beside the year of a reference that a reader can find without a link."""


@dataclass(frozen=True, slots=True)
class Work:
    """One source: its addresses, and its first word and year."""

    addresses: frozenset[str]
    name: tuple[str, str]


def works(article: Article) -> Iterator[Work]:
    """The works in Sources and footnotes that carry a link or a full reference, each once; first those with a link."""
    seen: set[str] = set()
    names: set[tuple[str, str]] = set()
    others: list[Work] = []
    for work in _given(article):
        if not work.addresses:
            others.append(work)
            continue
        if seen.isdisjoint(work.addresses):
            yield work
        seen |= work.addresses
        names.add(work.name)
    for work in others:
        # the same author and year without a link is the short form of a work that has one
        if work.name not in names:
            yield work
            names.add(work.name)


def _given(article: Article) -> Iterator[Work]:
    """The works as they stand there, some more than once."""
    yield from _in_sources(article)
    for footnote in article.footnotes:
        yield from _works(footnote.blocks, single=True)


def _in_sources(article: Article) -> Iterator[Work]:
    inside: set[int] = set()
    for section in in_body(article, Section):
        if section.role == "sources" and id(section) not in inside:
            inside.update(id(inner) for inner in sections(section.blocks))
            yield from _in_blocks(section.blocks)


def _in_blocks(blocks: Iterable[Block]) -> Iterator[Work]:
    for block in blocks:
        match block:
            case Section():
                yield from _in_blocks(block.blocks)
            case Paragraph():
                yield from _works((block,), single=False)
            case Table():
                for row in block.rows:
                    yield from _works(row, single=True)
            case _:
                for item in find((block,), ListItem):
                    yield from _works((item,), single=True)


def _works(nodes: Iterable[Node], *, single: bool) -> Iterator[Work]:
    """The work of an entry; where it is not ``single``, one for each address in it."""
    every = list(walk(nodes))
    text = " ".join(_words(node) for node in every)
    hrefs = [node.href for node in every if isinstance(node, Link)]
    found = (
        _address(address) for address in (*hrefs, *(m.group() for m in _ADDRESS.finditer(text)), *_DOI.findall(text))
    )
    addresses = list(dict.fromkeys(address for address in found if address))
    year = _YEAR.search(text)
    words = _WORD.findall(text)
    name = (words[0].casefold() if words else "", year.group() if year else "")
    if addresses and single:
        yield Work(frozenset(addresses), name)
    elif addresses:
        yield from (Work(frozenset({address}), name) for address in addresses)
    elif year and len(words) >= FULL_REFERENCE:
        yield Work(frozenset(), name)


def _words(node: Node) -> str:
    match node:
        case ListItem():
            return plain_text(node.label)
        case Paragraph() | TableCell():
            return plain_text(node.children)
        case _:
            return ""


def _address(href: str) -> str:
    """The form in which addresses of one work are equal: its DOI, else host and path; empty for what is no web address."""
    text = unquote(href)
    doi = _DOI.search(text)
    if doi:
        return doi.group().rstrip(".,;)]").lower()
    found = _ADDRESS.match(text)
    return found[1].partition("#")[0].lower().removeprefix("www.").rstrip("/.,;") if found else ""
