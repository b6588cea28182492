"""Sheets as their readers have them: folded to a booklet, or cut to cards, page after page.

What is proven of a booklet is what the folded one shows, so this folds by itself and does not ask how it was imposed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

CLIP = re.compile(rb"q ([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re W n\s")
"""What the drawing of one page starts with, so that it cannot paint beyond."""

Cell = tuple[int, tuple[float, float, float, float]]
"""A sheet's side, from 0, and a rectangle on it: left, bottom, right and top in points."""

SLACK = 0.01


def as_read(data: bytes, path: str) -> tuple[bytes, int | None]:
    """A PDF with its pages in the order in which they are read, and how many sides it has when those are sheets.

    ``path`` below ``build/`` tells which layout it is. Any other PDF comes back as it is, with None. Raises ValueError for
    sheets that do not hold one drawing a page.
    """
    order = {"booklets": _folded, "cards": _cut}.get(path.partition("/")[0])
    if order is None:
        return data, None
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            sides = [page.obj for page in pdf.pages]
            cells = list(order([tuple(map(float, side.MediaBox[2:])) for side in sides]))
            _split(pdf, sides, cells)
            out = io.BytesIO()
            pdf.save(out)
    except (pikepdf.PdfError, AttributeError, LookupError, TypeError) as error:
        raise ValueError(str(error)) from error
    return out.getvalue(), len(sides)


def _folded(sizes: list[Any]) -> Iterator[Cell]:
    """Sheets lie in each other and open at the fold: right halves of fronts on the way in, left ones on the way out."""
    if len(sizes) % 2:
        raise ValueError("a booklet whose last sheet has no back")

    def half(side: int, *, right: bool) -> Cell:
        width, height = sizes[side]
        return side, ((width / 2, 0.0, width, height) if right else (0.0, 0.0, width / 2, height))

    for front in range(0, len(sizes), 2):
        yield half(front, right=True)
        yield half(front + 1, right=False)
    for front in range(len(sizes) - 2, -1, -2):
        yield half(front + 1, right=True)
        yield half(front, right=False)


def _cut(sizes: list[Any]) -> Iterator[Cell]:
    """Four cards a side, from left to right and from top to bottom."""
    for side, (width, height) in enumerate(sizes):
        for bottom in (height / 2, 0.0):
            for left in (0.0, width / 2):
                yield side, (left, bottom, left + width / 2, bottom + height / 2)


def _split(pdf: Any, sides: list[Any], cells: list[Cell]) -> None:
    """Replace the sides by a page for each cell, with the drawing that is clipped to it; blank ones at the end go."""
    import pikepdf

    pages = []
    for side, box in cells:
        page = pikepdf.Dictionary(sides[side])
        page.MediaBox = [0, 0, box[2] - box[0], box[3] - box[1]]
        own = [drawing for drawing in sides[side].Contents if _within(drawing, box)]
        move = f"1 0 0 1 {-box[0]:.4f} {-box[1]:.4f} cm\n".encode()
        page.Contents = pikepdf.Array([pdf.make_stream(move), *own] if own else [])
        pages.append(pdf.make_indirect(page))
    while pages and not len(pages[-1].Contents):
        pages.pop()
    del pdf.pages[:]
    for page in pages:
        pdf.pages.append(pikepdf.Page(page))
    numbers = {each.objgen: at for at, each in enumerate(sides)}
    names = pdf.Root.get("/Names", {}).get("/Dests", {}).get("/Names", [])
    for destination in (each for each in names if isinstance(each, pikepdf.Array)):
        side = numbers[destination[0].objgen]
        x, y = float(destination[2]), float(destination[3])
        found = (
            at for at, (of, box) in enumerate(cells) if of == side and box[0] <= x <= box[2] and box[1] <= y <= box[3]
        )
        at = next(found, None)
        if at is None or at >= len(pages):
            raise ValueError("a place that is on no page")
        left, bottom, _, _ = cells[at][1]
        destination[0], destination[2], destination[3] = pages[at], x - left, y - bottom


def _within(drawing: Any, box: tuple[float, float, float, float]) -> bool:
    """Whether a drawing is clipped to a cell."""
    found = CLIP.match(drawing.read_bytes())
    if found is None:
        return False
    left, bottom, width, height = (float(each) for each in found.groups())
    edges = (left, bottom, left + width, bottom + height)
    return all(abs(edge - wanted) < SLACK for edge, wanted in zip(edges, box, strict=True))
