"""What a build is asked tells whether something is most likely to be made of a few articles."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.manifest import MANIFEST
from pipeline.request import Request


@pytest.mark.parametrize(
    ("names", "built", "expected"),
    [
        (["a.md"], None, True),
        (["a.md"], 50, True),
        (["a.md"], 150, False),
        (["a.md", "b.toml"], 50, True),
        (["b.toml"], None, False),
        (["."], None, False),
        ([], None, False),
        (["a.md"] * 9, None, False),
        (["none.md"], None, False),
    ],
    ids=["first", "changed", "unchanged", "more", "book", "folder", "all", "many", "missing"],
)
def test_a_few_new_articles_are_told_from_what_is_there_or_is_more(
    tmp_path: Path, names: list[str], built: int | None, *, expected: bool
):
    for name in ("a.md", "b.toml"):
        (tmp_path / name).write_text("")
        os.utime(tmp_path / name, (100, 100))
    if built is not None:
        (tmp_path / MANIFEST).write_text("{}")
        os.utime(tmp_path / MANIFEST, (built, built))
    request = Request(tmp_path, tmp_path, ("pdf",), tuple(tmp_path / name for name in names))
    assert request.sets_few_articles == expected
    assert not replace(request, formats=("html",)).sets_few_articles


@pytest.mark.parametrize(
    ("articles", "built", "named", "expected"),
    [(4, False, False, True), (3, False, False, False), (4, True, False, False), (4, False, True, False)],
    ids=["first", "few", "built", "named"],
)
def test_a_first_build_of_many_articles_is_told_from_others(
    tmp_path: Path, articles: int, *, built: bool, named: bool, expected: bool
):
    (tmp_path / "articles").mkdir()
    for number in range(articles):
        (tmp_path / "articles" / f"{number}.md").write_text("")
    if built:
        (tmp_path / MANIFEST).write_text("{}")
    request = Request(tmp_path, tmp_path, ("html",), (tmp_path / "articles",) if named else ())
    assert request.is_the_first_of_many == expected
    assert not replace(request, content=tmp_path / "elsewhere").is_the_first_of_many
