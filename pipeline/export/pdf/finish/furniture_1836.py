"""Page numbers, running heads and repeated table heads are artifacts.

WeasyPrint marks margin boxes as text without a tag. https://github.com/Kozea/WeasyPrint/issues/1836
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pipeline.export.pdf.finish.tree import Mark


def mark(streams: list[Any], marks: Iterable[Mark], kind: str) -> None:
    """Rewrite marked content of the pages' ``pydyf`` streams as artifacts of a kind; ISO 32000-1, 14.8.2.2."""
    wanted: dict[int, set[int]] = {}
    for each in marks:
        wanted.setdefault(each.page, set()).add(each.mcid)
    for page, mcids in wanted.items():
        operators = streams[page].stream
        for at, operand in enumerate(operators):
            if isinstance(operand, dict) and operand.get("MCID") in mcids:
                operators[at - 1] = "/Artifact"
                operand.clear()
                operand["Type"] = f"/{kind}"
