"""Footnotes and endnotes as Note, each with an identifier.

WeasyPrint tags them as what they are made of. https://github.com/Kozea/WeasyPrint/issues/2482
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.export.pdf.finish.tree import Tag


def mend(tags: Iterable[Tag]) -> None:
    """Make each endnote's body a Note."""
    for tag in tags:
        if tag.get("role") == "doc-endnotes":
            for item in tag.walk():
                if item.name == "li" and item.role == "LI" and item.get("id"):
                    _endnote(item)


def name(tags: Iterable[Tag]) -> None:
    """Give every Note its identifier; ISO 14289-1, 7.9."""
    taken: set[str] = set()
    for number, note in enumerate((tag for tag in tags if tag.role == "Note"), start=1):
        wanted = note.get("id") or f"note-{number}"
        note.id = wanted if wanted not in taken else f"{wanted}-{number}"
        taken.add(note.id)


def _endnote(item: Tag) -> None:
    for body in item.tags:
        if body.role == "LBody":
            body.kids = [Tag("li", item.element, role="Note", kids=body.kids)]
