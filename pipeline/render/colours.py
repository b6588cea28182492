"""Shades of the brand colour that can be read, by the contrast rules of WCAG 2.2 (1.4.3)."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from pipeline.errors import ContentError

Rgb = tuple[int, int, int]

WHITE: Rgb = (255, 255, 255)
BLACK: Rgb = (0, 0, 0)
INK: Rgb = (27, 31, 30)
NIGHT: Rgb = (20, 24, 23)

ENHANCED = 7.0
"""Contrast of text that WCAG calls enhanced (1.4.6); what is made here aims higher than it must."""
LEGIBLE = 4.5
"""Contrast that text needs (1.4.3)."""
VISIBLE = 3.0
"""Contrast of lines and signs that say something (1.4.11)."""

REDDISH = 20 / 360
"""Distance from pure red, as a share of the colour circle, within which a colour counts as red."""
VIVID = 0.35
"""Saturation under which a colour counts as grey."""

HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def parse(colour: str) -> Rgb:
    """``#rgb`` or ``#rrggbb`` as numbers from 0 to 255; raises ContentError for anything else."""
    if not HEX.fullmatch(colour):
        raise ContentError(
            f"the brand colour {colour!r} is no colour", path="content/publisher.toml", help='Write it as "#0b5d4e".'
        )
    digits = colour[1:] if len(colour) > len("#rgb") else "".join(2 * digit for digit in colour[1:])
    return (int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16))


@lru_cache(maxsize=4096)
def luminance(colour: Rgb) -> float:
    """Relative luminance from 0 to 1, as WCAG 2.2 defines it."""
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 -- WCAG's formula


@lru_cache(maxsize=4096)
def contrast(one: Rgb, other: Rgb) -> float:
    """Contrast ratio from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@lru_cache(maxsize=4096)
def mix(one: Rgb, other: Rgb, share: float) -> Rgb:
    """``share`` of ``one`` (0 to 1), the rest of ``other``."""
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(one, other, strict=True))
    return (red, green, blue)


def readable(colour: Rgb, ground: Rgb, towards: Rgb, ratio: float = ENHANCED) -> Rgb:
    """``colour``, moved ``towards`` another only as far as it must to reach a contrast with its ground."""
    for step in range(101):
        shade = mix(towards, colour, step / 100)
        if contrast(shade, ground) >= ratio:
            return shade
    return towards


def on(ground: Rgb) -> Rgb:
    """The colour of text on a ground: white, ink, or black where neither can be read; never under 4.5:1."""
    best = max((WHITE, INK), key=lambda text: contrast(text, ground))
    return best if contrast(best, ground) >= LEGIBLE else max((WHITE, BLACK), key=lambda text: contrast(text, ground))


def to_hex(colour: Rgb) -> str:
    """As ``#rrggbb``."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _is_alarming(colour: Rgb) -> bool:
    """Whether a colour is taken for the red of alarms."""
    hue, _, saturation = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    return saturation > VIVID and min(hue, 1 - hue) < REDDISH


def brand_tokens(colour: str) -> Mapping[str, str]:
    """The brand's custom properties: names without dashes in front, and colours."""
    brand = parse(colour)
    # a box that only informs must not have the ground of one that warns
    alarming = _is_alarming(brand)
    ground = INK if alarming else brand
    tint = mix(ground, WHITE, 0.07)
    night_tint = mix(WHITE, NIGHT, 0.08) if alarming else mix(brand, NIGHT, 0.25)
    shades = {
        "brand": brand,
        "on-brand": on(brand),
        "brand-edge": readable(brand, tint, INK, VISIBLE),
        "brand-text": readable(brand, tint, INK),
        "brand-tint": tint,
        "brand-line": mix(ground, WHITE, 0.35),
        "night-brand-text": readable(brand, max(night_tint, NIGHT, key=luminance), WHITE),
        "night-brand-tint": night_tint,
        "night-brand-edge": readable(brand, max(night_tint, NIGHT, key=luminance), WHITE, VISIBLE),
        "night-brand-line": mix(brand, mix(NIGHT, WHITE, 0.75), 0.5),
    }
    return MappingProxyType({name: to_hex(shade) for name, shade in shades.items()})
