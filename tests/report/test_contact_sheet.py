"""The contact sheet shows every page of every PDF, and is made anew only where a PDF is."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pikepdf
import pytest
from lxml import html
from PIL import Image

from pipeline.model.proof import OutputFile, Proof
from pipeline.report.contact_sheet import GAP, SHEET, STRIPS, WIDTH
from pipeline.report.pictures import pictured
from tests.desk import SLUGS, Desk


def entries(desk: Desk) -> list[html.HtmlElement]:
    return html.fromstring((desk.out / SHEET).read_bytes()).findall(".//li")


def blank(pages: int) -> OutputFile:
    """A PDF of empty pages."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        pdf.save(out)
    return OutputFile("pdf/blank.pdf", "application/pdf", out.getvalue())


@pytest.mark.parametrize(("pages", "across", "down"), [(1, 1, 1), (10, 10, 1), (11, 10, 2), (23, 10, 3)])
def test_ten_pages_stand_in_a_row(pages: int, across: int, down: int):
    (made,) = pictured(blank(pages), Proof((), (), pages))
    with Image.open(io.BytesIO(made.data)) as picture:
        grey = picture.convert("L")
    assert made.path == "report/pages/pdf/blank.pdf.png"
    assert grey.width == across * (WIDTH + GAP) + GAP
    paper = round(842 / 595 * WIDTH)
    assert abs(grey.height - (down * (paper + GAP) + GAP)) <= 2 * down
    tops = [GAP + 20 + row * (grey.height - GAP) // down for row in range(down)]
    places = [(GAP + 20 + at * (WIDTH + GAP), top) for top in tops for at in range(across)]
    shown = [grey.crop((x, y, x + 1, y + 1)).tobytes()[0] > 240 for x, y in places]
    assert sum(shown) == pages


def test_the_same_pdf_gives_the_same_bytes(built: Desk):
    data = (built.out / "pdf" / f"{SLUGS[0]}.pdf").read_bytes()
    file = OutputFile(f"pdf/{SLUGS[0]}.pdf", "application/pdf", data)
    (strip,) = pictured(file, Proof((), ()))
    assert strip.data == (built.out / STRIPS / f"pdf/{SLUGS[0]}.pdf.png").read_bytes()


def test_every_pdf_is_on_the_sheet_with_words_for_its_picture_and_a_link(built: Desk):
    listed = built.listed()
    shown = entries(built)
    assert [row.findtext(".//p", "").split(",")[0] for row in shown] == [f"pdf/{slug}.pdf" for slug in SLUGS]
    for slug, row in zip(SLUGS, shown, strict=True):
        pages = listed[f"pdf/{slug}.pdf"]["pages"]
        image = row.find(".//img")
        assert image is not None
        assert isinstance(pages, int)
        assert image.get("alt") == f"{pages} pages of pdf/{slug}.pdf"
        folder = (built.out / SHEET).parent
        assert {(folder / link.get("href", "")).resolve() for link in row.iter("a")} == {
            built.out / "pdf" / f"{slug}.pdf"
        }
        with Image.open(folder / image.get("src", "")) as picture:
            assert picture.width == int(image.get("width", "")) == pages * (WIDTH + GAP) + GAP


def test_the_sheet_and_its_pictures_are_in_the_manifest_and_proven(built: Desk):
    assert {SHEET, *(f"{STRIPS}pdf/{slug}.pdf.png" for slug in SLUGS)} <= set(built.listed())
    assert built.verify().problems == ()


def test_only_what_changed_is_drawn_anew_and_what_is_gone_leaves_the_sheet(built: Desk, tmp_path: Path):
    desk = Desk(tmp_path / "content", tmp_path / "build")
    shutil.copytree(built.content, desk.content)
    shutil.copytree(built.out, desk.out)
    desk.edit("low-back-pain", "Low back pain is very common.", "Low back pain is common.")
    changed = desk.build("pdf")
    assert {path for path in changed.written if path.startswith((SHEET, STRIPS))} <= {
        SHEET,
        f"{STRIPS}pdf/low-back-pain.pdf.png",
    }
    assert SHEET in changed.written
    desk.article("low-back-pain").write_text("No metadata.\n", "utf-8")
    gone = desk.build("pdf")
    assert f"{STRIPS}pdf/low-back-pain.pdf.png" in gone.removed
    assert "pdf/low-back-pain.pdf" not in {row.findtext(".//p", "").split(",")[0] for row in entries(desk)}
    assert len(entries(desk)) >= 1


def test_without_a_pdf_there_is_no_sheet(built: Desk, tmp_path: Path):
    desk = Desk(built.content, tmp_path / "build")
    desk.build("html")
    assert not [path for path in desk.outputs() if path.startswith((SHEET, STRIPS))]
