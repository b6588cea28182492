"""Page labels: what a viewer shows as the page's number is what is printed on it; ISO 32000-1, 12.4.2."""

from __future__ import annotations

from typing import Any


def label(pdf: Any) -> None:
    """Label a pikepdf document's pages 1, 2, 3 …, as the margin boxes do."""
    import pikepdf

    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=[0, pikepdf.Dictionary(S=pikepdf.Name.D)])
