"""The brand colour is too pale to be read on white paper.

Headings and links are printed in it; text needs a contrast of 4.5:1 to its ground (WCAG 2.2, 1.4.3). It is measured against
white and reported at ``colour`` in ``publisher.toml``.

Bad:

    +++
    [brand]
    colour = "#7ecbb4"
    +++
    Yes, a little.

Good:

    +++
    [brand]
    colour = "#0b5d4e"
    +++
    Yes, a little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity
from pipeline.model.nodes import Span

LEAST = 4.5
_HEX = re.compile(r"#(?:([0-9a-f]{6})|([0-9a-f]{3}))", re.IGNORECASE)


@check("A05", severity=Severity.ERROR, source="WCAG 1.4.3")
def low_contrast(article: Article, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """At most one finding, in the publisher's settings."""
    colour = context.config.colour
    ratio = contrast_with_white(colour)
    if ratio is not None and ratio < LEAST:
        line = context.config.lines.get("brand.colour", 1)
        yield Finding(
            f"the brand colour {colour} has a contrast of {ratio:.2f}:1 to white; at least {LEAST}:1 is wanted",
            Span(line, 1, line, 1),
            "Choose a darker colour.",
            path=context.config.path,
        )


@lru_cache(maxsize=16)
def contrast_with_white(colour: str) -> float | None:
    """The contrast of ``#rrggbb`` or ``#rgb`` to white (WCAG 2.2, contrast ratio); None for any other form."""
    found = _HEX.fullmatch(colour.strip())
    if found is None:
        return None
    digits = found[1] or "".join(2 * digit for digit in found[2])
    red, green, blue = (_linear(int(digits[place : place + 2], 16) / 255) for place in (0, 2, 4))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(channel: float) -> float:
    """A channel of sRGB as light (WCAG 2.2, relative luminance)."""
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004
