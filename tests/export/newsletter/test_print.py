"""The PDF of a newsletter: a front page, then columns that leave no page nearly empty."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from pipeline.config import Paper
from pipeline.export import FORMATS
from pipeline.newsletters import Newsletters
from pipeline.publication import for_anyone
from pipeline.verify import requirements
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


@pytest.mark.parametrize(
    ("theme", "paper", "lines"), [("studio", "Letter", 9), ("default", "A5", 3), ("default", "A4", 60)]
)
def test_boxes_that_do_not_fit_on_the_front_page_go_on_overleaf_and_cover_nothing(
    desk: Desk, theme: str, paper: Paper, lines: int
):
    file: Path = desk.content / "newsletters" / "small.md"
    file.write_text(file.read_text("utf-8") + "\nA line that moves the boxes a little further down.\n" * lines, "utf-8")
    workspace = open_workspace(desk.content, [file])
    config = replace(workspace.config, theme=theme, paper=paper)
    publication = for_anyone(Newsletters(workspace).publication(workspace.newsletters[0], config))
    made = FORMATS["pdf"].export(publication)[0]
    proof = FORMATS["pdf"].verify(made, requirements(publication), lambda _: None)
    assert proof.problems == ()
    assert {each.kind for each in proof.disclaimers} >= {"info", "clearance", "stop"}


def test_a_front_page_without_room_for_the_boxes_and_their_heading_leaves_both_to_the_next(issue: Desk, tmp_path: Path):
    content = tmp_path / "content"
    shutil.copytree(issue.content, content)
    file = content / "newsletters" / f"{SLUG}.md"
    file.write_text(file.read_text("utf-8") + "\nA line that moves the boxes a little further down.\n" * 12, "utf-8")
    workspace = open_workspace(content, [file])
    publication = for_anyone(Newsletters(workspace).publication(workspace.newsletters[0], workspace.config))
    made = FORMATS["pdf"].export(publication)[0]
    front, second, *_ = pages(made.data)
    assert "Safety information" not in front
    assert "Safety information" in second
    assert FORMATS["pdf"].verify(made, requirements(publication), lambda _: None).problems == ()
