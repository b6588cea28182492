"""A chart of ratios: how long we take where others take one, and the target."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from tests.benchmarks.rows import Row

WIDTH, LEFT, LINE, MARGIN = 1200, 560, 44, 30
MOST = 1.5
"""The ratio at the right edge; longer bars are cut off there."""
GOOD, MISSED, TARGET, INK = "#0b5d4e", "#b3261e", "#1a1a1a", "#333333"


def draw(rows: Sequence[Row], title: str, file: Path) -> None:
    """Write the chart as PNG."""
    font = ImageFont.truetype(
        str(files("fontpkg_atkinson_hyperlegible") / "files" / "AtkinsonHyperlegible-Regular.ttf"), 19
    )
    image = Image.new("RGB", (WIDTH, 2 * MARGIN + LINE * (len(rows) + 1)), "white")
    pen = ImageDraw.Draw(image)
    pen.text((MARGIN, MARGIN), title, fill=INK, font=font)
    scale = (WIDTH - LEFT - 3 * MARGIN) / MOST
    for number, row in enumerate(rows, 1):
        top = MARGIN + LINE * number
        pen.text((MARGIN, top + 6), row.what, fill=INK, font=font)
        end = LEFT + min(row.ratio, MOST) * scale
        pen.rectangle((LEFT, top + 8, max(end, LEFT + 2), top + LINE - 10), fill=GOOD if row.met else MISSED)
        pen.text((end + 8, top + 6), f"{row.ratio:.2f}", fill=INK, font=font)
        mark = LEFT + min(row.target, MOST) * scale
        pen.line((mark, top + 2, mark, top + LINE - 4), fill=TARGET, width=3)
    image.save(file)
