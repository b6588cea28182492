"""How-to steps are not a numbered list, or there are too few or too many of them.

Steps that are numbered are followed one by one (PEMAT 22: explicit steps). This holds for technique, exercises, warm-up and
cool-down: no bullets in place of numbers, no numbers typed by hand, no “First … Then …” in running text. Where the article
type says so, the technique has 3 to 12 steps. ``--fix`` turns bullets into numbers.

Bad:

    ## Technique

    - Sit with your back against a bench.
    - Roll the bar over your hips.
    - Push through your heels and lift your hips.

Good:

    ## Technique

    1. Sit with your back against a bench.
    2. Roll the bar over your hips.
    3. Push through your heels and lift your hips.

    - Keep your chin in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.outline import heading_text
from pipeline.checks.registry import check
from pipeline.checks.steps import Steps, how_to_sections, told_in_order, typed_numbers
from pipeline.model.article import Article
from pipeline.model.diagnostic import Edit, Finding, Severity
from pipeline.model.lines import line_index
from pipeline.model.nodes import BulletList, Section

COUNTED_ROLE = "technique"
MIN_BULLETS = 2
HELP = "Write the steps as a numbered list: `1.`, `2.`, `3.`."
_MARKER = re.compile(r"[-*+](?=[ \t])")


@check("S09", severity=Severity.ERROR, source="PEMAT 22", fixable=True)
def unordered_steps(article: Article, context: Context) -> Iterator[Finding]:
    """At most one finding for the form of each section's steps, and one for their number."""
    for section, steps in how_to_sections(article):
        if steps.ordered:
            yield from _count(section, steps, context)
            continue
        bullets = next((items for items in steps.bullets if len(items.items) >= MIN_BULLETS), None)
        told = typed_numbers(steps.paragraphs, context) or told_in_order(steps.paragraphs, context)
        if bullets is not None:
            message = f"the steps under “{heading_text(section)}” have bullets, not numbers"
            yield Finding(message, bullets.span, HELP, edits=_numbered(article.source, bullets))
        elif told is not None:
            message = f"the steps under “{heading_text(section)}” are told in running text, not in a numbered list"
            yield Finding(message, told.span, HELP)
        else:
            yield from _count(section, steps, context)


def _count(section: Section, steps: Steps, context: Context) -> Iterator[Finding]:
    wanted = context.profile.steps if context.profile else None
    if wanted is None or section.role != COUNTED_ROLE:
        return
    least, most = wanted
    counts = [len(items.items) for items in steps.ordered]
    longest = max(counts, default=0)
    if longest > most or sum(counts) < least:
        span = steps.ordered[counts.index(longest)].span if counts else section.heading.span
        yield Finding(
            f"“{heading_text(section)}” has {longest or 'no'} numbered steps; {least} to {most} are wanted",
            span,
            "Join or divide the steps." if counts else HELP,
        )


def _numbered(source: str, bullets: BulletList) -> tuple[Edit, ...]:
    """Numbers for bullets; lines below an item move right with its text. Nothing where the list is nested in another block."""
    index = line_index(source)
    edits: list[Edit] = []
    for number, item in enumerate(bullets.items, 1):
        line = index.line(item.span.line)
        marker = _MARKER.match(line, item.span.column - 1)
        if marker is None or line[: marker.start()].strip(" "):
            return ()
        text = f"{number}."
        after = len(line) - len(line[marker.end() :].lstrip(" "))
        spare = min(after - marker.end() - 1, len(text) - 1)
        shift = len(text) - 1 - spare
        place = index.offset(item.span.line, marker.start() + 1)
        edits.append(Edit(place, place + 1 + spare, text))
        for below in range(item.span.line + 1, item.span.end_line + 1):
            text_below = index.line(below)
            indent = len(text_below) - len(text_below.lstrip(" "))
            if shift and text_below.strip() and indent >= after:
                start = index.offset(below, 1)
                edits.append(Edit(start, start, " " * shift))
            elif text_below.startswith("\t"):
                return ()
    return tuple(edits)
