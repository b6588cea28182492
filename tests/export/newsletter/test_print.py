"""The PDF of a newsletter: a front page, then columns that leave no page nearly empty."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from pipeline.export import FORMATS
from pipeline.newsletters import Newsletters
from pipeline.publication import for_anyone
from pipeline.workspace import open_workspace
from tests.desk import Desk
from tests.newsletters import SLUG

pytestmark = pytest.mark.xdist_group("newsletter")
BOXES = ("General information only", "Before you start")


def pages(data: bytes) -> list[str]:
    """The words of each page, line breaks as blanks."""
    with pypdfium2.PdfDocument(data) as document:
        return [re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in document]


def test_the_real_issue_fills_four_pages(issue: Desk):
    found = pages((issue.out / "newsletters" / SLUG / "newsletter.pdf").read_bytes())
    assert len(found) == 4
    for words in ("In this issue", "Safety information", *BOXES):
        assert words in found[0]
    assert len(found[-1].split()) > 150
    assert "Contact Northside Strength 12 Mill Lane, Leeds LS1 4AB, UK" in found[-1]
    for link, address in (
        ("Unsubscribe", "unsubscribe"),
        ("Read “How to deadlift”", "deadlift.html"),
        ("Northside Strength, 12 Mill Lane, Leeds", "workshops/deadlift"),
    ):
        assert f"{link} northside.example/{address}" in found[-1]


def test_a_code_on_paper_leads_to_the_page_of_the_edition(issue: Desk):
    path = f"newsletters/{SLUG}/newsletter.pdf"
    with pypdfium2.PdfDocument((issue.out / path).read_bytes()) as document:
        codes = [
            code.text
            for page in document
            for code in zxingcpp.read_barcodes(page.render(scale=2.5).to_pil().convert("L"))
        ]
    assert codes == [f"https://northside.example/e/{issue.listed()[path]['edition']}"]


def test_after_a_long_note_the_boxes_stay_under_their_heading_and_an_article_follows(desk: Desk):
    file: Path = desk.content / "newsletters" / "small.md"
    note = "\nDays are short, and most of us sit more than we like. This issue is about how to be kind to your back.\n"
    file.write_text(file.read_text("utf-8") + note * 25, "utf-8")
    workspace = open_workspace(desk.content, [file])
    publication = Newsletters(workspace).publication(workspace.newsletters[0], workspace.config)
    front, second, *_ = pages(FORMATS["pdf"].export(for_anyone(publication))[0].data)
    assert "Safety information" not in front
    for words in ("Safety information", *BOXES, "By Priya Nair", "When to stop"):
        assert words in second
