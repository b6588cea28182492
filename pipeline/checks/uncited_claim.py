"""A claim of proof without a source beside it.

*Studies show* and *proven* borrow the authority of research; the reader must be able to look it up. A footnote mark or a
link to another site in the same paragraph, list item or table is enough.

Bad:

    Studies show that hip thrusts build the glutes.

Good:

    Studies show that hip thrusts build the glutes.[^1]

    [^1]: Neto and others, 2019: [review of the hip thrust](https://jssm.org/hf.php?id=jssm-18-198.xml).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from pipeline.checks.claims import readings
from pipeline.checks.context import Context
from pipeline.checks.prose import Kind, Same
from pipeline.checks.registry import check
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity
from pipeline.model.nodes import (
    BulletList,
    FootnoteReference,
    Inline,
    Link,
    ListItem,
    Node,
    OrderedList,
    Paragraph,
    Span,
    Table,
)
from pipeline.model.walk import children, walk

BODY: frozenset[Kind] = frozenset({"paragraph", "item", "cell", "caption"})
"""A heading cannot carry a citation."""


@check("C05", severity=Severity.ERROR, source="HONcode 4")
def uncited_claim(article: Article, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """At most one finding for each paragraph or list item."""
    for reading in readings(article, "uncited_claim", kinds=BODY):
        claim = next(reading.claims("uncited_claim.appeal"), None)
        if claim is not None and not _cites(reading.passage.children) and reading.passage.span not in _cited(article):
            yield Finding(
                f"“{reading.words(claim.first, claim.last)}” has no source beside it",
                reading.span(claim.first, claim.last),
                "Add a footnote mark or a link to the source in this paragraph, or say it without the claim of proof.",
            )


def _cites(nodes: tuple[Node, ...]) -> bool:
    return any(
        isinstance(node, FootnoteReference)
        or (isinstance(node, Link) and node.href.lower().startswith(("http://", "https://", "//")))
        for node in walk(nodes)
    )


def _cited(article: Article) -> frozenset[Span]:
    return _cited_spans(Same(article))


@lru_cache(maxsize=2)
def _cited_spans(same: Same) -> frozenset[Span]:
    """Spans of the passages that a citation beside them serves: in their list item, their table, or a lead's list."""
    found: set[Span] = set()
    for node in walk(same.article.body):
        if isinstance(node, (ListItem, Table)) and _cites((node,)):
            found.update(_spans(node))
    _leads(same.article.body, found)
    return frozenset(found)


def _spans(holder: ListItem | Table) -> Iterator[Span]:
    """The spans of the passages right inside an item or table, not of nested items."""
    yield holder.span
    stack = list(children(holder))
    while stack:
        node = stack.pop()
        if isinstance(node, ListItem):
            continue
        yield node.span
        stack.extend(children(node))


def _leads(nodes: tuple[Node, ...], found: set[Span]) -> None:
    """Leads that end in a colon, before a list with citations."""
    stack: list[tuple[Node, ...]] = [nodes]
    while stack:
        level = stack.pop()
        for lead, following in pairwise(level):
            if (
                isinstance(lead, Paragraph)
                and isinstance(following, (BulletList, OrderedList))
                and _ends_in_colon(lead.children)
                and _cites((following,))
            ):
                found.add(lead.span)
        stack.extend(inner for node in level if (inner := children(node)) and not isinstance(node, Paragraph))


def _ends_in_colon(nodes: tuple[Inline, ...]) -> bool:
    last = next((node.value for node in reversed(list(walk(nodes))) if hasattr(node, "value")), "")
    return last.rstrip().endswith(":")
