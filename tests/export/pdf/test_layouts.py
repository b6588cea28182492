"""Handouts, large print, booklets and cards: what each promises to whoever prints it."""

from __future__ import annotations

import io
import re
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from pipeline.errors import ExportError
from pipeline.export.pdf import FORMAT, engine
from pipeline.export.pdf.document import document
from pipeline.export.pdf.fitting import LARGEST, MOST_PAGES, SETTINGS, SMALLEST
from pipeline.export.pdf.imposition import CREEP, place
from pipeline.export.pdf.layouts import IMPOSITIONS
from pipeline.export.pdf.proof.document import open_document
from pipeline.export.pdf.proof.sheets import as_read
from pipeline.export.pdf.tags import read_tags, sequence
from pipeline.model.layout import FOLDERS
from pipeline.model.nodes import BlockQuote, BulletList, CodeBlock
from pipeline.publication.links import edition_url
from tests.export.pdf.laid_out import copied, half, laid_out, pdf_in
from tests.export.pdf.typesetting import nothing_beside
from tests.publications import SCHEDULE, STEPS, item, paragraph, requirements, sample, section, with_body
from tests.validators import validate_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.config import Paper
    from pipeline.model.layout import Layout
    from pipeline.model.publication import Publication

OTHERS: tuple[Layout, ...] = ("handout", "large-print", "booklet", "cards")


def points(number: int) -> Publication:
    """An article that is nothing but so many key points, a line each."""
    listed = BulletList(tuple(item(f"Point {at}.") for at in range(number)))
    return laid_out("handout", with_body(section(2, "Key points", "key-points", listed, role="key-points")))


def sizes(data: bytes) -> set[float]:
    """The type sizes of all words, in points."""
    with open_document(data) as opened:
        return {size for page in opened.pages for size, count in page.sizes().items() if count}


def said(data: bytes) -> list[str]:
    """The words of each block as the tags give them, lines apart."""
    blocks = [text for _, text in sequence(read_tags(data))]
    return ["".join(text.split()).replace("-", "").replace("×", "x") for text in blocks]


def pages(data: bytes) -> int:
    with closing(pypdfium2.PdfDocument(data)) as pdf:
        return len(pdf)


@pytest.mark.validator
def test_every_layout_and_every_copy_conforms_to_both_standards(tmp_path: Path):
    paths = []
    for number, file in enumerate([*map(pdf_in, OTHERS), *copied()]):
        paths.append(tmp_path / f"{number}.pdf")
        paths[-1].write_bytes(file.data)
    found = validate_pdf(paths, ["ua1", "2a"])
    assert not found, "\n".join(str(each) for each in found)


@pytest.mark.parametrize("layout", OTHERS)
def test_every_layout_is_proven(layout: Layout):
    file = pdf_in(layout)
    proof = FORMAT.verify(file, requirements(laid_out(layout)), nothing_beside)
    assert (file.path, proof.problems) == (f"{FOLDERS[layout]}/hip-thrusts.pdf", ())
    assert {each.kind for each in proof.disclaimers} == {"info", "clearance", "stop", "emergency"}
    assert all(each.visible and each.before_instructions for each in proof.disclaimers)
    assert file.pages == pages(file.data) == proof.pages


@pytest.mark.parametrize("layout", OTHERS)
def test_a_layout_has_the_same_bytes_each_time(layout: Layout):
    assert FORMAT.export(laid_out(layout))[0].data == pdf_in(layout).data


# --- handout


def test_a_handout_is_one_sheet_in_type_of_twelve_to_fourteen_points():
    data = pdf_in("handout").data
    with open_document(data) as opened:
        body = opened.body_size
    assert SMALLEST <= body <= LARGEST
    assert min(sizes(data)) >= SMALLEST
    assert pages(data) <= MOST_PAGES


