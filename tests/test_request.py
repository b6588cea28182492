"""What a build is asked tells whether something is most likely to be made of a few articles."""

from __future__ import annotations

import os
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
    assert request.is_for_few_articles == expected
