"""Newsletters from the source to ``build/``, and what takes them away again."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from pipeline.model.diagnostic import Severity
from tests.desk import Desk
from tests.newsletters import SLUG

pytestmark = pytest.mark.xdist_group("newsletter")
SMALL = "small"
FILES = {"message.eml", "email.html", "email.txt", "index.html", "newsletter.pdf"}
FOLDER = f"newsletters/{SMALL}"


def files_of(desk: Desk, slug: str = SMALL) -> set[str]:
    found = (path for path in desk.outputs() if path.startswith(f"newsletters/{slug}/") and "/images/" not in path)
    return {Path(path).name for path in found}


def errors(result: object) -> list[tuple[str, str, int]]:
    rows = result.report.diagnostics  # type: ignore[attr-defined]
    return [(Path(row.path).stem, row.code, row.line) for row in rows if row.severity is Severity.ERROR]


def edit(desk: Desk, old: str, new: str) -> None:
    file = desk.content / "newsletters" / f"{SMALL}.md"
    source = file.read_text("utf-8")
    assert old in source
    file.write_text(source.replace(old, new), "utf-8")


def test_an_issue_is_there_in_every_form_and_proven_again_from_the_files_alone(issue: Desk):
    assert files_of(issue, SLUG) == FILES
    result = issue.verify()
    assert result.problems == ()
    rows: dict[str, Any] = {path: row for path, row in issue.listed().items() if row["edition"]}
    assert set(rows) == {f"newsletters/{SLUG}/{name}" for name in ("message.eml", "index.html", "newsletter.pdf")}
    for row in rows.values():
        assert [proof["kind"] for proof in row["disclaimers"]] == [
            *("info", "clearance", "risk", "supplement"),
            *("stop", "emergency"),
        ]
        assert f"newsletters/{SLUG}.md" in row["sources"]
        assert "articles/deadlift.md" in row["sources"]
    assert len({row["edition"] for row in rows.values()}) == 1


def test_a_second_build_writes_nothing(desk: Desk):
    result = desk.build("newsletter")
    assert (result.exit_code, result.written, result.removed) == (0, (), ())
    assert {Path(output.path).name for output in result.outputs} == {"message.eml", "index.html", "newsletter.pdf"}


def test_two_builds_are_the_same_bytes(small: Desk, tmp_path: Path):
    shutil.copytree(small.content, tmp_path / "elsewhere")
    other = Desk(tmp_path / "elsewhere", tmp_path / "made")
    other.build("newsletter")
    assert other.outputs() == small.outputs()
    for path in small.outputs():
        if not path.startswith(".") and "/." not in path:
            assert (other.out / path).read_bytes() == (small.out / path).read_bytes(), path


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("  - beans\n", "  - baens\n", 10),
        ("{article: bridge, mode", "{article: brigde, mode", 9),
    ],
)
def test_an_item_that_no_article_is_stops_it_at_its_line_and_takes_the_earlier_files(
    desk: Desk, old: str, new: str, line: int
):
    edit(desk, old, new)
    result = desk.build("newsletter")
    assert result.exit_code == 1
    assert errors(result) == [(SMALL, "L01", line)]
    assert files_of(desk) == set()
    assert desk.verify().problems == ()


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_it_holds_no_draft_and_nothing_withdrawn(desk: Desk, status: str):
    desk.edit("beans", "profile:", f"status: {status}\nprofile:")
    result = desk.build("newsletter", drafts=True)
    assert (SMALL, "L01", 10) in errors(result)
    assert files_of(desk) == set()


def test_it_holds_no_article_with_errors_and_goes_with_one_that_gets_some(desk: Desk):
    desk.edit("beans", ":::disclaimer diet\n:::\n", "")
    result = desk.build("html", paths=(desk.article("beans"),))
    assert result.exit_code == 1
    assert files_of(desk) == set(), "what was built with it is not left behind, though it was not asked for"
    result = desk.build("newsletter", paths=(desk.content / "newsletters",))
    (found,) = [row for row in result.report.diagnostics if row.severity is Severity.ERROR]
    assert (found.code, found.line, found.message) == (
        *("L01", 10),
        "the article `beans` has 1 error and is not published",
    )
    assert desk.verify().problems == ()


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_one_that_is_a_draft_or_withdrawn_itself_is_passed_over(desk: Desk, status: str):
    edit(desk, "issue: 7", f"issue: 7\nstatus: {status}")
    result = desk.build("newsletter")
    assert result.exit_code == 0
    assert [Path(path).stem for path in result.passed_over] == [SMALL]
    assert files_of(desk) == set()


def test_several_articles_in_full_keep_what_to_stop_for_beside_their_own_steps(small: Desk):
    rows: list[Any] = [row for row in small.listed().values() if row["edition"]]
    assert len(rows) == 3
    for row in rows:
        assert [proof["kind"] for proof in row["disclaimers"]].count("stop") == 2
    assert small.verify().problems == ()


def test_a_changed_article_changes_the_issue_and_a_deleted_issue_takes_its_files(desk: Desk):
    before = desk.listed()[f"{FOLDER}/message.eml"]["edition"]
    desk.edit("beans", "description: ", "description: New. ")
    desk.build("newsletter", paths=(desk.content / "newsletters" / f"{SMALL}.md",))
    assert desk.listed()[f"{FOLDER}/message.eml"]["edition"] != before
    (desk.content / "newsletters" / f"{SMALL}.md").unlink()
    desk.build("newsletter")
    assert [path for path in desk.outputs() if path.startswith("newsletters/")] == []
    assert desk.verify().problems == ()


def test_every_tampered_file_fails_verification(desk: Desk):
    for name in FILES:
        file = desk.out / FOLDER / name
        file.write_bytes(file.read_bytes().replace(b"Northside", b"Southside", 1) + b"\n")
    assert {f"{FOLDER}/{name}" for name in FILES} <= {path for path, _ in desk.verify().problems}


def test_articles_are_built_without_newsletters_and_the_other_way_round(desk: Desk):
    result = desk.build("html", paths=(desk.article("beans"),))
    assert [output.path for output in result.outputs if output.path.startswith("newsletters/")] == []
    assert files_of(desk) == FILES
    assert desk.verify().problems == ()
