"""Pictures of flat colours: any reader of PNG sees the pixels that were drawn."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from pipeline.export.epub.flat_picture import BAND, Ground

PALETTE = bytes(part for shade in range(256) for part in (shade, 255 - shade, shade // 2))


def rows_of(image: Image.Image) -> bytes:
    """Its rows as they go into a PNG: each behind a byte that says how it is written."""
    return b"".join(b"\0" + image.crop((0, y, image.width, y + 1)).tobytes() for y in range(image.height))


@pytest.mark.parametrize("height", [1, BAND - 1, BAND, BAND + 1, 3 * BAND + 7])
@pytest.mark.parametrize("drawn", [0, 1, 200], ids=["nothing", "a point", "points"])
def test_a_reader_sees_what_was_drawn_on_the_ground(height: int, drawn: int):
    ground = Image.new("L", (37, height), 9)
    image = ground.copy()
    for number in range(drawn):
        image.putpixel((number * 11 % 37, number * 31 % height), number * 7 % 256)
    data = Ground(37, rows_of(ground)).picture(rows_of(image), PALETTE)
    with Image.open(io.BytesIO(data)) as read:
        assert (read.format, read.mode, read.size) == ("PNG", "P", (37, height))
        assert read.tobytes() == image.tobytes()
        assert bytes(read.getpalette() or ()) == PALETTE
    with Image.open(io.BytesIO(data)) as again:
        again.verify()


def test_one_ground_serves_many_pictures():
    ground = Image.new("L", (8, 200), 0)
    shared, made = Ground(8, rows_of(ground)), []
    for place in (3, 150, 3):
        image = ground.copy()
        image.putpixel((4, place), 255)
        made.append(shared.picture(rows_of(image), PALETTE))
    assert made[0] == made[2] != made[1]
