"""The parts of an article that a member needs on paper: one sheet to take to the gym floor."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from pipeline.model.instructions import INSTRUCTION_ROLES, first_instruction, instruction_sections
from pipeline.model.layout import Layout, Line
from pipeline.model.nodes import Block, Disclaimer, FootnoteReference, Heading, Link, Node, Section
from pipeline.model.publication import Copy, Publication
from pipeline.model.rewriting import Change, changed
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

IN_SETS = INSTRUCTION_ROLES - {"dose", "amounts"}
"""Sections whose instructions are repeated in sets, so that a line for sets and repetitions has a use."""

WHOLE = frozenset({"handout"})
"""Profiles whose articles are handouts already: nothing of them is left out."""

LEADS = frozenset({"question", "summary", "what"})
"""Sections that say what an article is about, where it has no key points."""


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
    bare = _without_marks(lambda href: not href.startswith("#") or href[1:] in anchors)
    front = changed((*chapter.front, *{box.kind: box for box in stray}.values()), bare)
    body = changed(kept, bare)
    made = replace(
        chapter,
        front=front,
        body=body,
        footnotes=(),
        related=(),
        notices=notices_of(find((*front, *body), Disclaimer), chapter.language),
        first_instruction=first_instruction(body),
    )
    shown = tuple(line for line in lines if line != "sets" or _has_sets(kept))
    return replace(publication, kind="handout", chapters=(made,), layout=layout, lines=shown, copies=tuple(copies))


def _has_sets(blocks: Iterable[Block]) -> bool:
    """Whether there is anything to be done in sets: amounts to eat and doses to take are not."""
    return any(section.role in IN_SETS for section in instruction_sections(blocks))


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


def _without_marks(leads: Callable[[str], bool]) -> Change:
    """Leaves out note marks, and of links that lead nowhere all but their words."""

    def change(node: Node) -> Iterable[Node]:
        match node:
            case FootnoteReference():
                return ()
            case Link() if not leads(node.href):
                return node.children
            case _:
                return (node,)

    return change
