"""Publications of one article in the layouts that PDFs come in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.model.layout import Layout, Line
from pipeline.model.publication import Copy, Publication
from pipeline.publication.handout import handout


def in_layout(
    publication: Publication, layout: Layout, *, lines: Iterable[Line] = (), copies: Iterable[Copy] = ()
) -> Publication:
    """An article's publication in another layout, under the same edition: its words are the article's.

    A handout has ``lines`` to fill in, and ``copies`` that have them filled in; copies always have a line for the name.
    """
    match layout:
        case "standard":
            return publication
        case "large-print" | "booklet":
            return replace(publication, layout=layout)
        case "handout":
            copies = tuple(copies)
            named: tuple[Line, ...] = ("name",) if copies else ()
            return handout(publication, lines=dict.fromkeys((*named, *lines)), copies=copies)
        case "cards":
            return handout(publication, layout="cards")
