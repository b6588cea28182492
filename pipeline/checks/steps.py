"""How-to sections and the steps in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.checks.context import Context
from pipeline.checks.nodes import in_body
from pipeline.language import Text, analyse, compile_patterns, find, sentences
from pipeline.model.article import Article
from pipeline.model.nodes import Block, BulletList, OrderedList, Paragraph, Section
from pipeline.model.walk import plain_text, sections

HOW_TO_ROLES = frozenset({"technique", "exercises", "warm-up", "cool-down"})
_TYPED = re.compile(r"\(?(\d{1,2})(?:[.):/º°]|\s[-–—]\s|\s?[.)]\s)|([①-⑳])")
_CIRCLED = ord("①") - 1


@dataclass(slots=True)
class Steps:
    """What stands in one how-to section; the parts that have another job are left out."""

    ordered: list[OrderedList] = field(default_factory=list)
    bullets: list[BulletList] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)


def how_to_sections(article: Article) -> Iterator[tuple[Section, Steps]]:
    """The outermost sections that tell how something is done, each with its lists and paragraphs."""
    inside: set[int] = set()
    for section in in_body(article, Section):
        if section.role in HOW_TO_ROLES and id(section) not in inside:
            inside.update(id(inner) for inner in sections(section.blocks))
            steps = Steps()
            _gather(section.blocks, steps)
            yield section, steps


def _gather(blocks: Sequence[Block], steps: Steps) -> None:
    for block in blocks:
        match block:
            case OrderedList():
                steps.ordered.append(block)
            case BulletList():
                steps.bullets.append(block)
                for item in block.items:
                    steps.ordered.extend(inner for inner in item.blocks if isinstance(inner, OrderedList))
            case Paragraph():
                steps.paragraphs.append(block)
            case Section() if not block.role or block.role in HOW_TO_ROLES:
                _gather(block.blocks, steps)
            case _:
                pass


def typed_numbers(paragraphs: Sequence[Paragraph], context: Context) -> Paragraph | None:
    """The first of paragraphs or lines that are numbered by hand, 1 and then 2; None when there are none."""
    expected, first = 1, None
    for paragraph in paragraphs:
        for line in _lines(paragraph):
            if _number(line, context) == expected:
                first = first or paragraph
                expected += 1
    return first if expected > 2 else None  # noqa: PLR2004 -- one number alone is no series


def _lines(paragraph: Paragraph) -> list[str]:
    """The lines of a paragraph, and what follows a full stop in it: as in ``1) Sit. 2) Lift``."""
    return re.split(r"(?<=[.;,])\s+(?=\(?\d{1,2}[.)])|\n", _with_line_ends(paragraph))


def _with_line_ends(paragraph: Paragraph) -> str:
    from pipeline.model.nodes import HardBreak, SoftBreak

    parts = ["\n" if isinstance(child, SoftBreak | HardBreak) else plain_text((child,)) for child in paragraph.children]
    return "".join(parts)


def _number(line: str, context: Context) -> int:
    """The number that a line starts with, as typed or behind a word for step; 0 when there is none."""
    text = line.strip()
    names = "|".join(map(re.escape, context.locale.phrases.get("steps.names", ())))
    named = re.match(rf"(?:{names})\s+(\d{{1,2}})\b", text, re.IGNORECASE) if names else None
    if named:
        return int(named[1])
    typed = _TYPED.match(text)
    if typed is None:
        return 0
    return int(typed[1]) if typed[1] else ord(typed[2]) - _CIRCLED


def told_in_order(paragraphs: Sequence[Paragraph], context: Context) -> Paragraph | None:
    """The first of paragraphs that tell steps in words, as “First … Then …”; None when none do."""
    language = context.locale.language
    phrases = context.locale.phrases
    firsts, others, start = 0, 0, None
    for paragraph in paragraphs:
        text = analyse(plain_text(paragraph.children), language)
        openings = {sentence.first for sentence in sentences(text)}
        counts = {
            key: _at(openings, text, phrases.get(f"steps.{key}", ()), language) for key in ("first", "next", "last")
        }
        if counts["first"] and start is None:
            start = paragraph
        firsts += counts["first"]
        others += counts["next"] + counts["last"]
    return start if firsts and others else None


def _at(openings: set[int], text: Text, patterns: tuple[str, ...], language: str) -> int:
    return sum(match.first in openings for match in find(compile_patterns(patterns, language), text))
