"""The numbers of marked content in a page's drawing, for whoever puts drawings together; ISO 32000-1, 14.7.4.2."""

from __future__ import annotations

from typing import Any


def renumbered(page: Any, offset: int) -> tuple[bytes, int]:
    """The drawing of a pikepdf page with ``offset`` added to every number of its marked content, and what number is free then."""
    import pikepdf

    made: list[Any] = []
    free = offset
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        operator = instruction.operator
        if str(operator) == "BDC" and "/MCID" in operands[1]:
            properties = pikepdf.Dictionary(operands[1])
            properties.MCID = int(properties.MCID) + offset
            free = max(free, int(properties.MCID) + 1)
            made.append(([operands[0], properties], operator))
        else:
            made.append((operands, operator))
    return pikepdf.unparse_content_stream(made), free
