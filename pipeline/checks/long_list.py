"""A list has more items than readers keep in mind.

The CDC's Clear Communication Index (item 8) asks for lists in small groups. Over seven items (``[policy]``
``max_list_items``) a list wants sub-lists or headings. Steps in order, 3 to 12 of them, are followed one by one and may
be longer; so may the sources.

Bad:

    ## Benefits

    - hips
    - knees
    - ankles
    - shoulders
    - elbows
    - wrists
    - neck
    - back

Good:

    ## Benefits

    - Legs
      - hips
      - knees
      - ankles
    - Arms
      - shoulders
      - elbows
      - wrists
    - Back
    - Neck
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.nodes import in_body
from pipeline.checks.registry import check
from pipeline.checks.steps import HOW_TO_ROLES
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity
from pipeline.model.nodes import Alert, Block, BlockQuote, BulletList, OrderedList, Section

UNCOUNTED = frozenset({"sources", "related", "disclaimer"})
MOST_STEPS = 12
STEP_ROLES = HOW_TO_ROLES | {"setup", "schedule", "dose", "amounts", "self-care", "recipes", "progression"}


@check("S08", severity=Severity.WARNING, source="CDC Clear Communication Index 8")
def long_list(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each list that is too long."""
    limit = context.config.policy.max_list_items
    lists: list[BulletList | OrderedList] = [*in_body(article, BulletList), *in_body(article, OrderedList)]
    if all(len(one.items) <= limit for one in lists):
        return
    for items, role in _lists(article.body, ""):
        count = len(items.items)
        if count <= limit or any(_has_list(item.blocks) for item in items.items):
            continue
        if isinstance(items, OrderedList) and role in STEP_ROLES and count <= MOST_STEPS:
            continue
        yield Finding(
            f"a list of {count} items; more than {limit} are hard to keep in mind",
            items.span,
            "Group them in sub-lists or under headings, or leave some out.",
        )


def _lists(blocks: tuple[Block, ...], role: str) -> Iterator[tuple[BulletList | OrderedList, str]]:
    """Every list outside sources and disclaimers, with the role of the section that it stands in."""
    for block in blocks:
        match block:
            case Section():
                inner = block.role or role
                if inner not in UNCOUNTED:
                    yield from _lists(block.blocks, inner)
            case BulletList() | OrderedList():
                yield block, role
                for item in block.items:
                    yield from _lists(item.blocks, role)
            case BlockQuote() | Alert():
                yield from _lists(block.blocks, role)
            case _:
                pass


def _has_list(blocks: tuple[Block, ...]) -> bool:
    return any(isinstance(block, BulletList | OrderedList) for block in blocks)
