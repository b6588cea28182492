"""The hyphen that breaks a word at a line's end is a soft one: a screen reader says the whole word.

WeasyPrint writes it as any other hyphen; ISO 32000-1, 14.8.2.2.3 tells the two apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pipeline.export.pdf.finish.tree import Mark
from pipeline.export.pdf.marked_content import Drawing

BREAK = "\u2060-"
"""What the style sheet has drawn at a broken word's end: an invisible joiner marks the hyphen as not the writer's."""

STYLE = 'html{hyphenate-character:"\\2060-"}'

LAST_GLYPH = re.compile(rb"^(?P<line>\[.*)(?P<glyph>[0-9a-f]{4})>[^<>]*\] TJ$", re.DOTALL)

SOFT_HYPHEN = b"/Span <</ActualText <feff00ad>>> BDC"


def soften(drawings: list[Drawing], marks: Iterable[Mark]) -> None:
    """Give the last glyph of each marked line of the pages' drawings the meaning of a soft hyphen.

    What was known of places in these drawings holds no longer then.
    """
    wanted: dict[int, list[int]] = {}
    for each in marks:
        wanted.setdefault(each.page, []).append(each.mcid)
    for page, mcids in wanted.items():
        places = drawings[page].places
        for at in sorted((places[mcid] for mcid in mcids if mcid in places), reverse=True):
            _soften(drawings[page].operators, at)


def _soften(operators: list[Any], at: int) -> None:
    for shown in range(operators.index(b"EMC", at) - 1, at, -1):
        operator = operators[shown]
        if isinstance(operator, bytes) and operator.endswith(b" TJ"):
            operators[shown : shown + 1] = _split(operator)
            return


def _split(line: bytes) -> list[bytes]:
    """A line's glyphs, and apart from them the last one within its own marked content."""
    found = LAST_GLYPH.match(line)
    if found is None:
        return [line]
    before = found["line"] + b">] TJ"
    return [before, SOFT_HYPHEN, b"[<" + found["glyph"] + b">] TJ", b"EMC"]
