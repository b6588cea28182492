"""Contrast is measured on the pixels of the page at hand, whatever was measured before."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from PIL import Image

from pipeline.export.pdf.proof.ink import MOST_MEASURED, contrasts
from pipeline.export.pdf.proof.places import Box


def page(shade: int) -> Any:
    """A page of 20 points a side with a dark bar in a shade of grey on white."""

    def render(**_asked: Any) -> Any:
        picture = Image.new("RGB", (60, 60), "white")
        picture.paste((shade, shade, shade), (10, 10, 50, 50))
        named = {"width": 60, "height": 60, "stride": 180, "format": 2}
        return SimpleNamespace(buffer=picture.tobytes(), to_pil=lambda: picture, **named)

    media = Box(0, 0, 20, 20)
    return SimpleNamespace(media_box=media, handle=SimpleNamespace(render=render))


def test_the_same_places_on_other_pages_have_their_own_contrast():
    boxes = [Box(0, 0, 20, 20), Box(5, 5, 9, 9)]
    shades = [0, 100, 255, *range(MOST_MEASURED), 100, 0]
    found = [contrasts(page(shade), boxes) for shade in shades]
    assert found[0] == found[-1] != found[1] == found[-2]
    assert found[2] == [1.0, 1.0]


def test_other_places_on_the_same_page_have_their_own_contrast():
    assert contrasts(page(0), [Box(0, 0, 20, 20)]) != contrasts(page(0), [Box(0, 0, 20, 2)])