@pytest.mark.parametrize("number", [3, 20, 33])
def test_a_handout_takes_the_loosest_setting_that_fits(number: int):
    publication = points(number)
    chosen = pages(FORMAT.export(publication)[0].data)
    html = document(publication)
    with open_document(FORMAT.export(publication)[0].data) as opened:
        size = opened.body_size
    looser = [each for each in SETTINGS if each.size > size + 0.1]
    for setting in looser[-1:]:
        data, _ = engine.write(publication, html, (), rules=setting.css)
        assert pages(data) > chosen
    assert size == LARGEST or looser


def test_a_handout_that_is_too_long_says_by_how_many_lines():
    over = []
    for number in (150, 160):
        with pytest.raises(ExportError, match=r"\d+ lines too long") as caught:
            FORMAT.export(points(number))
        assert caught.value.path == "articles/hip-thrusts.md"
        over.append(int(re.findall(r"(\d+) lines", caught.value.message)[0]))
    assert 8 <= over[1] - over[0] <= 13


def test_the_code_on_a_handout_leads_to_the_edition_also_in_greys():
    wanted = edition_url("https://northside.example", "3f9a1c20")
    with closing(pypdfium2.PdfDocument(pdf_in("handout").data)) as pdf:
        found = [
            code.text
            for page in pdf
            for code in zxingcpp.read_barcodes(page.render(scale=200 / 72).to_pil().convert("L"))
        ]
        words = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert found == [wanted]
    assert wanted.removeprefix("https://") in words


def test_the_lines_to_fill_in_are_those_that_are_asked_for():
    words = [text for _, text in sequence(read_tags(pdf_in("handout").data))]
    assert words[words.index("Name:") : words.index("Sets × reps:") + 1] == ["Name:", "Date:", "Coach:", "Sets × reps:"]
    bare = replace(laid_out("handout"), lines=("coach",))
    assert "Name:" not in [text for _, text in sequence(read_tags(FORMAT.export(bare)[0].data))]


# --- large print


def test_nothing_in_large_print_is_under_eighteen_points():
    assert min(sizes(pdf_in("large-print").data)) >= 18


def test_large_print_has_one_face_and_breaks_no_word():
    blocks = (BlockQuote((paragraph("Quoted."),)), CodeBlock("3 x 8"), STEPS, SCHEDULE)
    plain = with_body(section(2, "Title", "title", *blocks), section(2, "Other", "other", paragraph("Words.")))
    with pikepdf.open(io.BytesIO(FORMAT.export(laid_out("large-print", plain))[0].data)) as pdf:
        faces = {str(font.BaseFont).partition("+")[2] for font in pdf.pages[0].Resources.Font.values()}
    assert faces
    assert all("Atkinson" in face for face in faces)
    with open_document(pdf_in("large-print").data) as opened:
        assert not any("\u00ad" in page.text or "\u2060" in page.text for page in opened.pages)


def test_large_print_is_black_on_white_whatever_the_brand():
    loud = replace(
        laid_out("large-print"), imprint=replace(sample().imprint, colour="#b8006b", logo=""), theme="studio"
    )
    with closing(pypdfium2.PdfDocument(FORMAT.export(loud)[0].data)) as pdf:
        corner = pdf[0].render(scale=1).to_pil().crop((0, 0, 595, 200)).convert("RGB")
    colours = {colour for _, colour in corner.getcolors(maxcolors=100_000) or []}
    assert all(max(colour) - min(colour) < 8 for colour in colours)


# --- booklet and cards


@pytest.mark.parametrize(
    ("pages", "order"),
    [
        (8, ["8 1", "2 7", "6 3", "4 5"]),
        (6, ["- 1", "2 -", "6 3", "4 5"]),
        (4, ["4 1", "2 3"]),
        (1, ["- 1", "- -"]),
    ],
)
def test_the_pages_of_a_booklet_lie_where_folding_puts_them(pages: int, order: list[str]):
    places = [place(IMPOSITIONS["booklet"], at, pages, (842, 595)) for at in range(pages)]
    sides = []
    for side in range(len(order)):
        here = {each.left > 0: at + 1 for at, each in enumerate(places) if each.side == side}
        sides.append(f"{here.get(False, '-')} {here.get(True, '-')}")
    assert sides == order


