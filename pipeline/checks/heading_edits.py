"""Edits that change the level of a heading and nothing else."""

from __future__ import annotations

import re

from pipeline.model.diagnostic import Edit
from pipeline.model.lines import LineIndex
from pipeline.model.nodes import Heading

_HASHES = re.compile(r"#{1,6}(?=[ \t\r\n]|$)")
_UNDERLINE = re.compile(r"[ \t>]*?(=+|-+)[ \t]*$")


def relevel(source: str, index: LineIndex, heading: Heading, level: int) -> Edit | None:
    """The edit that gives a heading another level; None where its marks cannot be told.

    An underlined heading keeps its underline where the level has one (1 and 2); for a deeper level it cannot.
    """
    start, end = index.offsets(heading.span)
    hashes = _HASHES.match(source, start)
    if hashes:
        return Edit(hashes.start(), hashes.end(), "#" * level)
    underline_start = max(source.rfind("\n", start, end), source.rfind("\r", start, end)) + 1
    underline = _UNDERLINE.match(source[underline_start:end]) if underline_start > 0 else None
    if underline is None or level > 2:  # noqa: PLR2004 -- CommonMark 0.31, section 4.3
        return None
    place = underline_start + underline.start(1)
    return Edit(place, place + len(underline.group(1)), ("=" if level == 1 else "-") * len(underline.group(1)))
