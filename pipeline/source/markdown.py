"""Markdown as the closed set of nodes: CommonMark 0.31.2, GitHub's extensions, and the project's directive.

Patterns give the plain blocks and the parser tokens of all others; both become nodes, and top-level headings sections. Raw
HTML has no node: it is reported (P02) and dropped.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipeline.frozen import dataclass
from pipeline.model.lines import split_lines
from pipeline.model.nodes import Block, Footnote
from pipeline.source.attributes import split_attributes
from pipeline.source.blocks import BlockBuilder
from pipeline.source.findings import Findings
from pipeline.source.headings import RoleOf, Slugger, section_tree
from pipeline.source.inlines import footnote_key
from pipeline.source.parser import PlacedInline, is_plain, markdown
from pipeline.source.places import Content, Page
from pipeline.source.ready_blocks import Ready

if TYPE_CHECKING:
    from markdown_it.token import Token

_LINE_START = re.compile(r"^[ \t]+", re.MULTILINE)
Inlines = dict[int, tuple[Content, PlacedInline | None]]


@dataclass(frozen=True, slots=True)
class Parsed:
    """The text of an article as nodes."""

    body: tuple[Block, ...]
    footnotes: tuple[Footnote, ...]


def parse_markdown(
    text: str, *, first_line: int = 1, role_of: RoleOf = lambda _: "", kinds: Collection[str] = (), findings: Findings
) -> Parsed:
    """The nodes of ``text``, whose first line is line ``first_line`` of its file.

    ``role_of`` tells what a heading's section is for, ``kinds`` are the disclaimers that exist. What is wrong goes to
    ``findings``: P02, P03 (in entities), P05, P06, and L01 for labels and footnotes that nothing defines.
    """
    lines = split_lines(text)
    page = Page(lines, first_line)
    md = markdown()
    environment: dict[str, Any] = {}
    tokens = md.block.blocks("\n".join(lines), md, environment)  # type: ignore[attr-defined]
    inlines = _parse_inlines(tokens, page, environment)
    builder = BlockBuilder(
        tokens=tokens,
        inlines=inlines,
        page=page,
        numbers=_number_footnotes(tokens, inlines) if "[^" in text else {},
        slugger=Slugger(_explicit_ids(tokens)),
        kinds=kinds,
        findings=findings,
    )
    blocks = builder.build()
    notes = sorted(builder.footnotes, key=lambda note: (note.number == 0, note.number))
    return Parsed(section_tree(blocks, role_of), tuple(notes))


def _parse_inlines(tokens: Iterable[Token | Ready], page: Page, environment: dict[str, Any]) -> Inlines:
    """Parse the content of every paragraph, heading and cell; that of blocks that are ready is kept with them."""
    md = markdown()
    placed = md.inline.placed  # type: ignore[attr-defined]
    inlines: Inlines = {}
    row: Iterator[Content] = iter(())
    before: Token | None = None
    for position, token in enumerate(tokens):
        if isinstance(token, Ready):
            for words in token.words:
                if not is_plain(words.text):
                    words.marked = (content := page.words(words)), placed(content.text, md, environment)
            continue
        if token.type == "inline" and token.map is not None:
            assert before is not None
            content = _content(token, before, page, row)
            inlines[position] = content, None if is_plain(content.text) else placed(content.text, md, environment)
        elif token.type == "tr_open":
            row = iter(page.row(token.meta["start"]))
        before = token
    return inlines


def _content(token: Token, opening: Token, page: Page, row: Iterator[Content]) -> Content:
    """What an ``inline`` token holds, placed; a heading's attributes go to its opening token."""
    assert token.map is not None
    if opening.type in {"th_open", "td_open"}:
        missing = Content("", (0,), (page.line_end(token.map[0]),))  # a row may be short
        return next(row, missing)
    if opening.type == "heading_open" and opening.markup.startswith("#"):
        content = page.heading(token.content, opening.meta["start"])
    else:
        # CommonMark 0.31, section 4.8: blanks at the start of a line do not belong to a paragraph's text.
        content = page.paragraph(_LINE_START.sub("", token.content), token.map[0])
    if opening.type == "heading_open":
        text, opening.meta["attributes"] = split_attributes(content.text)
        content = replace(content, text=text)
    return content


def _explicit_ids(tokens: Iterable[Token | Ready]) -> list[str]:
    found = [
        token.attributes if isinstance(token, Ready) else token.meta.get("attributes")
        for token in tokens
        if isinstance(token, Ready) or token.type == "heading_open"
    ]
    return [attributes.id for attributes in found if attributes is not None and attributes.id]


def _number_footnotes(tokens: Iterable[Token | Ready], inlines: Inlines) -> dict[str, int]:
    """Number the footnotes in the order in which readers meet their marks: the text first, then the notes in turn."""
    references: dict[str, list[str]] = {"": []}
    inside = [""]
    for position, token in enumerate(tokens):
        if isinstance(token, Ready):
            references[""].extend(key for words in token.words if words.marked for key in _marks(words.marked[1]))
        elif token.type == "footnote_reference_open":
            key = footnote_key(token.meta["label"])
            inside.append(key if key not in references else "\n")
            references.setdefault(inside[-1], [])
        elif token.type == "footnote_reference_close":
            inside.pop()
        elif token.type == "inline" and (placed := inlines[position][1] if position in inlines else None) is not None:
            references[inside[-1]].extend(_marks(placed))
    references.pop("\n", None)
    numbers = dict.fromkeys((key for key in references if key), 0)
    queue = deque(references[""])
    count = 0
    while queue:
        key = queue.popleft()
        if numbers.get(key) == 0:
            numbers[key] = count = count + 1
            queue.extend(references[key])
    return numbers


def _marks(placed: PlacedInline) -> Iterator[str]:
    """The keys of the footnotes that a paragraph refers to."""
    return (footnote_key(mark.meta["label"]) for mark in placed.tokens if mark.type == "footnote_ref")
