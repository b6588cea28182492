"""A build counts each output once, whatever stage makes it, and ends with all of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.build import Request, build
from pipeline.tally import Tally
from tests.benchmarks.articles import make_tree
from tests.desk import AS_OF, CONTENT

BOOK = """\
title = "Moves"
authors = [{name = "Priya Nair", credentials = "BSc Sport Science"}]
description = "Moves of all kinds, step by step."
published = 2026-11-16
[[parts]]
title = "Train"
articles = ["move-0"]
"""


def test_what_a_stage_leaves_to_the_next_is_not_counted_twice():
    said: list[tuple[int, int, str]] = []
    tally = Tally(lambda *each: said.append(each))
    tally.begin(3)
    tally.done("a")
    tally.correct(-1)
    tally.done("b")
    tally.begin(1)
    tally.done("c")
    tally.done("unexpected")
    assert said == [(1, 3, "a"), (2, 2, "b"), (3, 3, "c"), (4, 4, "unexpected")]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    content = make_tree(tmp_path, 5)
    (content / "books").mkdir()
    (content / "books" / "moves.toml").write_text(BOOK, "utf-8")
    return content


def _told(content: Path, out: Path, *formats: str, fail_fast: bool = False) -> list[tuple[int, int]]:
    told: list[tuple[int, int, str]] = []
    request = Request(content, out, formats, as_of=AS_OF, jobs=1, fail_fast=fail_fast)
    assert build(request, lambda *each: told.append(each)).exit_code == 0
    assert len({path for _, _, path in told}) == len(told)
    return [(done, total) for done, total, _ in told]


@pytest.mark.parametrize("fail_fast", [False, True])
def test_articles_and_then_what_holds_them_are_one_count(tree: Path, tmp_path: Path, fail_fast: bool):
    told = _told(tree, tmp_path / "build", "html", fail_fast=fail_fast)
    assert [done for done, _ in told] == [1, 2, 3, 4, 5, 6]
    assert told[0][1] == (6 if fail_fast else 5)
    assert told[-1] == (6, 6)


def test_what_is_there_already_is_not_waited_for(tree: Path, tmp_path: Path):
    _told(tree, tmp_path / "build", "html")
    assert _told(tree, tmp_path / "build", "html", "newsletter") == []
    for article in (tree / "articles").iterdir():
        article.write_text(article.read_text("utf-8").replace("title: Move", "title: Other move"), "utf-8")
    (tree / "books" / "moves.toml").unlink()
    assert _told(tree, tmp_path / "build", "html", "newsletter") == [(number, 5) for number in range(1, 6)]


def test_a_newsletter_counts_as_its_files_and_articles_as_none_of_them(tmp_path: Path):
    shutil.copytree(CONTENT, tmp_path / "content", ignore=shutil.ignore_patterns("books"))
    told = _told(tmp_path / "content", tmp_path / "build", "newsletter")
    assert [done for done, _ in told] == [1, 2, 3]
    assert told[-1] == (3, 3)
