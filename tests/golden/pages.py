"""Pages as grey pictures, and how far two of them may lie apart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import product

import pypdfium2
from PIL import Image, ImageChops, ImageStat

DPI = 60
GREYS = 64
"""As many as tell the tint of a box from paper; fewer make smaller files."""

BLOCK = 8
"""In pixels, 3.4 mm: letters that stand a fraction of a pixel elsewhere give a block the same grey."""
SLIGHT = 10
"""Grey levels (of 256): a block that differs by more has something else in it."""
MOST_BLOCKS = 0.0003
"""Share of blocks that may differ by more than that."""
MOST_IN_A_BLOCK = 24
"""Grey levels that no block may differ by: a symbol, a number or a bar is gone."""
MOST_ON_A_PAGE = 0.5
"""Grey levels that a page may differ by on the whole."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How two pictures of a page differ, in grey levels of 256."""

    mean: float
    worst_block: int
    blocks: float
    """Share of the blocks that differ by more than slightly."""

    @property
    def tolerable(self) -> bool:
        """Whether the same page can have given both, on another machine."""
        return self.mean <= MOST_ON_A_PAGE and self.worst_block <= MOST_IN_A_BLOCK and self.blocks <= MOST_BLOCKS


def pictures(pdf: bytes) -> Iterator[Image.Image]:
    """Each page in grey at 60 dpi."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for page in document:
            yield page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L").point(_fewer_greys)


def _fewer_greys(level: int) -> int:
    step = 255 / (GREYS - 1)
    return round(round(level / step) * step)


def difference(one: Image.Image, other: Image.Image) -> Difference:
    """Compare two pictures, block by block; pictures of different sizes differ in all.

    Each block may lie a pixel elsewhere: PDFium puts thin lines on whole pixels, so a thousandth of a point can move one.
    """
    if one.size != other.size:
        return Difference(255.0, 255, 1.0)
    wanted = _blocks(one)
    between = wanted.point(lambda _level: 255)
    for across, down in product((-1, 0, 1), repeat=2):
        shifted = ImageChops.offset(other, across, down)
        between = ImageChops.darker(between, ImageChops.difference(wanted, _blocks(shifted)))
    counts = between.histogram()
    worst = max(level for level, count in enumerate(counts) if count)
    return Difference(ImageStat.Stat(between).mean[0], worst, sum(counts[SLIGHT + 1 :]) / sum(counts))


def _blocks(picture: Image.Image) -> Image.Image:
    return picture.resize((picture.width // BLOCK, picture.height // BLOCK), Image.Resampling.BOX)


def side_by_side(wanted: Image.Image, found: Image.Image) -> Image.Image:
    """The golden picture, the one that was made, and in black where they differ."""
    size = (max(wanted.width, found.width), max(wanted.height, found.height))
    sheet = Image.new("L", (3 * size[0], size[1]), 128)
    marks = ImageChops.invert(ImageChops.difference(wanted.resize(size), found.resize(size)))
    for number, picture in enumerate((wanted, found, marks)):
        sheet.paste(picture, (number * size[0], 0))
    return sheet
