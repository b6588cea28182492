"""Where the safety text goes: general kinds in front, ``stop`` and ``emergency`` beside the steps.

Editors may write a ``:::disclaimer`` block wherever it reads well in the source. In a publication each stands where a
reader sees it in time: the general ones in the front matter, what to do when something goes wrong directly before the
first instruction. A ``stop`` or ``emergency`` that the article opens with stays in front too, since that is where an
editor wants help to be found first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from pipeline.frozen import dataclass
from pipeline.model.instructions import first_instruction
from pipeline.model.nodes import Block, Disclaimer, Section
from pipeline.model.walk import find, plain_text, walk

BESIDE_STEPS = ("stop", "emergency")
"""Kinds that stay with the instructions they protect."""
SECTION_ROLE = "disclaimer"
"""Role of a section that is a disclaimer in itself."""

Resolve = Callable[[Disclaimer], Disclaimer]
SectionKinds = Callable[[Section], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Placed:
    """An article's blocks with every disclaimer in its place."""

    front: tuple[Disclaimer, ...]
    body: tuple[Block, ...]


def place(blocks: Iterable[Block], resolve: Resolve, section_kinds: SectionKinds) -> Placed:
    """Put each disclaimer where it belongs.

    ``resolve`` fills in wording, title and version; ``section_kinds`` tells which kinds a disclaimer section states.
    """
    body = _boxed(tuple(blocks), resolve, section_kinds)
    target = _section_of_first_instruction(body)
    lead = tuple(block for block in body if isinstance(block, Disclaimer))
    rest: list[Block] = [block for block in body if not isinstance(block, Disclaimer)]
    moved: list[Disclaimer] = []
    if target is None:
        rest = [_without(block, lambda _: True, moved) for block in rest]
        return Placed(_unique((*lead, *moved)), tuple(rest))
    beside: list[Disclaimer] = [box for box in lead if box.kind in BESIDE_STEPS]
    seen_target = False
    for index, block in enumerate(rest):
        rest[index] = _without(block, lambda box: box.kind not in BESIDE_STEPS, moved)
        seen_target = seen_target or _holds(block, target)
        if not seen_target:
            rest[index] = _without(rest[index], lambda box: box.kind in BESIDE_STEPS, beside)
    return Placed(_unique((*lead, *moved)), tuple(_with_boxes(block, target, beside) for block in rest))


def _boxed(blocks: tuple[Block, ...], resolve: Resolve, section_kinds: SectionKinds) -> tuple[Block, ...]:
    """Resolve every disclaimer, and turn sections that are disclaimers into boxes."""
    out: list[Block] = []
    for block in blocks:
        match block:
            case Disclaimer():
                out.append(resolve(block))
            case Section() if block.role == SECTION_ROLE:
                out.append(_section_box(block, section_kinds(block)))
            case Section():
                out.append(replace(block, blocks=_boxed(block.blocks, resolve, section_kinds)))
            case _:
                out.append(block)
    return tuple(out)


def _section_box(section: Section, kinds: Sequence[str]) -> Disclaimer:
    """A section that is a disclaimer in itself, as a box; a general kind leads, so that it goes in front."""
    ordered = sorted(kinds, key=lambda kind: (kind in BESIDE_STEPS, kind)) or ["info"]
    title = plain_text(section.heading.children)
    return Disclaimer(ordered[0], section.blocks, section.span, title, "own", tuple(ordered[1:]))


def _section_of_first_instruction(body: tuple[Block, ...]) -> Section | None:
    """The innermost section that holds the first instruction."""
    first = first_instruction(body)
    holding = [section for section in find(body, Section) if any(node is first for node in walk(section.blocks))]
    return holding[-1] if first is not None and holding else None


def _holds(block: Block, target: Section) -> bool:
    return any(section.heading is target.heading for section in find((block,), Section))


def _without(block: Block, wanted: Callable[[Disclaimer], bool], taken: list[Disclaimer]) -> Block:
    """``block`` without the disclaimers that are ``wanted``; they are added to ``taken``."""
    if not isinstance(block, Section):
        return block
    kept: list[Block] = []
    for inner in block.blocks:
        if isinstance(inner, Disclaimer) and wanted(inner):
            taken.append(inner)
        else:
            kept.append(_without(inner, wanted, taken))
    return replace(block, blocks=tuple(kept))


def _with_boxes(block: Block, target: Section, boxes: list[Disclaimer]) -> Block:
    """Put ``boxes`` at the start of the target section, but for kinds that it opens with already."""
    if not isinstance(block, Section):
        return block
    if block.heading is target.heading:
        present = {inner.kind for inner in block.blocks if isinstance(inner, Disclaimer)}
        added = [box for box in _unique(boxes) if box.kind not in present]
        return replace(block, blocks=(*added, *block.blocks))
    return replace(block, blocks=tuple(_with_boxes(inner, target, boxes) for inner in block.blocks))


def _unique(boxes: Iterable[Disclaimer]) -> tuple[Disclaimer, ...]:
    """Each kind once, but for an article's own words, which are never dropped."""
    seen: set[tuple[str, str, tuple[Block, ...]]] = set()
    out = []
    for box in boxes:
        key = (box.kind, box.version, box.blocks)
        if key not in seen:
            seen.add(key)
            out.append(box)
    return tuple(out)
