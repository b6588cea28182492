"""Approved wording in its plain form, as blocks: paragraphs between blank lines, list items after ``- ``."""

from __future__ import annotations

import re

from pipeline.model.nodes import Block, BulletList, Inline, ListItem, Paragraph, Text

_ITEM = re.compile(r"-\s+")


def blocks(text: str) -> tuple[Block, ...]:
    """Paragraphs and bullet lists; lines of one paragraph are joined by spaces."""
    found: list[Block] = []
    for part in re.split(r"\n\s*\n", text.strip()):
        lines: list[str] = []
        items: list[str] = []
        for line in (line.strip() for line in part.splitlines()):
            if _ITEM.match(line):
                items.append(_ITEM.sub("", line, count=1))
            elif items:
                items[-1] += f" {line}"
            else:
                lines.append(line)
        if lines:
            found.append(Paragraph(_inline(" ".join(lines))))
        if items:
            found.append(BulletList(tuple(ListItem((Paragraph(_inline(item)),)) for item in items)))
    return tuple(found)


def _inline(text: str) -> tuple[Inline, ...]:
    return (Text(text),)
