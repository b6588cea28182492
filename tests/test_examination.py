"""What was found earlier is said again where nothing has changed that it came from, and nowhere else."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipeline import checks
from pipeline.examination import check_all
from pipeline.model.diagnostic import Diagnostic
from pipeline.source import SourceFile, read
from pipeline.workers import Workers
from pipeline.workspace import open_workspace
from tests.desk import AS_OF, CONTENT


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The real articles, of which everything is known."""
    shutil.copytree(CONTENT, tmp_path / "content", ignore=shutil.ignore_patterns("newsletters", "books"))
    monkeypatch.setenv("PIPELINE_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    article(Path("content"), "creatine").write_text(
        article(Path("content"), "creatine").read_text("utf-8") + "\nSee [how](deadlift.md#technique), [x](new.md).\n"
    )
    found(Path("content"))
    return Path("content")


Found = dict[str, tuple[tuple[Diagnostic, ...], int]]


def found(content: Path, as_of: date = AS_OF, *paths: Path, **options: object) -> Found:
    checked = check_all(open_workspace(content, paths, as_of=as_of), **options)  # type: ignore[arg-type]
    return {one.article.path: (one.diagnostics, one.suppressed) for one in checked}


def found_anew(content: Path, as_of: date = AS_OF, *paths: Path) -> Found:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIPELINE_CACHE", "")
        return found(content, as_of, *paths)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The articles whose text was read, in order."""
    names: list[str] = []
    parse = read._parse

    def noting(file: SourceFile, *rest: object) -> object:
        names.append(file.slug)
        return parse(file, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(read, "_parse", noting)
    return names


def article(content: Path, slug: str) -> Path:
    return content / "articles" / f"{slug}.md"


def replaced(slug: str, old: str, new: str) -> Callable[[Path], None]:
    def change(content: Path) -> None:
        text = article(content, slug).read_text("utf-8")
        assert re.search(old, text)
        article(content, slug).write_text(re.sub(old, new, text, count=1), "utf-8")

    return change


def added(path: str, text: str) -> Callable[[Path], None]:
    def change(content: Path) -> None:
        (content / path).parent.mkdir(exist_ok=True)
        before = (content / path).read_text("utf-8") if (content / path).exists() else ""
        (content / path).write_text(before + text, "utf-8")

    return change


def picture_gone(content: Path) -> None:
    next((content / "images").glob("creatine*")).unlink()


def picture_damaged(content: Path) -> None:
    next((content / "images").glob("creatine*")).write_bytes(b"<svg")


def strict(content: Path) -> None:
    file = content / "publisher.toml"
    text = file.read_text("utf-8")
    assert "[policy]\n" in text
    file.write_text(text.replace("[policy]\n", "[policy]\nmin_section_words = 400\n"), "utf-8")


CHANGES: dict[str, Callable[[Path], None]] = {
    "nothing": lambda _: None,
    "its text": replaced("creatine", "\n## ", "\nClick [here](https://x.example).\n\n## "),
    "its metadata": replaced("creatine", "\nprofile: .*", "\nprofile: none"),
    "an allow": replaced("creatine", "\nprofile:", "\nallow: {L03: we know}\nprofile:"),
    "an anchor that it links to": replaced("deadlift", "## Technique", "## How it is done"),
    "the state of what it links to": replaced("deadlift", "\nprofile:", "\nstatus: draft\nprofile:"),
    "what it links to goes": lambda content: article(content, "deadlift").unlink(),
    "what it links to comes": added("articles/new.md", "# New\n"),
    "a name that it may have meant": added("articles/now.md", "# Now\n"),
    "a file with its slug": added("articles/sub/creatine.md", "# Other\n"),
    "its picture goes": picture_gone,
    "its picture is damaged": picture_damaged,
    "house rules": strict,
    "a severity": added("publisher.toml", '\n[policy.severity]\nL01 = "warning"\n'),
    "a picture that nothing shows": added("images/new.svg", "<svg/>"),
    "a withdrawal": replaced("deadlift", "\nprofile:", "\nstatus: withdrawn\nprofile:"),
}


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("name", CHANGES)
def test_after_any_change_all_is_found_that_a_first_run_finds(
    content: Path, name: str, jobs: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("pipeline.examination.FEW", 0)
    before = found(content)
    CHANGES[name](content)
    with Workers(jobs) as workers:
        after = found(content, workers=workers)
    assert after == found_anew(content)
    assert (after == before) == (name == "nothing")


def test_what_has_not_changed_is_not_read(content: Path, reads: list[str]):
    found(content)
    assert reads == []
    found(content, AS_OF, content / "articles")
    assert reads == []
    CHANGES["its text"](content)
    found(content)
    assert reads == ["creatine"]


def test_what_a_change_elsewhere_concerns_is_read_again_and_nothing_else(content: Path, reads: list[str]):
    CHANGES["an anchor that it links to"](content)
    found(content)
    assert set(reads) == {"deadlift", "creatine"}


def test_a_day_on_which_nothing_is_due_is_like_the_last(content: Path, reads: list[str]):
    assert found(content, AS_OF.replace(day=23)) == found(content)
    assert reads == []
    late = date(2040, 1, 1)
    assert found(content, late) == found_anew(content, late)
    early = date(2020, 1, 1)
    assert found(content, early) == found_anew(content, early)


@pytest.mark.parametrize("damage", [b"{}", b"\x00\xff"])
def test_damaged_entries_are_made_anew(content: Path, tmp_path: Path, damage: bytes, reads: list[str]):
    before = found(content)
    (file,) = (tmp_path / "cache").iterdir()
    file.write_bytes(b"\n".join(damage + line[len(damage) :] for line in file.read_bytes().split(b"\n")))
    assert found(content) == before
    assert len(set(reads)) == len(list((content / "articles").glob("*.md")))
    reads.clear()
    assert found(content) == before
    assert reads == []


def test_what_was_found_before_an_interruption_is_not_looked_for_again(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reads: list[str]
):
    def stop(done: int, _all: int, _path: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    monkeypatch.setenv("PIPELINE_CACHE", str(tmp_path / "another"))
    with pytest.raises(KeyboardInterrupt):
        found(content, progress=stop)
    first = reads[0]
    reads.clear()
    found(content)
    assert first not in reads


def test_entries_of_another_form_count_as_none(content: Path, monkeypatch: pytest.MonkeyPatch):
    before = found(content)
    monkeypatch.setattr("pipeline.cache.Cache.get", lambda *_: {"metadata": {"title": "Not this one"}, "found": []})
    assert found(content) == before


def test_another_version_of_the_pipeline_believes_nothing(
    content: Path, monkeypatch: pytest.MonkeyPatch, reads: list[str]
):
    monkeypatch.setattr("pipeline.records.reading", lambda: "another")
    found(content)
    assert len(set(reads)) == len(list((content / "articles").glob("*.md")))


@pytest.mark.parametrize("select", [("D",), ("L01",), ("P01", "L03")])
def test_chosen_checks_find_the_same_as_when_they_run_alone(content: Path, select: tuple[str, ...]):
    CHANGES["an allow"](content)
    found(content)
    kept = found(content, select=select)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIPELINE_CACHE", "")
        assert found(content, select=select) == kept
    assert {one.code for diagnostics, _ in kept.values() for one in diagnostics} <= {
        code for code in ("P01", "L01", "L03", *(f"D{n:02}" for n in range(1, 9))) if code.startswith(select)
    }


def test_only_what_is_noted_is_looked_up():
    """The checks that look at other articles or at today's date: what they go by is part of what a record is made of."""
    folder = Path(checks.__file__).parent
    looking = {
        path.stem for path in folder.glob("*.py") if re.search(r"context\.(library|as_of)\b", path.read_text("utf-8"))
    }
    assert looking - {"run"} == {"broken_link", "review_overdue"}
