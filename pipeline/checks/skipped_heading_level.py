"""A heading is more than one level below the one before it.

Readers who move by headings take a gap for a section that they have missed (WCAG 2.2, 1.3.1; Matterhorn Protocol 14-003).
The title is level 1, so the text starts with level 2. ``--fix`` raises the heading, and those below it with it.

Bad:

    ## Technique

    Take your time over each step.

    #### Feet

    Keep them flat on the floor.

Good:

    ## Technique

    Take your time over each step.

    ### Feet

    Keep them flat on the floor.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.heading_edits import relevel
from pipeline.checks.nodes import in_body
from pipeline.checks.registry import check
from pipeline.model.article import Article
from pipeline.model.diagnostic import Edit, Finding, Severity
from pipeline.model.lines import line_index
from pipeline.model.nodes import Heading

FIRST_LEVEL = 2


@check("S03", severity=Severity.ERROR, source="WCAG 1.3.1", fixable=True)
def skipped_heading_level(article: Article, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """One finding for each gap; its edits also move the headings that hang on it."""
    previous = 1
    skips: list[tuple[Heading, int, list[Edit]]] = []
    open_levels: list[tuple[int, int]] = []
    for heading in in_body(article, Heading):
        level = max(heading.level, FIRST_LEVEL)  # a level 1 in the text is S02, and counts here as mended
        while open_levels and open_levels[-1][0] >= level:
            open_levels.pop()
        right = min(level, (open_levels[-1][1] if open_levels else 1) + 1)
        open_levels.append((level, right))
        if level > previous + 1:
            skips.append((heading, previous, []))
        if right != level and skips:
            edit = relevel(article.source, line_index(article.source), heading, right)
            if edit:
                skips[-1][2].append(edit)
        previous = level
    for heading, before, edits in skips:
        above = "the title" if before == 1 else f"level {before}"
        yield Finding(
            f"a heading of level {heading.level} follows {above}",
            heading.span,
            f"Make it level {before + 1}: `{'#' * (before + 1)}`.",
            edits=tuple(edits),
        )
