"""Shades of any brand colour can be read."""

from __future__ import annotations

import pytest

from pipeline.errors import ContentError
from pipeline.render.colours import INK, NIGHT, WHITE, brand_tokens, contrast, parse

BRANDS = ["#0b5d4e", "#fff200", "#000", "#ffffff", "#e4002b", "#7f7f7f", "#00f"]


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast((0, 0, 0), WHITE) == pytest.approx(21)
    assert contrast((119, 119, 119), WHITE) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("brand", BRANDS)
def test_text_in_a_brand_shade_is_legible_by_day_and_by_night(brand: str) -> None:
    tokens = {name: parse(value) for name, value in brand_tokens(brand).items()}
    assert contrast(tokens["on-brand"], tokens["brand"]) >= 4.5
    assert contrast(tokens["brand-text"], WHITE) >= 7
    assert contrast(tokens["brand-text"], tokens["brand-tint"]) >= 7
    assert contrast(INK, tokens["brand-tint"]) >= 7
    assert contrast(tokens["night-brand-text"], NIGHT) >= 7
    assert contrast(tokens["night-brand-text"], tokens["night-brand-tint"]) >= 7


@pytest.mark.parametrize("brand", BRANDS)
def test_lines_in_a_brand_shade_are_seen_by_day_and_by_night(brand: str) -> None:
    tokens = {name: parse(value) for name, value in brand_tokens(brand).items()}
    for ground in (WHITE, tokens["brand-tint"]):
        assert contrast(tokens["brand-edge"], ground) >= 3
    for ground in (NIGHT, tokens["night-brand-tint"]):
        assert contrast(tokens["night-brand-edge"], ground) >= 3


@pytest.mark.parametrize("brand", ["#e4002b", "#8c1d18", "#f33"])
@pytest.mark.parametrize("ground", ["brand-tint", "night-brand-tint"])
def test_with_a_red_brand_a_box_that_only_informs_has_not_the_ground_of_an_alarm(brand: str, ground: str) -> None:
    red, green, blue = parse(brand_tokens(brand)[ground])
    assert red <= max(green, blue)


@pytest.mark.parametrize("colour", ["", "teal", "#12", "#12345g", "0b5d4e", "#0b5d4e;}"])
def test_what_is_no_colour_is_refused(colour: str) -> None:
    with pytest.raises(ContentError, match="no colour"):
        brand_tokens(colour)
