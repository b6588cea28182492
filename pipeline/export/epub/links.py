"""Links within the book: each leads to a place that there is."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, unquote

from pipeline.export.epub.documents import Document
from pipeline.render.elements import Element


def connect(documents: Sequence[Document]) -> None:
    """Point links at the document that has their target.

    The front matter repeats boxes of the chapters, whose links mean places in the chapters. A link to a place that is
    nowhere keeps its words and loses its target (RSC-012).
    """
    places = {document.name: _ids(document.tree) for document in documents}
    chapters = [document.name for document in documents if document.chapter]
    for document in documents:
        for link in document.tree.iter("a"):
            href = link.get("href", "")
            name, mark, fragment = href.partition("#")
            if not mark or (name and name not in places):
                continue
            _point(link, name or document.name, unquote(fragment), document.name, places, chapters)


def _point(
    link: Element, wanted: str, fragment: str, here: str, places: dict[str, set[str]], chapters: Sequence[str]
) -> None:
    for name in (wanted, *chapters):
        if fragment in places[name]:
            target = "" if name == here else name
            link.set("href", f"{target}#{quote(fragment)}")
            return
    if wanted == here:
        del link.attrib["href"]
    else:
        link.set("href", wanted)


def _ids(tree: Element) -> set[str]:
    return {each.get("id", "") for each in tree.iter() if each.get("id")}
