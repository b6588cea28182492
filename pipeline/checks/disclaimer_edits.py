"""Edits that put disclaimers where readers see them in time."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.checks.stubs import heading_offset, line_end
from pipeline.disclaimers import Statement
from pipeline.model.article import Article
from pipeline.model.diagnostic import Edit
from pipeline.model.instructions import first_instruction
from pipeline.model.lines import line_index
from pipeline.model.nodes import Section
from pipeline.model.walk import find, walk

BESIDE_STEPS = frozenset({"stop", "emergency"})
"""Kinds that stand with the steps they protect; all others stand in the lead."""


def insertions(kinds: Iterable[str], article: Article) -> tuple[Edit, ...]:
    """The edits that add empty directives, which take the approved wording, each where its kind belongs."""
    end = line_end(article.source)
    return _placed([(kind in BESIDE_STEPS, f":::disclaimer {kind}{end}:::{end}") for kind in kinds], article)


def moves(statements: Iterable[Statement], article: Article) -> tuple[Edit, ...]:
    """The edits that move statements before the first instruction; those within lists and quotations stay."""
    movable = {
        id(node): node
        for node in (*article.body, *(block for one in find(article.body, Section) for block in one.blocks))
    }
    index = line_index(article.source)
    end = line_end(article.source)
    cuts: list[Edit] = []
    texts: list[tuple[bool, str]] = []
    for statement in {id(statement.node): statement for statement in statements}.values():
        node = statement.node
        if id(node) in movable:
            start, stop = index.offset(node.span.line, 1), index.offset(node.span.end_line + 1, 1)
            beside = statement.kind in BESIDE_STEPS and not isinstance(node, Section)
            texts.append((beside, article.source[start:stop].rstrip("\r\n") + end))
            cuts.append(Edit(*_with_blank_line(article.source, start, stop), ""))
    return (*cuts, *_placed(texts, article)) if cuts else ()


def _with_blank_line(source: str, start: int, stop: int) -> tuple[int, int]:
    """A range of whole lines with the blank line that follows it, or at the end of the file the one before it."""
    after = stop
    while after < len(source) and source[after] in " \t\r":
        after += 1
    if after < len(source) and source[after] == "\n":
        return start, after + 1
    if stop >= len(source):
        before = len(source[:start].rstrip())
        return before + len(line_end(source[before:])) if before < start else start, stop
    return start, stop


def _placed(texts: list[tuple[bool, str]], article: Article) -> tuple[Edit, ...]:
    """Edits that insert texts beside the steps (True) or in the lead (False); texts of one place are one edit."""
    end = line_end(article.source)
    target = _instructing_section(article)
    lead = end.join(text for beside, text in texts if not beside or target is None)
    steps = end.join(text for beside, text in texts if beside and target is not None)
    edits = []
    if lead:
        place = _lead_end(article)
        before = "" if _after_blank_line(article.source, place) else end
        edits.append(Edit(place, place, f"{before}{lead}{end}" if place < len(article.source) else f"{end}{lead}"))
    if steps and target is not None:
        place = line_index(article.source).offset(target.heading.span.end_line + 1, 1)
        after = "" if article.source[place : place + 1] in {"\n", "\r"} else end
        edits.append(Edit(place, place, f"{end}{steps}{after}"))
    return tuple(edits)


def _lead_end(article: Article) -> int:
    """Offset of the first heading's line, or the end of the file."""
    first = next((block for block in article.body if isinstance(block, Section)), None)
    return len(article.source) if first is None else heading_offset(article, first)


def _after_blank_line(source: str, place: int) -> bool:
    before = source[:place].replace("\r\n", "\n").replace("\r", "\n")
    return before == "" or before.endswith(("\n\n", "---\n"))


def _instructing_section(article: Article) -> Section | None:
    """The innermost section that holds the first instruction."""
    first = first_instruction(article.body)
    holding = [one for one in find(article.body, Section) if any(node is first for node in walk(one.blocks))]
    return holding[-1] if first is not None and holding else None
