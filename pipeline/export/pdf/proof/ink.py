"""Measure on the rendered page whether words can be seen: a white word, or one under a patch, has no ink."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from pipeline.export.pdf.proof.pages import Page
from pipeline.export.pdf.proof.places import Box, around

SCALE = 3
"""Pixels a point: 216 dpi shows the full colour of a letter's stems."""

INKED = 0.02
"""The share of a word's rectangle that has to be in contrast with the rest."""

MOST_MEASURED = 4
"""Pictures that are kept, some MB each: personal copies are the same wherever their notices are, pixel by pixel."""

_measured: dict[Any, tuple[bytes, tuple[float, ...]]] = {}
"""What was measured last: pixels and contrasts, by the areas and the form of a picture."""


def contrasts(page: Page, boxes: Iterable[Box]) -> list[float]:
    """For each rectangle, the contrast between its words and their ground; WCAG 2.2, 1.4.3. 1.0 where nothing shows."""
    wanted = list(boxes)
    if not wanted:
        return []
    whole = around(wanted)
    left, top = max(whole.left, page.media_box.left), min(whole.top, page.media_box.top)
    bitmap = _bitmap(page, whole)
    if bitmap is None:
        return [1.0] * len(wanted)
    areas = tuple(_area(box, left, top, bitmap) for box in wanted)
    pixels = bytes(bitmap.buffer)
    key = areas, bitmap.width, bitmap.height, bitmap.stride, bitmap.format
    if key in _measured and _measured[key][0] == pixels:
        return list(_measured[key][1])
    picture = bitmap.to_pil().convert("RGB").point(_LINEAR * 3).convert("L", LUMINANCE)
    found = [_contrast(picture, area) for area in areas]
    if len(_measured) >= MOST_MEASURED:
        _measured.pop(next(iter(_measured)))
    _measured[key] = pixels, tuple(found)
    return found


def _bitmap(page: Page, part: Box) -> Any:
    """A part of the page as PDFium draws it; None if it is beside the page."""
    media = page.media_box
    left, bottom = max(part.left, media.left), max(part.bottom, media.bottom)
    right, top = min(part.right, media.right), min(part.top, media.top)
    if left >= right or bottom >= top:
        return None
    crop = (left - media.left, bottom - media.bottom, media.right - right, media.top - top)
    return page.handle.render(scale=SCALE, crop=crop, rev_byteorder=True)


def _area(box: Box, left: float, top: float, bitmap: Any) -> tuple[int, int, int, int]:
    """Where a rectangle of the page is in a picture whose top left corner is there."""
    return (
        max(0, round((box.left - left) * SCALE)),
        max(0, round((top - box.top) * SCALE)),
        min(bitmap.width, round((box.right - left) * SCALE)),
        min(bitmap.height, round((top - box.bottom) * SCALE)),
    )


def _contrast(picture: Any, area: tuple[int, int, int, int]) -> float:
    """The contrast within an area of a picture in relative luminance, 0 to 255."""
    if area[0] >= area[2] or area[1] >= area[3]:
        return 1.0
    shades = picture.crop(area).histogram()
    ground = shades.index(max(shades))
    needed = INKED * sum(shades)
    against = _ratios(ground)
    dark, light = 0, len(shades) - 1
    while dark < light:
        darker = against[dark] >= against[light]
        shade = dark if darker else light
        needed -= shades[shade]
        if needed <= 0:
            return against[shade]
        dark, light = dark + darker, light - (not darker)
    return 1.0


@cache
def _ratios(ground: int) -> list[float]:
    """The contrast of each luminance from 0 to 255 with one of them."""
    return [ratio(ground, shade) for shade in range(256)]


def ratio(one: int, other: int) -> float:
    """The contrast ratio of two luminances from 0 to 255; WCAG 2.2."""
    return (max(one, other) / 255 + 0.05) / (min(one, other) / 255 + 0.05)


LUMINANCE = (0.2126, 0.7152, 0.0722, 0.0)
"""What red, green and blue light give to relative luminance; WCAG 2.2."""


def _linear(value: int) -> int:
    """Light of an sRGB channel, from 0 to 255 like the channel."""
    channel = value / 255
    light: float = channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
    return round(255 * light)


_LINEAR = [_linear(value) for value in range(256)]
