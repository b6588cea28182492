"""A publication becomes one PDF that claims what it is, the same everywhere."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest

from pipeline.errors import ExportError
from pipeline.export.pdf import FORMAT
from pipeline.model.nodes import Code, Figure, Image, OrderedList, Paragraph, Span, Text
from tests.export.pdf.typesetting import blocks_pdf, sample_pdf
from tests.publications import item, paragraph, sample, section, with_body

if TYPE_CHECKING:
    from pipeline.config import Paper
    from pipeline.model.nodes import Block

PROGRAM = """
import hashlib
from pipeline.export.pdf import FORMAT
from tests.publications import paragraph, sample, with_body
FORMAT.export(with_body(paragraph("Another one first: \\u05e9\\u05dc\\u05d5\\u05dd")))
print(hashlib.sha256(FORMAT.export(sample())[0].data).hexdigest())
"""


def test_the_file_is_named_after_the_publication_and_counts_its_pages():
    file = sample_pdf()
    with pikepdf.open(io.BytesIO(file.data)) as pdf:
        assert len(pdf.pages) == file.pages
    assert (file.path, file.media_type) == ("pdf/hip-thrusts.pdf", "application/pdf")


def test_the_file_claims_both_standards_in_one_rdf():
    with pikepdf.open(io.BytesIO(sample_pdf().data)) as pdf:
        packet = pdf.Root.Metadata.read_bytes().decode()
    assert packet.count("<rdf:RDF") == 1
    assert 'pdfuaid:part="1"' in packet
    assert 'pdfaid:part="2"' in packet
    assert 'pdfaid:conformance="A"' in packet


def test_the_file_says_which_edition_it_is_and_where_to_ask_about_it():
    with pikepdf.open(io.BytesIO(sample_pdf().data)) as pdf:
        metadata = pdf.open_metadata()
        assert metadata["xmpMM:VersionID"] == "3f9a1c20"
        assert metadata["dc:identifier"] == "https://northside.example/e/3f9a1c20"


def test_the_file_says_who_wrote_what_when_and_in_which_language():
    with pikepdf.open(io.BytesIO(sample_pdf().data)) as pdf:
        facts = {key: str(value) for key, value in pdf.docinfo.items()}
        language = str(pdf.Root.Lang)
        labels = pdf.Root.PageLabels.Nums[1].S
        shows_title = bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert facts["/Title"] == "Are hip thrusts good for your lower back?"
    assert facts["/Author"] == "Ada Example, Ben Sample"
    assert facts["/Subject"] == "What hip thrusts do, how to do them with care, and when to stop."
    assert facts["/Keywords"] == "hip thrust, lower back"
    assert facts["/CreationDate"] == "D:20260115000000Z"
    assert facts["/ModDate"] == "D:20260302000000Z"
    assert (language, labels, shows_title) == ("en-GB", pikepdf.Name.D, True)


def test_the_outline_has_the_headings():
    with pikepdf.open(io.BytesIO(sample_pdf().data)) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root[0].children]
    assert outline.root[0].title == "Are hip thrusts good for your lower back?"
    assert titles[:3] == ["General information", "Before you start", "Key points"]


def test_the_outline_goes_as_deep_as_the_headings():
    deep = section(2, "Two", "two", section(3, "Three", "three", section(4, "Four", "four", paragraph("Words."))))
    data = blocks_pdf(deep, section(2, "Last", "last", paragraph("Words.")))
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        found = [(level, each.title) for level, each in _levels(outline.root)]
    assert [row for row in found if row[1] in {"Two", "Three", "Four", "Last"}] == [
        (2, "Two"),
        (3, "Three"),
        (4, "Four"),
        (2, "Last"),
    ]


def _levels(items: Iterable[Any], level: int = 1) -> Iterator[tuple[int, Any]]:
    for each in items:
        yield level, each
        yield from _levels(each.children, level + 1)


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792)), ("A5", (420, 595))])
def test_the_page_is_the_paper(paper: Paper, size: tuple[int, int]):
    data = FORMAT.export(replace(sample(), paper=paper))[0].data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert {tuple(round(float(edge)) for edge in page.MediaBox[2:]) for page in pdf.pages} == {size}


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
        {"TZ": "America/Adak", "PYTHONHASHSEED": "77", "LC_ALL": "C.UTF-8", "FONTCONFIG_FILE": "/nowhere/fonts.conf"},
    ],
    ids=["east", "west"],
)
def test_another_process_in_another_place_and_time_zone_writes_the_same_bytes(
    surroundings: dict[str, str], tmp_path: Path
):
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root), "HOME": str(tmp_path), **surroundings},
    )
    assert done.stdout.strip() == hashlib.sha256(sample_pdf().data).hexdigest()


def test_no_item_of_a_list_stands_alone_on_a_page():
    lists = [OrderedList(tuple(item(f"Step {name}.{number}.") for number in range(4))) for name in range(60)]
    between = [paragraph("Some words. " * (1 + 13 * name % 70)) for name in range(60)]
    data = blocks_pdf(*(block for pair in zip(between, lists, strict=True) for block in pair))
    with closing(pypdfium2.PdfDocument(data)) as pdf:
        pages = [re.findall(r"Step (\d+)\.\d", page.get_textpage().get_text_bounded()) for page in pdf]
    broken = [name for before, after in pairwise(pages) for name in before if name in after]
    assert broken
    assert [name for page in pages for name in page if page.count(name) == 1] == []


def test_only_fonts_that_come_with_the_project_are_embedded():
    with pikepdf.open(io.BytesIO(sample_pdf().data)) as pdf:
        names = {str(thing.FontName) for thing in pdf.objects if _is(thing, "/FontDescriptor")}
    families = {re.sub(r"^/[A-Z]{6}\+", "", name) for name in names}
    assert families
    assert all(name.startswith(("Atkinson-Hyperlegible", "IBM-Plex-Serif")) for name in families)


def _is(thing: object, kind: str) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == kind


@pytest.mark.parametrize(
    "words",
    [
        "שלום",
        "السلام عليكم",
        "腰痛 こしの痛み 허리",
        "σπονδυλική Кириллица",
        "ไทย हिन्दी",
        "😀 💪🏽 👩‍🏋️‍♀️",
        "a\u2011b \u2010 → ½ ≥ ☑",
    ],
)
def test_words_in_other_scripts_and_emoji_have_fonts(words: str):
    assert blocks_pdf(paragraph(f"In another script: {words}."))


@pytest.mark.parametrize(
    ("blocks", "line"),
    [
        ((paragraph("Fine."), Paragraph((Text("A \ue000 here", Span(12, 3, 12, 9)),))), 12),
        ((section(2, "Heading", "heading", Paragraph((Code("\U0001fbff \ue000", Span(31, 1, 31, 9)),))),), 31),
        ((Paragraph((Text("\U000f1234 \ue000", Span(7, 1, 8, 1)),)),), 7),
    ],
    ids=["text", "code", "two characters"],
)
def test_a_character_that_no_font_has_is_named_with_its_line(blocks: tuple[Block, ...], line: int):
    with pytest.raises(ExportError) as caught:
        blocks_pdf(*blocks)
    assert "U+E000" in caught.value.message
    assert caught.value.line == line
    assert caught.value.path == "articles/hip-thrusts.md"


def test_a_character_in_the_title_that_no_font_has_is_named():
    publication = sample(replace(sample().chapters[0], title="Title \ue000", subtitle=""))
    with pytest.raises(ExportError, match=r"U\+E000"):
        FORMAT.export(publication)


def test_a_picture_that_was_not_read_is_an_error():
    lost = Figure(Image("images/lost.png", "A lost picture"), "Lost")
    with pytest.raises(ExportError, match=r"images/lost\.png"):
        FORMAT.export(with_body(lost))


def test_a_damaged_picture_is_an_error():
    pictures = {
        path: replace(picture, data=b"<svg", media_type="image/svg+xml") for path, picture in sample().pictures.items()
    }
    with pytest.raises(ExportError):
        FORMAT.export(replace(sample(), pictures=pictures))


def test_an_error_in_one_publication_does_not_touch_the_next():
    with pytest.raises(ExportError):
        blocks_pdf(paragraph("\ue000"))
    assert FORMAT.export(sample())[0].data == sample_pdf().data
