"""The hyphen that breaks a word at a line's end is a soft one: a screen reader says the whole word.

WeasyPrint writes it as any other hyphen; ISO 32000-1, 14.8.2.2.3 tells the two apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pipeline.export.pdf.finish.tree import Mark

BREAK = "\u2060-"
"""What the style sheet has drawn at a broken word's end: an invisible joiner marks the hyphen as not the writer's."""

STYLE = 'html{hyphenate-character:"\\2060-"}'

LAST_GLYPH = re.compile(rb"^(?P<line>\[.*)(?P<glyph>[0-9a-f]{4})>[^<>]*\] TJ$", re.DOTALL)

SOFT_HYPHEN = b"/Span <</ActualText <feff00ad>>> BDC"


def soften(streams: list[Any], marks: Iterable[Mark]) -> None:
    """Give the last glyph of each marked line of the pages' ``pydyf`` streams the meaning of a soft hyphen."""
    wanted: dict[int, set[int]] = {}
    for each in marks:
        wanted.setdefault(each.page, set()).add(each.mcid)
    for page, mcids in wanted.items():
        _soften(streams[page].stream, mcids)


def _soften(operators: list[Any], mcids: set[int]) -> None:
    made: list[Any] = []
    inside = False
    shown: int | None = None
    for operator in operators:
        if isinstance(operator, dict) and "MCID" in operator:
            inside, shown = operator["MCID"] in mcids, None
        elif inside and isinstance(operator, bytes) and operator.endswith(b" TJ"):
            shown = len(made)
        elif inside and operator == b"EMC":
            if shown is not None:
                made[shown : shown + 1] = _split(made[shown])
            inside = False
        made.append(operator)
    operators[:] = made


def _split(line: bytes) -> list[bytes]:
    """A line's glyphs, and apart from them the last one within its own marked content."""
    found = LAST_GLYPH.match(line)
    if found is None:
        return [line]
    before = found["line"] + b">] TJ"
    return [before, SOFT_HYPHEN, b"[<" + found["glyph"] + b">] TJ", b"EMC"]
