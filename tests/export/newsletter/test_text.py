"""The text part: written for people who read mail as text."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.export.newsletter.text import mail_text
from pipeline.newsletters import Newsletters
from pipeline.workspace import open_workspace
from tests.articles import Place
from tests.desk import Desk
from tests.newsletters import SLUG, make_newsletter

pytestmark = pytest.mark.xdist_group("newsletter")

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "text.yaml").read_text("utf-8"))
TOP = "title: N\nissue: 1\npublished: 2026-11-20\nsubject: S\npreheader: P\nitems: [beans]\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_note_is_written_as_text(case: dict[str, Any], tmp_path: Path):
    source = f"---\n{TOP}---\n\nStart.\n\n{case['note']}"
    file = make_newsletter(source, Place("newsletters/n.md"), tmp_path)
    workspace = open_workspace(tmp_path / "content", [file], as_of=date(2026, 11, 22))
    publication = Newsletters(workspace).publication(workspace.newsletters[0], workspace.config)
    assert publication.issue is not None
    text = mail_text(publication, publication.issue)
    note = text.partition("Start.\n")[2].partition("\n\n\nSafety information\n")[0]
    assert note.strip("\n") == case["text"].rstrip("\n")


def test_no_line_is_too_long_but_for_an_address(issue: Desk):
    lines = (issue.out / "newsletters" / SLUG / "email.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if len(line) > 72 and not re.match(r"\[\d+\] \S+$", line)] == []
    assert [line for line in lines if line != line.rstrip()] == []


def test_an_article_in_full_says_who_wrote_it(issue: Desk):
    text = (issue.out / "newsletters" / SLUG / "email.txt").read_text("utf-8")
    assert (
        "lower back?\n=========================================\n\nBy Priya Nair · Reviewed 5 October 2026\n\n" in text
    )


def test_every_mark_has_its_address_at_the_end_and_each_address_stands_once(issue: Desk):
    text = (issue.out / "newsletters" / SLUG / "email.txt").read_text("utf-8")
    listed = re.findall(r"^\[(\d+)\] (\S+)$", text, re.MULTILINE)
    assert [int(number) for number, _ in listed] == list(range(1, len(listed) + 1))
    assert len({address for _, address in listed}) == len(listed)
    marks = set(re.findall(r"\[(\d+)\]", text.partition("\n[1] ")[0]))
    assert marks == {number for number, _ in listed}


def test_it_is_no_html(issue: Desk):
    text = (issue.out / "newsletters" / SLUG / "email.txt").read_text("utf-8")
    assert re.findall(r"<[a-z/]|&[a-z]+;|\*\*\w|\]\(", text) == []
