"""A paragraph of nothing but bold words is used as a heading.

It looks like a heading and is none: readers who move by headings do not find it, and no contents list shows it (WCAG 2.2,
1.3.1). A label at the start of a paragraph, as in ``**Rounding.** Your back …``, is no heading. ``--fix`` makes it one.

Bad:

    ## Technique

    **Where your feet go**

    Put them flat on the floor, as far apart as your hips.

Good:

    ## Technique

    ### Where your feet go

    Put them flat on the floor, as far apart as your hips.

    **Back.** Keep it straight from start to end.

    **Stop at once if it hurts.**

    Rest before you try again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.checks.context import Context
from pipeline.checks.nodes import in_body
from pipeline.checks.outline import count_words
from pipeline.checks.registry import check
from pipeline.model.article import Article
from pipeline.model.diagnostic import Edit, Finding, Severity
from pipeline.model.lines import LineIndex, line_index
from pipeline.model.nodes import Block, Emphasis, Figure, Inline, Paragraph, Section, Strong, Table
from pipeline.model.walk import plain_text

MAX_WORDS = 12
"""A longer run of bold words is a sentence that is stressed."""
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1[ \t]*$")


@check("S04", severity=Severity.WARNING, source="WCAG 1.3.1", fixable=True)
def bold_as_heading(article: Article, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """One finding for each such paragraph that stands above other text."""
    if not in_body(article, Strong):
        return
    for paragraph, level in _candidates(article.body, 1):
        yield Finding(
            f"bold words in place of a heading: “{plain_text(paragraph.children).strip()}”",
            paragraph.span,
            f"Write it as a heading: `{'#' * level} {plain_text(paragraph.children).strip()}`.",
            edits=_edits(article.source, line_index(article.source), paragraph, level),
        )


def _candidates(blocks: Sequence[Block], level: int) -> Iterator[tuple[Paragraph, int]]:
    """Paragraphs that act as headings, with the level that each would have."""
    for number, block in enumerate(blocks):
        if isinstance(block, Section):
            yield from _candidates(block.blocks, block.heading.level)
        elif isinstance(block, Paragraph) and _acts_as_heading(block):
            after = blocks[number + 1] if number + 1 < len(blocks) else None
            # above a table or a picture it is a caption
            if after is not None and not isinstance(after, Section | Table | Figure):
                yield block, min(level + 1, 6)


def _acts_as_heading(paragraph: Paragraph) -> bool:
    strong = _only_strong(paragraph.children)
    if strong is None:
        return False
    words = plain_text(strong.children).strip()
    return bool(words) and not words.endswith((".", "!", "…", ";", ",")) and count_words(words) <= MAX_WORDS


def _only_strong(children: tuple[Inline, ...]) -> Strong | None:
    match children:
        case (Strong() as strong,):
            return strong
        case (Emphasis(children=inner),):
            return _only_strong(inner)
        case _:
            return None


def _edits(source: str, index: LineIndex, paragraph: Paragraph, level: int) -> tuple[Edit, ...]:
    """Bold marks away, heading marks there; nothing where the paragraph is not plainly one line of bold words."""
    start, end = index.offsets(paragraph.span)
    bold = _BOLD.match(source[start:end])
    if bold is None or "\n" in source[start:end] or "\r" in source[start:end] or bold[2].endswith(("#", "}")):
        return ()
    return (
        Edit(start, start + 2, "#" * level + " "),
        Edit(start + bold.end(2), start + bold.end(2) + 2, ""),
    )
