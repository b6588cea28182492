"""Drawings become pictures for mail; one that cannot be painted stops its message by name, and nothing else."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from pipeline.errors import ExportError
from pipeline.export.newsletter.pictures import mail_pictures
from pipeline.model.publication import Picture, Publication
from tests.publications import sample

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}">{2}</svg>'
FAR = '<path d="M0 0 L1e30 1e30 L-1e30 5" stroke="red" stroke-width="1e30"/>'


def with_drawing(width: int, height: int, shapes: str = "") -> Publication:
    picture = Picture("images/a.svg", "image/svg+xml", SVG.format(width, height, shapes).encode(), width, height)
    return replace(sample(), pictures={picture.path: picture})


def test_a_drawing_is_painted_at_the_width_of_the_column():
    (picture,) = mail_pictures(with_drawing(700, 70)).values()
    with Image.open(io.BytesIO(picture.data)) as image:
        assert (image.format, image.size) == ("PNG", (1120, 112))


@pytest.mark.parametrize("height", [201, 1_000_000])
def test_a_drawing_that_is_far_higher_than_wide_is_named(height: int):
    with pytest.raises(ExportError, match=r"images/a\.svg is more than 20 times as high as wide"):
        mail_pictures(with_drawing(10, height))


def test_a_drawing_at_which_the_painter_gives_up_is_named():
    with pytest.raises(ExportError, match=r"images/a\.svg cannot be painted") as caught:
        mail_pictures(with_drawing(500, 500, FAR))
    assert caught.value.help == "Save it as PNG."
