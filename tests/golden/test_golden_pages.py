"""Pages look as they did when somebody last looked: ``pytest tests/golden --refresh-goldens`` after you have looked again."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import pytest
from PIL import Image, ImageChops

from pipeline.config.settings import Paper
from pipeline.disclaimers import load_disclaimers
from pipeline.export.pdf import FORMAT
from pipeline.model.publication import Publication
from pipeline.publication import article_publication
from pipeline.render.theme import theme_names
from pipeline.source import read_pictures
from tests.articles import load_snippet
from tests.export.pdf.typesetting import spoilt
from tests.golden.pages import Difference, difference, pictures, side_by_side

FOLDER = Path(__file__).parent
CASES = [*((theme, "A4") for theme in theme_names()), *(("default", paper) for paper in get_args(Paper)[1:])]
MOST_BYTES = 400_000
"""Of all golden pictures together, since every clone has them."""


@cache
def specimen() -> Publication:
    """The article that has one of everything."""
    with TemporaryDirectory() as folder:
        article, context = load_snippet((FOLDER / "specimen.md").read_text("utf-8"), Path(folder))
        content = Path(folder) / "content"
        return article_publication(
            article,
            config=replace(context.config, postal_address="1 Example Street, Sampletown"),
            kinds=load_disclaimers(None),
            library=context.library,
            pictures=read_pictures(content, article, ""),
            source="articles/example.md",
            section_kinds={},
        )


def golden(name: str, number: int) -> Path:
    return FOLDER / f"{name}-{number}.png"


@pytest.mark.parametrize(("theme", "paper"), CASES, ids=lambda value: value)
def test_a_page_of_everything_looks_as_it_did(theme: str, paper: Paper, request: pytest.FixtureRequest, tmp_path: Path):
    name = f"{theme}-{paper}".lower()
    found = list(pictures(FORMAT.export(replace(specimen(), theme=theme, paper=paper))[0].data))
    if request.config.getoption("--refresh-goldens"):
        for old in FOLDER.glob(f"{name}-*.png"):
            old.unlink()
        for number, picture in enumerate(found, 1):
            picture.save(golden(name, number), optimize=True)
    assert len(found) == len(list(FOLDER.glob(f"{name}-*.png"))), "another number of pages"
    for number, picture in enumerate(found, 1):
        with Image.open(golden(name, number)) as wanted:
            how = difference(wanted.convert("L"), picture)
            if not how.tolerable:
                shown = tmp_path / f"{name}-{number}.png"
                side_by_side(wanted.convert("L"), picture).save(shown)
                pytest.fail(f"page {number} of {name} looks different: {how}. Golden, made, difference: {shown}")


def test_the_golden_pictures_are_small():
    assert 0 < sum(path.stat().st_size for path in FOLDER.glob("*.png")) < MOST_BYTES


@cache
def plain() -> tuple[Image.Image, ...]:
    return tuple(pictures(spoilt("", publication=specimen()).data))


def worst(css: str) -> list[Difference]:
    """How the pages differ when the style is spoilt."""
    made = pictures(spoilt(css, publication=specimen()).data)
    return [difference(one, other) for one, other in zip(plain(), made, strict=False)]


@pytest.mark.parametrize(
    "css",
    [
        ".part-key-points { background-color: transparent !important }",
        ".disclaimer-pregnancy { position: relative; left: 2mm }",
        ".disclaimer-title { background-image: none !important }",
        ".steps > li { border-color: transparent !important }",
        "h2 { font-family: 'Atkinson Hyperlegible' !important }",
        "h2 { color: #4040b0 !important; font-weight: 400 }",
        "body { line-height: 1.52 !important }",
    ],
)
def test_what_a_reader_would_notice_is_noticed(css: str):
    assert not all(each.tolerable for each in worst(css))


@pytest.mark.parametrize(
    "css",
    [
        "",
        "body { position: relative; left: 0.1mm }",
        "body { position: relative; top: 0.08mm }",
        "body { letter-spacing: 0.002pt }",
    ],
)
def test_what_another_machine_may_do_to_letters_is_let_pass(css: str):
    assert all(each.tolerable for each in worst(css))


def test_another_paper_or_an_empty_page_is_noticed():
    page = plain()[0]
    assert not difference(page, page.crop((0, 0, page.width - 1, page.height))).tolerable
    assert not difference(page, Image.new("L", page.size, 255)).tolerable
    assert difference(page, page) == Difference(0.0, 0, 0.0)
    assert ImageChops.difference(side_by_side(page, page).crop((0, 0, *page.size)), page).getbbox() is None
