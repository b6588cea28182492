"""The shorter ways to what WeasyPrint asks its styles end where its own do."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from pipeline.export.pdf.startup import weasyprint

PAGE = """
<html><body><main class="wide"><p class="turned">One <b>two</b></p><ol><li>Three</li></ol>
<table><tr><td>Four</td></tr></table><a class="said" href="#x">Five</a></main></body></html>
"""
RULES = """
:root { --gap: 3px; font-size: calc(8px + 1em) }
.wide { padding-inline-start: 4px; margin-block-end: calc(2px + 10%); width: 50%; text-decoration: underline red }
.turned { direction: rtl; padding-inline-start: var(--gap); border: 1px solid; min-height: inherit; text-indent: calc(1em + 5%) }
b { color: inherit; float: left; inline-size: 3em } ol { columns: 2; page: named } li { display: inline-block }
table { border-collapse: collapse } td { padding: max(1px, 2%); border-inline-end-color: blue }
.said { margin-top: initial; line-height: inherit; text-decoration-style: dotted; position: absolute; max-width: none }
"""


@pytest.fixture(scope="module")
def styles() -> list[Any]:
    """The styles of all elements, of which nothing has been asked."""
    module, css = weasyprint(), importlib.import_module("weasyprint.css")
    rules = module.CSS(string=RULES)
    style_for = css.get_all_computed_styles(module.HTML(string=PAGE), [rules])
    return list(style_for.get_computed_styles().values())


def fresh(style: Any) -> Any:
    """The same style before anything has been asked of it; its parents are as they are."""
    made = style.copy()
    made.clear()
    made.specified.clear()
    return made


def test_every_property_of_every_element_is_the_same_both_ways(styles: list[Any]):
    css: Any = importlib.import_module("weasyprint.css")
    short = css.ComputedStyle.__missing__
    whole = short.__wrapped__
    assert len(styles) > 8
    for style in styles:
        for name in css.INITIAL_VALUES:
            assert short(fresh(style), name) == whole(fresh(style), name), name


def test_lengths_and_percentages_are_resolved_the_same_both_ways(styles: list[Any]):
    percent: Any = importlib.import_module("weasyprint.layout.percent")
    short = percent.resolve_one_percentage
    names = ("margin_bottom", "padding_left", "width", "min_height", "max_width", "text_indent")
    for style in styles:
        for name in names:
            boxes = [type("Box", (), {"style": style})() for _ in range(2)]
            short(boxes[0], name, 200)
            short.__wrapped__(boxes[1], name, 200)
            assert getattr(boxes[0], name) == getattr(boxes[1], name)
