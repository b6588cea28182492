"""Shorter ways to what WeasyPrint asks its styles for a hundred thousand times an article; the values are the same.

A tenth of the time that WeasyPrint lays out in goes into properties that no rule sets, and into lengths that are no
percentages: it goes all the way that a rule with variables and calculations would need.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

NOT_BY_THEMSELVES = frozenset({"display", "float", "page", "position"})
"""Properties whose value hangs on others', or is remembered as it was written."""

DIRECTIONS = ("ltr", "rtl")


def quicken() -> None:
    """Let WeasyPrint, which is imported, take the shorter ways."""
    css: Any = importlib.import_module("weasyprint.css")
    css.ComputedStyle.__missing__ = _style(css, css.ComputedStyle.__missing__)
    percent: Any = importlib.import_module("weasyprint.layout.percent")
    properties: Any = importlib.import_module("weasyprint.css.properties")
    percent.resolve_one_percentage = _length(properties.Dimension, percent.resolve_one_percentage)


def _style(css: Any, whole: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    """``ComputedStyle.__missing__``: ``whole``, but for properties that no rule sets."""
    initial, sides = _initial(css)
    inherited = frozenset(name for name in css.INHERITED if name not in css.PHYSICAL_FUNCTIONS and _by_itself(name))
    check_math = css.check_math

    @wraps(whole)
    def missing(style: Any, name: str) -> Any:
        cascaded = style.cascaded
        if name in cascaded:
            return whole(style, name)
        if name in initial and cascaded.keys().isdisjoint(sides.get(name, ())):
            value = style[name] = initial[name]
            return value
        if name in inherited and style.parent_style is not None:
            value = style.parent_style[name]
            if not check_math(value):
                style[name] = value
                return value
        return whole(style, name)

    return missing


def _initial(css: Any) -> tuple[Mapping[str, Any], Mapping[str, tuple[str, ...]]]:
    """What properties are that nothing sets and that are not inherited; and by which other names they can be set."""
    values = {
        name: value
        for name, value in css.INITIAL_VALUES.items()
        if name not in css.INHERITED
        and name not in css.INITIAL_NOT_COMPUTED
        and _by_itself(name)
        and not css.check_math(value)
    }
    sides = {
        name: tuple(logical(block="ttb", inline=direction) for direction in DIRECTIONS)
        for name, logical in css.PHYSICAL_FUNCTIONS.items()
        if name in values
    }
    return values, sides


def _by_itself(name: str) -> bool:
    return name not in NOT_BY_THEMSELVES and not name.startswith(("__", "text_decoration_"))


def _length(dimension: Any, whole: Callable[[Any, str, Any], None]) -> Callable[[Any, str, Any], None]:
    """``resolve_one_percentage``: ``whole``, but for lengths in pixels."""

    @wraps(whole)
    def resolve(box: Any, name: str, refer_to: Any) -> None:
        value = box.style[name]
        if type(value) is dimension and value.unit == "px":
            setattr(box, name, value.value)
        else:
            whole(box, name, refer_to)

    return resolve
