"""An affiliate or sponsored link without a label beside it.

Readers must see that a link earns money before they follow it, and where they follow it: a note at the foot of the page is
too late. A link counts as one by its parameters or host; the label stands in its paragraph, list item or table cell.

Bad:

    Buy [our favourite bench](https://shop.example/bench?aff=northside).

Good:

    Buy [our favourite bench](https://shop.example/bench?aff=northside) (affiliate link: we earn a commission).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from pipeline.bundled import bundled_toml
from pipeline.checks.claims import read
from pipeline.checks.claims.vocabulary import DATA
from pipeline.checks.context import Context
from pipeline.checks.nodes import everywhere
from pipeline.checks.prose import Kind, Region, prose
from pipeline.checks.registry import check
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity
from pipeline.model.nodes import Link
from pipeline.model.walk import find, plain_text

KINDS: frozenset[Kind] = frozenset({"paragraph", "item", "heading", "cell", "caption"})
REGIONS: frozenset[Region] = frozenset({"text", "quotation", "disclaimer", "sources", "footnote"})


@check("C08", severity=Severity.ERROR, source="HONcode 7 and 8; FTC Endorsement Guides")
def unlabelled_ad(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each such link."""
    every = {id(link) for link in everywhere(article, Link) if _is_paid(link.href, context)}
    for passage in prose(article, KINDS, REGIONS) if every else ():
        paid = [link for link in find(passage.children, Link) if id(link) in every]
        if not paid or _labelled(" ".join((passage.text, *(link.title for link in paid))), article.language):
            continue
        for link in paid:
            yield Finding(
                f"the link “{plain_text(link.children)}” earns money, and nothing beside it says so",
                link.span,
                "Write beside it what it is: “(affiliate link: we earn a commission)”, “(sponsored)”.",
            )


def _labelled(text: str, language: str) -> bool:
    return any(not match.negated for match in read(text, language).found("unlabelled_ad.label"))


@cache
def _affiliates() -> dict[str, Any]:
    return bundled_toml(DATA / "affiliates.toml")


def _is_paid(href: str, context: Context) -> bool:
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    host = (parts.hostname or "").lower()
    if parts.scheme not in {"http", "https", ""} or not host or host == (urlsplit(context.config.url).hostname or ""):
        return False
    data = _affiliates()
    if any(host == known or host.endswith("." + known) for known in data["hosts"]):
        return True
    return any(
        _names(key.lower(), value.lower(), data) for key, value in parse_qsl(parts.query, keep_blank_values=True)
    )


def _names(key: str, value: str, data: dict[str, Any]) -> bool:
    listed = any(key.startswith(name[:-1]) if name.endswith("*") else key == name for name in data["parameters"])
    return (listed and bool(value)) or value in data["values"].get(key, ())