def test_inner_sheets_move_to_the_fold_by_what_paper_takes():
    left, right = (place(IMPOSITIONS["booklet"], at, 8, (842, 595)) for at in (3, 4))
    assert (left.creep, right.creep) == (CREEP, -CREEP)


@pytest.mark.parametrize(("paper", "size"), [("A4", (842, 595)), ("Letter", (792, 612)), ("A5", (842, 595))])
def test_a_booklet_is_printed_on_sheets_that_fold_to_its_pages(paper: Paper, size: tuple[int, int]):
    data = FORMAT.export(replace(laid_out("booklet"), paper=paper))[0].data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert {tuple(round(float(edge)) for edge in page.MediaBox[2:]) for page in pdf.pages} == {size}
        assert len(pdf.pages) % 2 == 0
        assert pdf.Root.ViewerPreferences.Duplex == pikepdf.Name.DuplexFlipShortEdge


def test_the_printed_pages_are_on_the_halves_that_folding_brings_together():
    data = pdf_in("booklet").data
    count = int(re.findall(r"Page 1 of (\d+)", half(data, 0, right=True))[0])
    assert f"Page 2 of {count}" in half(data, 1, right=False)
    back = [half(data, 0, right=False), half(data, 1, right=True)]
    for page, words in zip((2 * pages(data), 2 * pages(data) - 1), back, strict=True):
        assert (f"Page {page} of {count}" in words) == (page <= count)


@pytest.mark.parametrize("layout", ["booklet", "cards"])
def test_the_tags_of_sheets_say_what_their_pages_say_in_order(layout: Layout):
    file = pdf_in(layout)
    folded, sides = as_read(file.data, file.path)
    assert sides == file.pages
    article = pdf_in("standard" if layout == "booklet" else "handout")
    form = {"Name:", "Date:", "Coach:", "Setsxreps:"}
    assert said(file.data) == [words for words in said(article.data) if words not in form]
    with open_document(folded) as opened:
        numbers = [found for page in opened.pages for found in re.findall(r"Page (\d+) of", page.text)]
    assert numbers == [str(at + 1) for at in range(len(numbers))]


def test_links_of_a_booklet_lie_on_the_page_that_they_are_printed_on():
    with pikepdf.open(io.BytesIO(pdf_in("booklet").data)) as pdf:
        names = {str(each) for each in list(pdf.Root.Names.Dests.Names)[::2]}
        for page in pdf.pages:
            width, height = (float(edge) for edge in page.MediaBox[2:])
            for link in page.get("/Annots", ()):
                (left, right), (bottom, top) = (sorted(float(edge) for edge in list(link.Rect)[at::2]) for at in (0, 1))
                assert bottom >= 0
                assert top <= height
                assert right <= width / 2 or left >= width / 2
                assert "/A" in link or str(link.Dest) in names


def test_a_booklet_whose_sheets_were_shuffled_is_no_proven_booklet():
    file = pdf_in("booklet")
    with pikepdf.open(io.BytesIO(file.data)) as pdf:
        pdf.pages.reverse()
        out = io.BytesIO()
        pdf.save(out)
    proof = FORMAT.verify(replace(file, data=out.getvalue()), requirements(laid_out("booklet")), nothing_beside)
    assert proof.problems


def test_a_booklet_that_holds_other_sheets_than_pages_is_not_opened():
    proof = FORMAT.verify(replace(pdf_in("standard"), path="booklets/x.pdf"), requirements(sample()), nothing_beside)
    assert proof.problems


def test_a_short_article_fits_one_page_at_full_size():
    data = FORMAT.export(laid_out("handout", with_body(paragraph("Walk."))))[0].data
    with open_document(data) as opened:
        assert (len(opened.pages), opened.body_size) == (1, LARGEST)
