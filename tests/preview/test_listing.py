"""What waits for somebody stands in front."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.preview.listing import rows
from pipeline.preview.templating import render, words
from pipeline.report.facts import Facts, Reading
from pipeline.source import Unreadable

TODAY = date(2026, 11, 22)
ONE = Facts(
    "articles/a.md", "article", "a", "A", "en-GB", "nutrition", "ready", (), None, None, None, Reading(), 0, 0, 0, ""
)  # fmt: skip


def test_overdue_reviews_come_first_then_errors_then_the_next_to_be_due():
    given = {
        "undated": ONE,
        "later": replace(ONE, due=date(2028, 1, 1)),
        "sooner": replace(ONE, due=date(2027, 1, 1)),
        "wrong": replace(ONE, errors=1),
        "overdue": replace(ONE, due=date(2026, 11, 21)),
        "today": replace(ONE, due=TODAY),
        "withdrawn": replace(ONE, due=date(2020, 1, 1), status="withdrawn"),
    }
    ordered = rows([replace(one, title=name) for name, one in given.items()], TODAY)
    names = [row.facts.title for row in ordered]
    assert names == ["overdue", "wrong", "withdrawn", "today", "sooner", "later", "undated"]
    assert [row.facts.title for row in ordered if row.overdue] == ["overdue"]


@pytest.mark.parametrize(
    ("message", "markup"),
    [
        ("write `:::` <here>", "write <code>:::</code> &lt;here&gt;"),
        ("`<b>`", "<code>&lt;b&gt;</code>"),
        ("one ` alone", "one ` alone"),
        ("", ""),
    ],
)
def test_code_in_messages_is_marked_and_all_is_escaped(message: str, markup: str):
    assert words(message) == markup


def test_files_that_cannot_be_read_stand_above_the_list():
    locked = Unreadable("content/articles/locked.md", "cannot be read: Permission denied")
    page = render(
        "list.html", publisher="Gym", form_token="", moment="", rows=rows([ONE], TODAY), left=0, unreadable=(locked,)
    )
    assert "<code>content/articles/locked.md</code>: cannot be read: Permission denied" in page
    assert page.index("locked.md") < page.index("/work/articles/a.md")
