"""``pipeline init`` and ``pipeline new`` start work, and never write over any."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.profiles import load_profiles
from tests.cli.conftest import Run

TYPES = sorted(name for name in load_profiles(None) if name != "newsletter")


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    """A folder with a new content tree, and the working directory."""
    folder = tmp_path / "fresh"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert run("init").code == 0
    return folder


def test_a_new_tree_is_sound_and_builds_at_once(run: Run, fresh: Path):
    checked = run("check")
    assert (checked.code, checked.out) == (0, "All checks passed: 1 file.\n")
    built = run("build", "html")
    assert built.code == 0, built.err
    assert (fresh / "build" / "html" / "sit-to-stand.html").is_file()


def test_a_new_tree_can_lie_elsewhere(run: Run, tmp_path: Path):
    ran = run("init", str(tmp_path / "a" / "b"))
    assert ran.code == 0
    assert f"--content {tmp_path / 'a' / 'b'} build pdf" in ran.out


def test_no_tree_is_made_where_something_is(run: Run, fresh: Path):
    before = (fresh / "content" / "publisher.toml").read_bytes()
    ran = run("init")
    assert ran.code == 2
    assert "content is there already and not empty" in ran.err
    (fresh / "file").write_text("mine")
    assert run("init", "file").code == 2
    assert (fresh / "content" / "publisher.toml").read_bytes() == before


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("profile", TYPES)
def test_a_new_article_lacks_no_section_and_no_disclaimer_and_cannot_be_published(run: Run, profile: str):
    assert run("new", profile, "an-article").code == 0
    path = "content/articles/an-article.md"
    structure = run("check", path, "--select", "S01,D01,D02,D03,D04,D08,P,M02")
    assert structure.code == 0, structure.out
    whole = run("check", path)
    assert whole.code == 1
    assert "a stub that is still to be written" in whole.out
    assert not run("check", "--fix", path).err, "there is nothing that --fix could add"


def test_the_prompts_are_in_the_articles_language(run: Run, fresh: Path):
    run("new", "exercise-qa", "planchas", "--language", "es", "--title", 'Las "planchas": ¿ayudan?')
    source = (fresh / "content" / "articles" / "planchas.md").read_text("utf-8")
    assert 'title: "Las \\"planchas\\": ¿ayudan?"' in source
    assert "[Por escribir: beneficios]" in source.casefold().replace("por escribir", "Por escribir")
    assert "quién lo ha escrito" in source


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["exercise-gide", "squat"], "Did you mean `exercise-guide`?"),
        (["newsletter", "june"], "there is no article type newsletter"),
        (["exercise-qa", "Back Squat"], "is no slug"),
        (["exercise-qa", "../squat"], "is no slug"),
        (["exercise-qa", "sit-to-stand"], "there is an article sit-to-stand already"),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_is_written(run: Run, fresh: Path, arguments: list[str], message: str):
    ran = run("new", *arguments)
    assert ran.code == 2
    assert message in ran.err
    assert [path.name for path in (fresh / "content" / "articles").iterdir()] == ["sit-to-stand.md"]


def test_without_a_tree_new_names_the_command_that_makes_one(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    ran = run("new", "exercise-qa", "squat")
    assert ran.code == 2
    assert "pipeline init" in ran.err
