"""The numbers of marked content in a page's drawing, for whoever mends or joins drawings; ISO 32000-1, 14.7.4.2."""

from __future__ import annotations

from functools import cached_property
from typing import Any


class Drawing:
    """A page's drawing while WeasyPrint writes the file."""

    def __init__(self, stream: Any) -> None:
        self.operators: list[Any] = stream.stream
        """Of a ``pydyf`` stream, operands among them."""

    @cached_property
    def places(self) -> dict[int, int]:
        """By number of marked content, where its properties are among the operators as they were when this was first asked."""
        operators, found, at = self.operators, {}, 0
        for _ in range(operators.count(b"BDC")):
            at = operators.index(b"BDC", at + 1)
            properties = operators[at - 1]
            if isinstance(properties, dict) and "MCID" in properties:
                found[properties["MCID"]] = at - 1
        return found


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
