"""Embedded fonts hold the characters of the book and no others."""

from __future__ import annotations

import io

import pytest
from fontTools.ttLib import TTFont

from pipeline.export.epub.fonts import covers, subset
from pipeline.render.fonts import Face
from pipeline.render.theme import load_theme
from tests.export.epub.finished import BOOKS, files, finished

FACES = load_theme("default").faces
TEXT = "Hip thrusts, 3 × 8 — é ñ ½"


def opened(data: bytes) -> TTFont:
    return TTFont(io.BytesIO(data))


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.file)
def test_a_subset_has_just_the_characters_that_it_was_asked_for(face: Face) -> None:
    small, whole = opened(subset(face.path, map(ord, TEXT))), TTFont(face.path)
    wanted = set(map(ord, TEXT)) & set(whole.getBestCmap())
    assert {table.format for table in small["cmap"].tables} == {4, 12}
    for table in small["cmap"].tables:
        assert {point: small.getGlyphID(name) for point, name in table.cmap.items()} == {
            point: whole.getGlyphID(name) for point, name in whole.getBestCmap().items() if point in wanted
        }


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.file)
def test_outlines_that_are_kept_are_unchanged_and_the_others_are_empty(face: Face) -> None:
    small, whole = opened(subset(face.path, map(ord, TEXT))), TTFont(face.path)
    kept = {small.getGlyphID(name) for name in small.getBestCmap().values()}
    for number, name in enumerate(whole.getGlyphOrder()):
        outline = small["glyf"][small.getGlyphName(number)]
        if number in kept:
            original = whole["glyf"][name]
            assert outline.getCoordinates(small["glyf"])[0] == original.getCoordinates(whole["glyf"])[0]
    filled = sum(1 for name in small.getGlyphOrder() if small["glyf"][name].numberOfContours)
    assert filled < 2 * len(kept)


def test_a_subset_is_the_same_every_time_and_small() -> None:
    face = FACES[0]
    assert subset(face.path, {65, 66, 0x2014}) == subset(face.path, [0x2014, 66, 65])
    assert len(subset(face.path, {65, 66})) < face.path.stat().st_size / 2


def test_a_font_knows_what_it_lacks() -> None:
    assert covers(FACES[0].path, "Hip thrusts — é")
    assert not covers(FACES[0].path, "臀推")


@pytest.mark.parametrize("name", BOOKS)
def test_a_book_embeds_every_face_of_its_style_sheet_and_no_character_in_vain(name: str) -> None:
    contents = files(finished(name).data)
    css = contents["EPUB/style/book.css"].decode()
    fonts = {path.removeprefix("EPUB/"): data for path, data in contents.items() if path.endswith(".ttf")}
    text = set(css) | {char for path, data in contents.items() if path.endswith(".xhtml") for char in data.decode()}
    assert len(fonts) == len(FACES)
    for path, data in fonts.items():
        assert f'url("../{path}")' in css
        assert {chr(point) for point in opened(data).getBestCmap()} <= text
