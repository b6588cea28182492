"""Page numbers, running heads and repeated table heads are artifacts.

WeasyPrint marks margin boxes as text without a tag. https://github.com/Kozea/WeasyPrint/issues/1836
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.export.pdf.finish.tree import Mark
from pipeline.export.pdf.marked_content import Drawing


def mark(drawings: list[Drawing], marks: Iterable[Mark], kind: bytes) -> None:
    """Rewrite marked content of the pages' drawings as artifacts of a kind; ISO 32000-1, 14.8.2.2."""
    for each in marks:
        drawing = drawings[each.page]
        at = drawing.places.get(each.mcid)
        if at is not None:  # else it is drawn in a group
            drawing.operators[at - 1 : at + 1] = b"/Artifact", b"<</Type /%b>>" % kind
