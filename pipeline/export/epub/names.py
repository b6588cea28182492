"""Names of sections for assistive technology: no two in a document are alike (axe: landmark-unique)."""

from __future__ import annotations

from pipeline.export.epub.navigation import words
from pipeline.render.elements import Element


def tell_apart(tree: Element) -> None:
    """Name a section that is called like an earlier one after its place as well, or by number where that is no help."""
    by_id = {each.get("id"): each for each in tree.iter() if each.get("id")}
    taken: set[str] = set()
    for each in tree.iter("section"):
        heading = by_id.get(each.get("aria-labelledby"))
        if heading is None:
            continue
        name = words(heading)
        if name in taken and (outer := _heading_around(each)):
            name = f"{name} {words(by_id[outer])}"
            each.set("aria-labelledby", f"{each.get('aria-labelledby')} {outer}")
        if name in taken:
            name = _numbered(words(heading), taken)
            del each.attrib["aria-labelledby"]
            each.set("aria-label", name)
        taken.add(name)


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
