"""What only decorates is an artifact: pictures with an empty alternative, and whatever is hidden from screen readers.

WeasyPrint tags such pictures as figures without an alternative. https://github.com/Kozea/WeasyPrint/issues/2550
"""

from __future__ import annotations

from pipeline.export.pdf.finish.tree import Mark, Tag

SILENT = frozenset({"none", "presentation"})


def prune(root: Tag) -> list[Mark]:
    """Take decoration out of the tree and give back its marks."""
    tags = root.walk()
    dead = [tag for tag in tags if _decorates(tag)]
    if not dead:
        return []
    gone = set(dead)
    for tag in tags:
        tag.kids = [kid for kid in tag.kids if kid not in gone]
    return [mark for tag in dead for mark in tag.marks()]


def _decorates(tag: Tag) -> bool:
    element = tag.element
    if element is None or "::" in tag.name:
        return False
    if element.get("aria-hidden") == "true" or element.get("role") in SILENT:
        return True
    return tag.name == "img" and element.get("alt") == ""
