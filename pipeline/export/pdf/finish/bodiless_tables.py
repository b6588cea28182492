"""A table of nothing but its head has its rows in a body: a THead is never alone; ISO 32000-1, 14.8.4.3.4."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.export.pdf.finish.tree import Tag


def mend(tags: Iterable[Tag]) -> None:
    """Make the head of each table without rows its body; the cells stay TH."""
    for tag in tags:
        if tag.role == "Table" and not any(kid.role == "TBody" for kid in tag.tags):
            for kid in tag.tags:
                if kid.role == "THead":
                    kid.role = "TBody"
