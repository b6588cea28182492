"""Measure on the rendered page whether words can be seen: a white word, or one under a patch, has no ink."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pipeline.export.pdf.proof.pages import Box, Page

SCALE = 3
"""Pixels a point: 216 dpi shows the full colour of a letter's stems."""

INKED = 0.02
"""The share of a word's rectangle that has to be in contrast with the rest."""


def contrasts(page: Page, boxes: Iterable[Box]) -> list[float]:
    """For each rectangle, the contrast between its words and their ground; WCAG 2.2, 1.4.3. 1.0 where nothing shows."""
    wanted = list(boxes)
    if not wanted:
        return []
    whole = wanted[0]
    for box in wanted:
        whole = whole.joined(box)
    picture, left, top = _picture(page, whole)
    return [_contrast(picture, box, left, top) for box in wanted]


def _picture(page: Page, part: Box) -> tuple[Any, float, float]:
    media = page.media_box
    left, bottom = max(part.left, media.left), max(part.bottom, media.bottom)
    right, top = min(part.right, media.right), min(part.top, media.top)
    crop = (left - media.left, bottom - media.bottom, media.right - right, media.top - top)
    if left >= right or bottom >= top:
        return None, left, top
    bitmap = page.handle.render(scale=SCALE, crop=crop, rev_byteorder=True, prefer_bgrx=False)
    return bitmap.to_pil().convert("RGB"), left, top


def _contrast(picture: Any, box: Box, left: float, top: float) -> float:
    if picture is None:
        return 1.0
    area = (
        max(0, round((box.left - left) * SCALE)),
        max(0, round((top - box.top) * SCALE)),
        min(picture.width, round((box.right - left) * SCALE)),
        min(picture.height, round((top - box.bottom) * SCALE)),
    )
    if area[0] >= area[2] or area[1] >= area[3]:
        return 1.0
    cut = picture.crop(area)
    colours = sorted(cut.getcolors(cut.width * cut.height), reverse=True)
    ground = luminance(colours[0][1])
    ratios = sorted(((_ratio(ground, luminance(colour)), count) for count, colour in colours), reverse=True)
    needed = INKED * cut.width * cut.height
    for ratio, count in ratios:
        needed -= count
        if needed <= 0:
            return ratio
    return 1.0


def _ratio(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def luminance(colour: tuple[int, int, int]) -> float:
    """Relative luminance, 0 to 1, of an sRGB colour; WCAG 2.2."""
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
