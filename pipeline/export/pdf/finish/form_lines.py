"""Lines to fill in can be found by their identifier, so that a personal copy's words are tagged where they stand."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.export.pdf.finish.tree import Tag

PREFIX = "line-"


def name(tags: Iterable[Tag]) -> None:
    """Give the tag of each line to fill in its identifier; ISO 32000-1, table 323."""
    for tag in tags:
        if line := tag.get("data-line"):
            tag.id = PREFIX + line
