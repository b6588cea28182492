"""The parts of an article that a member needs on paper: one sheet to take to the gym floor."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar, assert_never

from pipeline.model.instructions import INSTRUCTION_ROLES, first_instruction
from pipeline.model.layout import Layout, Line
from pipeline.model.nodes import (
    Alert,
    Block,
    BlockQuote,
    BulletList,
    Code,
    CodeBlock,
    Disclaimer,
    Emphasis,
    Figure,
    FootnoteReference,
    HardBreak,
    Heading,
    Image,
    Inline,
    Link,
    OrderedList,
    Paragraph,
    Section,
    SoftBreak,
    Strikethrough,
    Strong,
    Table,
    TableCell,
    Text,
    ThematicBreak,
)
from pipeline.model.publication import Copy, Publication
from pipeline.model.walk import find
from pipeline.publication.article import notices_of

ROLES = INSTRUCTION_ROLES | {
    "key-points",
    "setup",
    "self-care",
    "when-to-get-help",
    "who-should-be-careful",
    "interactions",
    "log",
    "contact",
}
"""Sections that are needed on paper: what matters, what to do, when to get help, what to fill in."""

WHOLE = frozenset({"handout"})
"""Profiles whose articles are handouts already: nothing of them is left out."""

LEADS = frozenset({"question", "summary", "what"})
"""Sections that say what an article is about, where it has no key points."""

ListT = TypeVar("ListT", bound=BulletList | OrderedList)


def handout(
    publication: Publication, *, layout: Layout = "handout", lines: Iterable[Line] = (), copies: Iterable[Copy] = ()
) -> Publication:
    """The handout of an article's publication, under the article's own edition.

    Key points, instructions with their figures, when to get help and every disclaimer stay; where there are no key points,
    the opening stands for them, and where there is none of these, the whole article. What only the whole article can show
    goes: note marks, and links to parts that are left out.
    """
    (chapter,) = publication.chapters
    kept = chapter.body if chapter.profile in WHOLE else _kept(chapter.body) or chapter.body
    # A box in a part that is left out still protects what stays.
    boxes = {box.kind for box in find((*chapter.front, *kept), Disclaimer)}
    stray = [box for box in find(chapter.body, Disclaimer) if box.kind not in boxes]
    anchors = {heading.id for heading in find(kept, Heading)}
    bare = _Bare(lambda href: not href.startswith("#") or href[1:] in anchors)
    front = tuple(bare.block(box) for box in (*chapter.front, *{box.kind: box for box in stray}.values()))
    body = tuple(bare.block(block) for block in kept)
    made = replace(
        chapter,
        front=front,
        body=body,
        footnotes=(),
        related=(),
        notices=notices_of(find((*front, *body), Disclaimer), chapter.language),
        first_instruction=first_instruction(body),
    )
    return replace(
        publication, kind="handout", chapters=(made,), layout=layout, lines=tuple(lines), copies=tuple(copies)
    )


def _kept(body: tuple[Block, ...]) -> tuple[Block, ...]:
    """The sections that are needed, and what opens the article where none has its key points."""
    wanted = tuple(_wanted(body, ROLES))
    if any(section.role == "key-points" for section in find(wanted, Section)):
        return wanted
    lead = tuple(block for block in body if not isinstance(block, Section))
    return (*(lead or _wanted(body, LEADS)), *wanted)


def _wanted(blocks: Iterable[Block], roles: frozenset[str]) -> Iterable[Section]:
    """The sections of these roles, wherever they stand, without the sections around them."""
    for block in blocks:
        if isinstance(block, Section):
            if block.role in roles:
                yield block
            else:
                yield from _wanted(block.blocks, roles)


class _Bare:
    """Copies nodes without note marks and without the links that lead nowhere."""

    def __init__(self, leads: Callable[[str], bool]) -> None:
        self.leads = leads

    def block(self, node: Block) -> Block:
        match node:
            case Paragraph() | Heading():
                return replace(node, children=self.inlines(node.children))
            case Section():
                heading = replace(node.heading, children=self.inlines(node.heading.children))
                return replace(node, heading=heading, blocks=self.blocks(node.blocks))
            case BulletList() | OrderedList():
                return self.listed(node)
            case BlockQuote() | Alert() | Disclaimer():
                return replace(node, blocks=self.blocks(node.blocks))
            case Table():
                rows = tuple(self.cells(row) for row in node.rows)
                return replace(node, header=self.cells(node.header), rows=rows)
            case Figure() | CodeBlock() | ThematicBreak():
                return node
            case _:
                assert_never(node)

    def blocks(self, nodes: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(map(self.block, nodes))

    def listed(self, node: ListT) -> ListT:
        items = tuple(
            replace(item, blocks=self.blocks(item.blocks), label=self.inlines(item.label)) for item in node.items
        )
        return replace(node, items=items)

    def cells(self, row: tuple[TableCell, ...]) -> tuple[TableCell, ...]:
        return tuple(replace(cell, children=self.inlines(cell.children)) for cell in row)

    def inlines(self, nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
        out: list[Inline] = []
        for node in nodes:
            match node:
                case FootnoteReference():
                    pass
                case Link() if not self.leads(node.href):
                    out.extend(self.inlines(node.children))
                case Link() | Emphasis() | Strong() | Strikethrough():
                    out.append(replace(node, children=self.inlines(node.children)))
                case Text() | Code() | Image() | SoftBreak() | HardBreak():
                    out.append(node)
                case _:
                    assert_never(node)
        return tuple(out)
