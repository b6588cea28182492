"""The HTML of a message: what mail programs show alike."""

from __future__ import annotations

import re

import pytest

from tests.desk import Desk
from tests.newsletters import SLUG

pytestmark = pytest.mark.xdist_group("newsletter")


@pytest.fixture(scope="session")
def page(issue: Desk) -> str:
    return (issue.out / "newsletters" / SLUG / "email.html").read_text("utf-8")


def test_it_is_far_from_where_gmail_cuts(page: str):
    assert len(page.encode()) < 60 * 1024


@pytest.mark.parametrize(
    "unwanted", ["<script", "<link", "@import", "@font-face", "<svg", "<form", "javascript:", "fonts.g"]
)
def test_nothing_runs_and_nothing_is_fetched(page: str, unwanted: str):
    assert unwanted not in page


def test_the_preheader_comes_first_and_is_not_shown(page: str):
    body = page.partition("<body")[2].partition(">")[2]
    hidden = re.match(r'\s*<div style="display:none[^"]*">([^<]*)', body)
    assert hidden
    assert hidden[1].startswith("How to lift from the floor")


def test_tables_are_for_layout_and_say_so_unless_they_hold_data(page: str):
    tables = re.findall(r"<table[^>]*>", page)
    assert len(tables) > 10
    assert [table for table in tables if "role=" not in table and 'class="data"' not in table] == []


def test_every_picture_is_beside_it_with_its_size_and_words(issue: Desk, page: str):
    pictures = re.findall(r"<img [^>]*>", page)
    assert len(pictures) == 6
    for picture in pictures:
        source = re.search(r'src="(images/[^"]+\.png)"', picture)
        assert source
        assert (issue.out / "newsletters" / SLUG / source[1]).read_bytes().startswith(b"\x89PNG")
        assert re.search(r'width="\d+"', picture)
        assert re.search(r'height="\d+"', picture)
        assert "alt=" in picture


def test_a_button_is_a_table_cell_with_a_colour_of_its_own(page: str):
    (first, *_) = re.findall(r"<td[^>]*bgcolor=\"#0b5d4e\"[^>]*>\s*<a [^>]*>", page)
    assert "https://northside.example/deadlift.html" in first
    assert len(re.findall(r"<td[^>]*bgcolor=\"#0b5d4e\"[^>]*>\s*<a ", page)) == 3


def test_what_stands_below_a_picture_is_on_the_ground_of_the_text(page: str):
    """Pictures keep a white ground on dark screens, where their captions are light."""
    figures = re.findall(r'<div class="figure" style="([^"]*)">\s*<img [^>]*style="([^"]*)"', page)
    assert len(figures) == 5
    for figure, picture in figures:
        assert "background" not in figure
        assert "background: #ffffff" in picture


def test_dark_screens_have_rules_of_their_own(page: str):
    assert '<meta name="color-scheme" content="light dark"' in page
    assert "@media (prefers-color-scheme:dark)" in page
    assert "[data-ogsc]" in page, "Outlook's own dark mode"
