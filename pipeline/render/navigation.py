"""Ways into a text: a list of its sections."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.render.elements import Element, element
from pipeline.render.scene import Scene

ENOUGH = 4
"""Fewer sections than this are seen at a glance."""


def headings(text: Element) -> Iterator[Element]:
    """The headings of a rendered text's main sections."""
    for part in text.iterchildren("section"):
        if part.get("role") != "doc-notice" and len(part) and part[0].tag == "h2":
            yield part[0]


def contents(text: Element, scene: Scene) -> list[Element]:
    """A list of links to the main sections; none where there are few."""
    found = list(headings(text))
    if len(found) < ENOUGH:
        return []
    id_ = scene.claim("contents")
    links = [element("li", element("a", words(each), href=f"#{each.get('id')}")) for each in found]
    title = element("h2", scene.labels("contents"), id=id_)
    return [element("nav", title, element("ul", *links), class_="contents", aria_labelledby=id_)]


def words(heading: Element) -> str:
    """The words of a heading, without footnote marks."""
    pieces = [str(piece) for piece in heading.xpath(".//text()[not(ancestor::sup)]")]
    return " ".join("".join(pieces).split())
