"""Shorter ways to what WeasyPrint asks each box for again and again; the values are the same.

Most boxes have no lengths that hang on what is around them, and are in the normal flow: that is known of their style.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import wraps
from operator import itemgetter
from typing import Any

RESOLVED = (
    "margin_left", "margin_right", "margin_top", "margin_bottom", "padding_left", "padding_right", "padding_top",
    "padding_bottom", "width", "min_width", "max_width", "height", "min_height", "max_height", "border_top_width",
    "border_right_width", "border_bottom_width", "border_left_width",
)  # fmt: skip
"""What boxes are given of their style, as it is or in pixels."""

_of_boxes = itemgetter("box_sizing", "border_collapse", *RESOLVED)

MOST_KEPT = 5_000

BESIDE_THE_FLOW = frozenset({"left", "right", "inline-start", "inline-end", "footnote"})


def quicken_boxes() -> None:
    """Let WeasyPrint, which is imported, take the shorter ways."""
    percent: Any = importlib.import_module("weasyprint.layout.percent")
    properties: Any = importlib.import_module("weasyprint.css.properties")
    whole = percent.resolve_percentages
    quick = _percentages(properties.Dimension, whole)
    for name in ("percent", "absolute", "block", "column", "float", "grid", "inline", "page", "table"):
        module: Any = importlib.import_module(f"weasyprint.layout.{name}")
        if module.resolve_percentages is whole:
            module.resolve_percentages = quick
    box: Any = importlib.import_module("weasyprint.formatting_structure.boxes").Box
    box.is_in_normal_flow = _in_normal_flow(box.is_in_normal_flow)


def _percentages(dimension: Any, whole: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """``resolve_percentages``: ``whole``, but for boxes all of whose lengths are pixels or automatic."""
    known: dict[Any, dict[str, Any] | None] = {}

    def resolved(values: tuple[Any, ...]) -> dict[str, Any] | None:
        sizing, collapse, *lengths = values
        if sizing != "content-box" or collapse == "collapse":
            return None
        found: dict[str, Any] = {}
        for name, value in zip(RESOLVED, lengths, strict=True):
            if name.startswith("border"):
                found[name] = value
            elif value == "auto":
                found[name] = 0 if name.startswith("min") else value
            elif type(value) is dimension and value.unit == "px":
                found[name] = value.value
            else:
                return None
        return found

    @wraps(whole)
    def resolve(box: Any, containing_block: Any) -> None:
        values = _of_boxes(box.style)
        try:
            found = known[values]
        except KeyError:
            if len(known) >= MOST_KEPT:
                known.clear()
            found = known[values] = resolved(values)
        except TypeError:  # a calculation is made of lists
            found = None
        if found is None:
            whole(box, containing_block)
        else:
            box.__dict__.update(found)

    return resolve


def _in_normal_flow(whole: Callable[[Any], bool]) -> Callable[[Any], bool]:
    @wraps(whole)
    def is_in_normal_flow(box: Any) -> bool:
        style = box.style
        if style["position"] == "static":
            return style["float"] not in BESIDE_THE_FLOW
        return whole(box)

    return is_in_normal_flow
