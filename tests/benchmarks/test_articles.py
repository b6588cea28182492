"""The articles to measure with are what they are said to be."""

from __future__ import annotations

from pathlib import Path

from pipeline.examination import check_all
from pipeline.model.diagnostic import Severity
from pipeline.model.nodes import Figure, Table
from pipeline.model.walk import find
from pipeline.workspace import open_workspace
from tests.articles import TODAY
from tests.benchmarks.articles import FEWEST, MOST, make_tree


def test_the_same_seed_makes_the_same_articles(tmp_path: Path):
    one, same, other = (
        make_tree(tmp_path / name, 4, seed) / "articles" for name, seed in (("a", 1), ("b", 1), ("c", 2))
    )
    sources = [[file.read_bytes() for file in sorted(folder.glob("*.md"))] for folder in (one, same, other)]
    assert sources[0] == sources[1] != sources[2]


def test_they_are_sound_and_have_a_figure_and_a_table(tmp_path: Path):
    for checked in check_all(open_workspace(make_tree(tmp_path, 6), as_of=TODAY)):
        assert [one for one in checked.diagnostics if one.severity is Severity.ERROR] == []
        body = checked.article.body
        assert list(find(body, Figure))
        assert list(find(body, Table))
        assert FEWEST <= len(checked.article.source.split()) <= MOST + 200
