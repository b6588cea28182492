"""Page labels: what a viewer shows as the page's number is what is printed on it; ISO 32000-1, 12.4.2."""

from __future__ import annotations

from typing import Any

from pipeline.render.book import START


def label(pdf: Any) -> None:
    """Label a pikepdf document's pages 1, 2, 3 …, as the margin boxes do; i, ii, iii … before a book's text."""
    import pikepdf

    before = _pages_before_text(pdf)
    labels = [before, pikepdf.Dictionary(S=pikepdf.Name.D)]
    if before:
        labels = [0, pikepdf.Dictionary(S=pikepdf.Name.r), *labels]
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=labels)


def _pages_before_text(pdf: Any) -> int:
    """How many pages stand before the place where a book's text starts; none in any other document."""
    import pikepdf

    names = pdf.Root.get("/Names", {}).get("/Dests")
    place = pikepdf.NameTree(names).get(START) if names is not None else None
    if place is None:
        return 0
    page = (place.D if isinstance(place, pikepdf.Dictionary) else place)[0]
    return next(number for number, each in enumerate(pdf.pages) if each.objgen == page.objgen)
