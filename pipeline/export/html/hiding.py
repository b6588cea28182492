"""Which style declarations keep text from readers."""

from __future__ import annotations

import re
from collections.abc import Mapping

NUMBER = re.compile(r"(-?(?:\d++(?:\.\d++)?|\.\d++))\s*+([a-z%]*+)")

SMALLEST = 9.0
"""CSS pixels; smaller text is no notice to anyone."""
FAR = 999.0
"""CSS pixels, or a multiple of the box: text moved that far is off the page."""

PER_UNIT = {
    "px": 1.0,
    "pt": 4 / 3,
    "rem": 16.0,
    "em": 16.0,
    "ch": 8.0,
    "ex": 8.0,
    "%": 10.0,
    "vw": 13.0,
    "vh": 8.0,
    "cm": 37.8,
    "mm": 3.78,
    "in": 96.0,
    "": 1.0,
}


def hides(style: Mapping[str, str]) -> bool:
    """Whether the declarations of one rule, lower-case, keep an element's text from being seen."""
    return any(test(style) for test in (_taken_away, _transparent, _clipped, _moved_away, _too_small, _same_colour))


def _taken_away(style: Mapping[str, str]) -> bool:
    return (
        style.get("display") == "none"
        or style.get("visibility") in {"hidden", "collapse"}
        or style.get("content-visibility") == "hidden"
    )


def _transparent(style: Mapping[str, str]) -> bool:
    opacity = NUMBER.fullmatch(style.get("opacity", "1"))
    if opacity and float(opacity[1]) / (100 if opacity[2] == "%" else 1) < 0.5:  # noqa: PLR2004 -- half faded is not legible
        return True
    if "opacity(0" in style.get("filter", "").replace(" ", ""):
        return True
    return _is_clear(style.get("color", "")) or _is_clear(style.get("-webkit-text-fill-color", ""))


def _is_clear(colour: str) -> bool:
    compact = colour.replace(" ", "")
    return (
        compact == "transparent"
        or (
            bool(re.fullmatch(r"(?:rgba|hsla|rgb|hsl)\(.*[,/]0?\.?0+%?\)", compact))
            and compact.count(",") + compact.count("/") >= (3 if "," in compact else 1)
        )
        or bool(re.fullmatch(r"#(?:[0-9a-f]{3}0|[0-9a-f]{6}00)", compact))
    )


def _clipped(style: Mapping[str, str]) -> bool:
    if re.search(r"rect\(\s*(?:0(?:px)?[\s,]*){4}\)|rect\(\s*1px", style.get("clip", "")):
        return True
    if re.search(
        r"inset\(\s*(?:50|100)%|circle\(\s*0|polygon\(\s*0\s+0[\s,]*(?:0\s+0[\s,]*)*\)", style.get("clip-path", "")
    ):
        return True
    cut = {style.get(name, "") for name in ("overflow", "overflow-x", "overflow-y")} & {"hidden", "clip"}
    sizes = (
        style.get(name, "") for name in ("height", "max-height", "width", "max-width", "block-size", "inline-size")
    )
    return bool(cut) and any(0 <= size < 24 for size in map(_pixels, sizes))  # noqa: PLR2004 -- not one line of text


def _moved_away(style: Mapping[str, str]) -> bool:
    names = (
        "left",
        "right",
        "top",
        "bottom",
        "text-indent",
        "margin-left",
        "margin-top",
        "margin-right",
        "inset",
        "margin",
    )
    if any(abs(_pixels(style.get(name, ""), 0.0)) >= FAR for name in names):
        return True
    transform = style.get("transform", "") + " " + style.get("scale", "") + " " + style.get("translate", "")
    if re.search(r"scale[xyz3d]*\(\s*0*+(?:\.0*+)?[,)]", transform) or style.get("scale") == "0":
        return True
    return any(abs(_pixels("".join(part))) >= FAR for part in NUMBER.findall(transform))


def _too_small(style: Mapping[str, str]) -> bool:
    size = style.get("font-size") or (style.get("font", "").partition("/")[0].split() or [""])[-1]
    return 0 <= _pixels(size) < SMALLEST or 0 <= _pixels(style.get("line-height", ""), -1.0) == 0


def _same_colour(style: Mapping[str, str]) -> bool:
    ground = style.get("background-color") or style.get("background", "")
    return bool(ground) and ground == style.get("color")


def _pixels(value: str, otherwise: float = -1.0) -> float:
    """A length in CSS pixels; ``otherwise`` for what is no single length."""
    found = NUMBER.fullmatch(value)
    if not found or found[2] not in PER_UNIT:
        return otherwise
    return float(found[1]) * PER_UNIT[found[2]]
