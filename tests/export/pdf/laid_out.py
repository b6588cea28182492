"""PDFs of the sample in every layout, each made once for all tests, and what tests read in them."""

from __future__ import annotations

from contextlib import closing
from functools import cache

import pypdfium2

from pipeline.export.pdf import FORMAT
from pipeline.model.layout import Layout, Line
from pipeline.model.proof import OutputFile
from pipeline.model.publication import Copy, Publication
from pipeline.publication import in_layout
from tests.publications import sample

LINES: tuple[Line, ...] = ("name", "date", "coach", "sets")

NAMES = {
    "latin": "Łucja Ñandú-O’Neill",
    "greek": "Ελένη Παπαδοπούλου",
    "hebrew": "שלום כהן",
    "arabic": "عبد الله",
    "hindi": "प्रिया नायर",
    "japanese": "山田 太郎",
    "emoji": "Sam 💪",
}
"""A name in each of many scripts, by the name of its file."""


def laid_out(layout: Layout, publication: Publication | None = None) -> Publication:
    """The sample in a layout; handouts have every line to fill in."""
    return in_layout(publication or sample(), layout, lines=LINES if layout == "handout" else ())


@cache
def pdf_in(layout: Layout) -> OutputFile:
    """The sample's PDF in a layout."""
    return FORMAT.export(laid_out(layout))[0]


def copies() -> Publication:
    """The sample's handout for people of many scripts."""
    made = [
        Copy(file, (("name", name), ("coach", "Priya")), "members.csv", row)
        for row, (file, name) in enumerate(NAMES.items(), 2)
    ]
    return in_layout(sample(), "handout", lines=LINES, copies=made)


@cache
def copied() -> list[OutputFile]:
    """A finished handout for each of them."""
    return FORMAT.export(copies())


def half(data: bytes, side: int, *, right: bool) -> str:
    """The words on one half of a sheet's side, from 0."""
    with closing(pypdfium2.PdfDocument(data)) as pdf:
        page = pdf[side]
        width, height = page.get_size()
        left = width / 2 if right else 0.0
        return str(page.get_textpage().get_text_bounded(left, 0, left + width / 2, height))
