"""``pipeline verify`` finds what a file of an article says otherwise than the others, though the manifest was made to fit."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.desk import Desk
from tests.parity import finished
from tests.parity.finished import SLUG, change, epub, html, only

if TYPE_CHECKING:
    from collections.abc import Callable

LOST = "lacks the paragraph “Most trouble comes from too much weight too soon, or from l…”, under “Risks”"
CHANGED = "says “A picture.” where the picture described as “Side view of the top of the lift."
SWAPPED = "has the step “Lift: Push through your heels"
NOTE = "lacks the note “Andersen and others, 2018: two deadlifts and the hip thrust…”, under “Notes”"
DISCLAIMERS = {
    "html": "the info disclaimer is not in the page, or not word for word",
    "epub": "the disclaimer 'info' is not in the chapter, word for word",
    "pdf": "The info disclaimer is missing or changed",
}
UNTOLD = "lacks the paragraph “This is general information."
LINES = {
    LOST: "Most trouble comes from",
    CHANGED: "![Side view of the top of the lift",
    SWAPPED: "3. **Brace:**",
    NOTE: "[^andersen]: Andersen and others, 2018",
}
"""How the line of the source starts that a difference is told with; approved wording has none."""
CHANGES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "html without a paragraph": (html(finished.without_paragraph), LOST),
    "html with a hidden paragraph": (html(finished.hidden_paragraph), LOST),
    "html with two steps swapped": (html(finished.swapped_steps), SWAPPED),
    "html with another text alternative": (html(finished.another_alternative), CHANGED),
    "html without a note": (html(finished.without_note), NOTE),
    "html with another disclaimer": (html(finished.another_disclaimer), DISCLAIMERS["html"]),
    "epub without a paragraph": (epub(finished.without_paragraph), LOST),
    "epub with a hidden paragraph": (epub(finished.hidden_paragraph), LOST),
    "epub with two steps swapped": (epub(finished.swapped_steps), SWAPPED),
    "epub with another text alternative": (epub(finished.another_alternative), CHANGED),
    "epub without a note": (epub(finished.without_note), NOTE),
    "epub with another disclaimer": (epub(finished.another_disclaimer), DISCLAIMERS["epub"]),
    "pdf without a paragraph": (finished.pdf_without("P", finished.PARAGRAPH), LOST),
    "pdf with two steps swapped": (finished.pdf_with_swapped_steps, SWAPPED),
    "pdf with another text alternative": (finished.pdf_with_another_alternative, CHANGED),
    "pdf without a note": (finished.pdf_without("LI", finished.NOTE), NOTE),
    "pdf with another disclaimer": (finished.pdf_with_another_disclaimer, DISCLAIMERS["pdf"]),
    "pdf that tells nobody of a disclaimer": (finished.pdf_without("P", finished.ADVICE), UNTOLD),
}


@pytest.fixture
def desk(built: Desk, tmp_path: Path) -> Desk:
    """One article in every format, for a test to change."""
    shutil.copytree(built.out, tmp_path / "build")
    desk = Desk(built.content, tmp_path / "build")
    only(desk, SLUG)
    return desk


@pytest.mark.parametrize("name", CHANGES)
def test_verify_finds_the(name: str, desk: Desk) -> None:
    edit, message = CHANGES[name]
    suffix = name.partition(" ")[0]
    path = f"{suffix}/{SLUG}.{suffix}"
    change(desk, path, edit)
    [(where, problem)] = desk.verify().problems
    assert where == path
    assert message in problem
    assert problem.startswith("does not say the same as ") or message in DISCLAIMERS.values()
    assert line_told(desk, problem).startswith(LINES.get(message, ""))
    assert bool(line_told(desk, problem)) == (message in LINES)


def line_told(desk: Desk, problem: str) -> str:
    """The line of the article that a problem ends in; empty where it names none."""
    told = re.search(rf"\(\S*content/articles/{SLUG}\.md:(\d+)\)$", problem)
    return desk.article(SLUG).read_text("utf-8").splitlines()[int(told[1]) - 1] if told else ""


def test_of_two_files_that_differ_both_are_named(desk: Desk) -> None:
    (desk.out / "epub" / f"{SLUG}.epub").unlink()
    change(desk, f"html/{SLUG}.html", html(finished.without_paragraph))
    problems = dict(desk.verify().problems)
    assert problems.pop(f"epub/{SLUG}.epub") == "the file is missing or cannot be read"
    problem = problems.pop(f"pdf/{SLUG}.pdf")
    assert not problems
    assert problem.startswith(
        f"does not say the same as html/{SLUG}.html: it has the paragraph “Most trouble comes from too much weight too soon, "
        "or from l…” besides, before the step “An arched lower back: Pushing past level bends the spine ba…”, under “Risks” ("
    )
    assert "An arched lower back" in line_told(desk, problem)


def test_without_the_article_a_difference_is_told_without_its_line(desk: Desk, tmp_path: Path) -> None:
    change(desk, f"html/{SLUG}.html", html(finished.without_paragraph))
    [(_, problem)] = Desk(tmp_path / "nothing", desk.out).verify().problems
    assert problem.endswith("under “Risks”")


def test_files_of_other_editions_need_not_agree(built: Desk, tmp_path: Path) -> None:
    shutil.copytree(built.content, tmp_path / "content")
    shutil.copytree(built.out, tmp_path / "build")
    desk = Desk(tmp_path / "content", tmp_path / "build")
    desk.edit(SLUG, "Most trouble comes from", "Most of the trouble comes from")
    result = desk.build("html", paths=(desk.article(SLUG),))
    assert (result.exit_code, result.failures) == (0, ())
    editions = {path: row["edition"] for path, row in desk.listed().items() if Path(path).stem == SLUG}
    assert len(set(editions.values())) == 2
    assert desk.verify().problems == ()


def test_a_file_that_an_earlier_pipeline_left_and_that_says_less_goes(desk: Desk, built: Desk) -> None:
    desk = Desk(built.content, desk.out)
    change(desk, f"html/{SLUG}.html", html(finished.without_paragraph))
    result = desk.build("epub", paths=(desk.article(SLUG),), force=True)
    assert result.exit_code == 4
    [failure] = result.failures
    assert failure.path == f"html/{SLUG}.html"
    source = desk.article(SLUG).read_text("utf-8").splitlines()
    assert failure.error.path is not None
    assert Path(failure.error.path).resolve() == desk.article(SLUG).resolve()
    assert failure.error.line is not None
    assert source[failure.error.line - 1].startswith("Most trouble comes from")
    assert desk.outputs_of(SLUG) == {f"pdf/{SLUG}.pdf", f"epub/{SLUG}.epub"}
    assert desk.verify().problems == ()
