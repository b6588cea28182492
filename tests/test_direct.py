"""Articles that are checked and made in one go come out as those that are checked first and made later."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.articles import PUBLISHER, _toml
from tests.benchmarks.articles import make_tree
from tests.desk import AS_OF, Desk


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return make_tree(tmp_path, 9)


def _built(tree: Path, out: Path, **options: object) -> tuple[Desk, dict[str, bytes]]:
    desk = Desk(tree, out)
    result = desk.build("html", as_of=AS_OF.replace(month=6), **options)
    assert (result.exit_code, result.failures) == (0, ())
    return desk, {path: (out / path).read_bytes() for path in desk.outputs() if not path.startswith(".pipeline/")}


@pytest.mark.parametrize("jobs", [1, 2])
def test_files_and_manifest_are_the_same(tree: Path, tmp_path: Path, jobs: int):
    # whoever stops at the first error checks all articles before any is made
    _, apart = _built(tree, tmp_path / "apart", fail_fast=True)
    desk, at_once = _built(tree, tmp_path / "at-once", jobs=jobs)
    assert at_once == apart
    assert desk.build("html", as_of=AS_OF.replace(month=6), jobs=jobs).written == ()


def test_files_that_pages_share_are_there_whoever_came_first(tree: Path, tmp_path: Path):
    desk, first = _built(tree, tmp_path / "build", jobs=2)
    for article in sorted((tree / "articles").iterdir()):
        article.write_text(article.read_text("utf-8").replace("title: Move", "title: Other move"), "utf-8")
    (desk.out / "html" / "assets" / "default.css").write_text("p { display: none }")
    _, second = _built(tree, tmp_path / "build", jobs=2)
    assert second["html/assets/default.css"] == first["html/assets/default.css"]
    assert desk.verify().problems == ()


def test_what_only_the_whole_tree_shows_to_be_wrong_is_not_exported(tree: Path, tmp_path: Path):
    (tree / "publisher.toml").write_text(_toml(PUBLISHER, {"policy": {"severity": {"L03": "error"}}}), "utf-8")
    linked = tree / "articles" / "move-1.md"
    linked.write_text(linked.read_text("utf-8").replace("language:", "related: [move-2]\nlanguage:"), "utf-8")
    desk = Desk(tree, tmp_path / "build")
    result = desk.build("html", as_of=AS_OF.replace(month=6))
    assert result.exit_code == 1
    assert [output.path for output in result.outputs] == ["html/move-2.html"]
    assert desk.outputs_of("move-3") == set()


def test_what_was_there_already_is_not_made_again(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    desk, _ = _built(tree, tmp_path / "build")
    monkeypatch.setenv("PIPELINE_CACHE", str(tmp_path / "another"))  # so that nothing is known of any article
    result = desk.build("html", as_of=AS_OF.replace(month=6), jobs=2)
    assert result.written == ()
    assert set(result.reasons.values()) == {"nothing that it is made from has changed"}


def test_articles_that_were_checked_before_are_made_the_same(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PIPELINE_CACHE", str(tmp_path / "cache"))
    _built(tree, tmp_path / "build")
    desk, later = _built(tree, tmp_path / "build", standalone=True, jobs=2)
    assert desk.build("html", as_of=AS_OF.replace(month=6), standalone=True).written == ()
    monkeypatch.setenv("PIPELINE_CACHE", str(tmp_path / "another"))
    assert later == _built(tree, tmp_path / "at-once", standalone=True, fail_fast=True)[1]
