"""Pictures keep their looks and lose all else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.errors import ExportError
from pipeline.export.epub import FORMAT
from pipeline.export.epub.pictures import Gallery
from pipeline.model.publication import Picture
from tests.export.epub.books import ODD_PICTURES, PLACE
from tests.export.epub.finished import document, files, finished, publication
from tests.publications import PICTURES, sample


def test_names_are_plain_and_differ_even_where_capitals_do_not_count() -> None:
    gallery = Gallery(ODD_PICTURES)
    names = [gallery.name(path) for path in ODD_PICTURES]
    assert names == [
        "images/a-plank-side.png",
        "images/a-plank-side-2.png",
        "images/ubung.jpg",
        "images/picture.webp",
        "images/50-more.gif",
        "images/1.svg",
    ]
    assert [gallery.name(path) for path in ODD_PICTURES] == names


def test_a_picture_may_be_called_cover() -> None:
    gallery = Gallery({"cover.png": Picture("cover.png", "image/png", b"", 1, 1)})
    assert gallery.name("cover.png") == "images/cover-2.png"


def test_every_picture_of_the_text_is_in_the_book_and_in_the_package() -> None:
    contents = files(finished("torture").data)
    listed = {item.get("href") for item in document("torture", "content.opf").iter("{*}item")}
    shown = {image.get("src", "") for image in document("torture", "text/5x5-plan.xhtml").iter("{*}img")}
    assert len(shown) == len(ODD_PICTURES)
    for source in shown:
        assert source.startswith("../images/")
        assert source.removeprefix("../") in listed
        assert f"EPUB/{source.removeprefix('../')}" in contents


def test_a_picture_that_nothing_shows_is_left_out() -> None:
    extra = Picture("images/unused.png", "image/png", b"unused", 1, 1)
    data = FORMAT.export(replace(sample(), pictures={**PICTURES, extra.path: extra}))[0].data
    assert not any("unused" in name for name in files(data))


def test_metadata_of_photographs_reaches_no_reader() -> None:
    assert any(PLACE.encode() in each.data for each in publication("torture").pictures.values())
    assert not any(PLACE.encode() in data for data in files(finished("torture").data).values())


def test_a_picture_of_another_type_is_refused_with_its_name() -> None:
    odd = Picture("images/hip.svg", "image/tiff", b"II*", 1, 1)
    with pytest.raises(ExportError, match=r"images/hip\.svg"):
        FORMAT.export(replace(sample(), pictures={**PICTURES, odd.path: odd}))
