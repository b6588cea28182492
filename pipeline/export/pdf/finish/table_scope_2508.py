"""Table cells that say what they head and how far they reach.

WeasyPrint writes no ``Scope``. https://github.com/Kozea/WeasyPrint/issues/2508
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Any

from pipeline.export.pdf.finish.tree import Tag

SCOPES = MappingProxyType({"row": "/Row", "rowgroup": "/Row", "col": "/Column", "colgroup": "/Column"})


def mend(tags: Iterable[Tag]) -> None:
    """Set Scope, RowSpan and ColSpan; ISO 14289-1, 7.5 and ISO 32000-1, 14.8.5.7."""
    for tag in tags:
        if tag.role not in {"TH", "TD"}:
            continue
        attributes: dict[str, Any] = {}
        if tag.role == "TH":
            attributes["Scope"] = SCOPES.get(tag.get("scope"), "/Column")
        for name, key in (("rowspan", "RowSpan"), ("colspan", "ColSpan")):
            span = tag.get(name)
            if span.isdecimal() and int(span) > 1:
                attributes[key] = int(span)
        if attributes:
            tag.attributes["Table"] = attributes
