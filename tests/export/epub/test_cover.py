"""The cover: drawn for shops as PNG and for readers as SVG, with one layout for any title."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from lxml import etree
from PIL import Image

from pipeline.export.epub import FORMAT
from pipeline.export.epub.cover import HEIGHT, MARGIN, WIDTH, Cover, cover_of, drawing, picture
from pipeline.model.publication import Picture
from pipeline.render.colours import contrast
from tests.export.epub.finished import files
from tests.publications import IMPRINT, PICTURES, chapter, sample

TITLES = {
    "short": "Squat",
    "a sentence": "Are hip thrusts good for your lower back?",
    "one very long word": "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
    "very long": "How to squat, press and pull for a whole year without ever losing your patience " * 4,
    "no spaces": "臀推对你的下背部有好处吗" * 3,
    "right to left": "הרמת אגן והגב התחתון",
    "markup": "<b>Bold</b> & “odd”",
}


def cover(title: str = "Squat", **imprint: str) -> Cover:
    return cover_of(replace(sample(), title=title, imprint=replace(IMPRINT, **imprint)))


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_any_title_fits_on_the_cover(title: str) -> None:
    lines = cover(title).lines
    assert max(line.y for line in lines) < HEIGHT - 100
    rows = [line.y for line in lines]
    assert rows == sorted(rows)
    shown = "".join("".join(line.words.split()) for line in lines)
    start = "".join(title.split())[:60]
    assert start in shown


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_the_picture_is_a_png_of_the_size_that_shops_want(title: str) -> None:
    made = Image.open(io.BytesIO(picture(cover(title))))
    assert (made.format, made.size) == ("PNG", (WIDTH, HEIGHT))


def test_the_picture_shows_the_words_in_the_readable_colour() -> None:
    made = Image.open(io.BytesIO(picture(cover(colour="#fff2a8")))).convert("RGB")
    part = made.crop((MARGIN, 500, WIDTH, 800))
    colours = {(red, green, blue) for red, green, blue in zip(*([iter(part.tobytes())] * 3), strict=True)}
    assert (0xFF, 0xF2, 0xA8) in colours
    assert max(contrast(one, (0xFF, 0xF2, 0xA8)) for one in colours) > 7


def test_a_title_that_no_bundled_font_has_leaves_no_boxes_in_the_picture() -> None:
    assert picture(cover("臀推")) == picture(cover("深蹲"))
    assert picture(cover("臀推")) != picture(cover("Squat"))


def test_the_drawing_says_in_words_what_it_shows() -> None:
    tree = drawing(cover("Squat & press"))
    assert tree.get("role") == "img"
    assert tree.get("aria-label") == "Cover: Squat & press. Northside Strength"
    assert {"Squat &", "press"} <= {text.text for text in tree.iter("{*}text")}


def test_lines_that_read_from_the_right_start_at_the_right() -> None:
    made = drawing(cover_of(replace(sample(), language="he", title="הרמת אגן")))
    assert {(text.get("direction"), text.get("x")) for text in made.iter("{*}text")} == {("rtl", str(WIDTH - MARGIN))}


def with_cover(width: int, height: int) -> tuple[list[str], etree._Element]:
    """The sample with a picture of its own for a cover; its package document and cover page."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "PNG")
    own = Picture("images/my cover.png", "image/png", out.getvalue(), width, height)
    made = replace(sample(replace(chapter(), cover=own.path)), pictures={**PICTURES, own.path: own})
    contents = files(FORMAT.export(made)[0].data)
    package = etree.fromstring(contents["EPUB/content.opf"])
    covers = [item for item in package.iter("{*}item") if item.get("properties") == "cover-image"]
    return [item.get("href", "") for item in covers], etree.fromstring(contents["EPUB/text/cover_page.xhtml"])


def test_an_upright_picture_of_the_editor_is_the_cover() -> None:
    covers, page = with_cover(800, 1200)
    assert covers == ["images/my-cover.png"]
    [shown] = page.iter("{*}img")
    assert (shown.get("src"), shown.get("role")) == ("../images/my-cover.png", "doc-cover")
    assert "Are hip thrusts" in shown.get("alt", "")


@pytest.mark.parametrize("size", [(1200, 800), (300, 450)])
def test_a_wide_or_small_picture_makes_no_cover(size: tuple[int, int]) -> None:
    covers, page = with_cover(*size)
    assert covers == ["images/cover.png"]
    assert page.find(".//{*}svg") is not None
