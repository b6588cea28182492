"""What only decorates is an artifact: pictures with an empty alternative, and whatever is hidden from screen readers.

WeasyPrint tags such pictures as figures without an alternative. https://github.com/Kozea/WeasyPrint/issues/2550
"""

from __future__ import annotations

from pipeline.export.pdf.finish.tree import Mark, Tag


def prune(root: Tag) -> list[Mark]:
    """Take decoration out of the tree and give back its marks."""
    marks: list[Mark] = []
    for tag in list(root.walk()):
        dead = [kid for kid in tag.tags if _decorates(kid)]
        for kid in dead:
            marks.extend(kid.marks())
        if dead:
            tag.kids = [kid for kid in tag.kids if kid not in dead]
    return marks


def _decorates(tag: Tag) -> bool:
    if tag.element is None or "::" in tag.name:
        return False
    if tag.get("aria-hidden") == "true" or tag.get("role") in {"none", "presentation"}:
        return True
    return tag.name == "img" and tag.element.get("alt") == ""
