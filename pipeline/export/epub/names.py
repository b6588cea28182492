"""Names of sections for assistive technology: no two in a document are alike (axe: landmark-unique)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.export.epub.navigation import words
from pipeline.render.elements import Element


def tell_apart(tree: Element) -> None:
    """Name a section that is called like an earlier one after its place as well, or by number where that is no help."""
    by_id = {each.get("id"): each for each in tree.iter() if each.get("id")}
    taken: set[str] = set()
    for each in tree.iter("section"):
        labels = (each.get("aria-labelledby") or "").split()
        if not labels:
            continue
        outer = _heading_around(each)
        if _name(labels, by_id) in taken and outer and outer not in labels:
            labels.append(outer)
        name = _name(labels, by_id)
        if name in taken:
            name = _numbered(_name(labels[:1], by_id), taken)
            del each.attrib["aria-labelledby"]
            each.set("aria-label", name)
        else:
            each.set("aria-labelledby", " ".join(labels))
        taken.add(name)


def _name(labels: Iterable[str], by_id: Mapping[str | None, Element]) -> str:
    return " ".join(words(by_id[label]) for label in labels if label in by_id)


def _heading_around(section: Element) -> str:
    """Id of the heading of the section around it."""
    for outer in section.iterancestors("section"):
        if label := outer.get("aria-labelledby"):
            return label.split()[0]
    return ""


def _numbered(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name} ({number})" in taken:
        number += 1
    return f"{name} ({number})"
