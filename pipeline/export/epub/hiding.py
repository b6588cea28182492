"""Declarations that take text out of a reader's sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import Any

FAINT = 0.1
"""Opacity below which text counts as not there."""
SMALLEST = MappingProxyType({"px": 6.0, "pt": 4.5, "em": 0.4, "rem": 0.4, "%": 40.0, "ex": 0.8, "mm": 1.6, "cm": 0.16})
"""Font sizes below which nobody reads text, by unit."""
FAR = MappingProxyType(
    {"px": 200.0, "pt": 150.0, "em": 12.0, "rem": 12.0, "%": 60.0, "vw": 60.0, "vh": 60.0, "cm": 5.0}
)
"""Distances, by unit, that move a box off the page."""

Predicate = Callable[[Sequence[Any]], bool]


def _words(tokens: Sequence[Any]) -> set[str]:
    return {token.lower_value for token in tokens if token.type == "ident"}


def _numbers(tokens: Sequence[Any]) -> list[tuple[float, str]]:
    """Value and unit of each number, also inside functions."""
    found: list[tuple[float, str]] = []
    for token in tokens:
        if token.type == "number":
            found.append((token.value, ""))
        elif token.type == "percentage":
            found.append((token.value, "%"))
        elif token.type == "dimension":
            found.append((token.value, token.lower_unit))
        elif token.type == "function":
            found += _numbers(token.arguments)
    return found


def _says(*words: str) -> Predicate:
    return lambda tokens: bool(_words(tokens) & set(words))


def _is_nothing(tokens: Sequence[Any]) -> bool:
    numbers = _numbers(tokens)
    return bool(numbers) and all(value == 0 for value, _ in numbers)


def _is_faint(tokens: Sequence[Any]) -> bool:
    return any(value < (FAINT * 100 if unit == "%" else FAINT) for value, unit in _numbers(tokens))


def _is_tiny(tokens: Sequence[Any]) -> bool:
    return any(value == 0 or (unit in SMALLEST and value < SMALLEST[unit]) for value, unit in _numbers(tokens))


def _font_is_tiny(tokens: Sequence[Any]) -> bool:
    """The first length of the ``font`` shorthand is its size; a weight before it has no unit."""
    sizes = [(value, unit) for value, unit in _numbers(tokens) if unit or value == 0]
    return bool(sizes) and (sizes[0][0] == 0 or sizes[0][0] < SMALLEST.get(sizes[0][1], 0))


def _is_far(tokens: Sequence[Any]) -> bool:
    return any(abs(value) >= FAR.get(unit, 200.0) for value, unit in _numbers(tokens))


def _goes_back_far(tokens: Sequence[Any]) -> bool:
    return any(value <= -FAR.get(unit, 200.0) for value, unit in _numbers(tokens))


def _clips(tokens: Sequence[Any]) -> bool:
    return any(token.type in {"function", "url"} for token in tokens)


def _shrinks(tokens: Sequence[Any]) -> bool:
    for token in tokens:
        if token.type != "function":
            continue
        if token.lower_name.startswith("scale") and any(abs(value) < FAINT for value, _ in _numbers(token.arguments)):
            return True
        if token.lower_name.startswith("translate") and _is_far(token.arguments):
            return True
        if token.lower_name in {"rotatex", "rotatey", "rotate3d", "matrix", "matrix3d"}:
            return True
    return False


def _filters_out(tokens: Sequence[Any]) -> bool:
    return any(
        token.type == "function"
        and ((token.lower_name == "opacity" and _is_faint(token.arguments)) or token.lower_name in {"blur", "url"})
        for token in tokens
    )


def _replaces(tokens: Sequence[Any]) -> bool:
    return any(token.type in {"url", "function", "string"} for token in tokens)


BOX: MappingProxyType[str, Predicate] = MappingProxyType(
    {
        "display": _says("none"),
        "content-visibility": _says("hidden"),
        "opacity": _is_faint,
        "width": _is_nothing,
        "height": _is_nothing,
        "max-width": _is_nothing,
        "max-height": _is_nothing,
        "inline-size": _is_nothing,
        "block-size": _is_nothing,
        "max-inline-size": _is_nothing,
        "max-block-size": _is_nothing,
        "zoom": _is_nothing,
        "scale": _is_nothing,
        "clip": _clips,
        "clip-path": _clips,
        "mask": _clips,
        "mask-image": _clips,
        "transform": _shrinks,
        "translate": _is_far,
        "filter": _filters_out,
        "left": _is_far,
        "right": _is_far,
        "top": _is_far,
        "bottom": _is_far,
        "inset": _is_far,
        "inset-inline-start": _is_far,
        "inset-block-start": _is_far,
        "margin": _goes_back_far,
        "margin-left": _goes_back_far,
        "margin-right": _goes_back_far,
        "margin-top": _goes_back_far,
        "margin-inline-start": _goes_back_far,
        "content": _replaces,
    }
)
"""Property -> what hides the box and all that is in it."""

INHERITED: MappingProxyType[str, Predicate] = MappingProxyType(
    {
        "visibility": _says("hidden", "collapse"),
        "font-size": _is_tiny,
        "font": _font_is_tiny,
        "text-indent": _goes_back_far,
    }
)
"""Property -> what hides text in the box, until something in the box says otherwise."""

COLOURS = ("color", "-webkit-text-fill-color", "background", "background-color")

WATCHED = frozenset({*BOX, *INHERITED, *COLOURS})


def unknown(tokens: Sequence[Any]) -> bool:
    """Whether a value depends on a custom property: our own sheets have none, so nothing can be said for it."""
    return any(token.type == "function" and token.lower_name in {"var", "env", "attr"} for token in tokens)
