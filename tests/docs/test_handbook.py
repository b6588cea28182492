"""The handbook: its reference says all that the code knows, each of its commands runs, and the pipeline itself builds it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from docs import reference
from pipeline.build import Request, build
from pipeline.checks.registry import checks
from pipeline.cli import cli
from pipeline.disclaimers import load_disclaimers
from pipeline.model.article import ArticleMetadata
from pipeline.profiles import load_profiles
from pipeline.source.metadata_form import ABOUT
from pipeline.verify import verify
from tests.desk import AS_OF, CONTENT
from tests.validators import validate_html

ROOT = Path(__file__).parents[2]
GUIDES = ROOT / "docs" / "content" / "articles"
FENCE = re.compile(r"^```(\w+)(?: (\w+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PAGES = 80
"""Fewer than the handbook has as a book: all its chapters are in it."""
OLD = "How to row at home\n\nRows train the back and the arms of most people.\n\nRisks\n\nStop when a shoulder hurts.\n"
PROGRAM = Path(sys.executable).parent


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = tmp_path_factory.mktemp("handbook") / "content"
    reference.main(content)
    return content


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with one article, which is what the guides call it."""
    content = tmp_path / "content"
    (content / "articles").mkdir(parents=True)
    shutil.copy(CONTENT / "publisher.toml", content)
    write_article(content)
    return tmp_path


def blocks(slug: str, *kinds: str) -> list[tuple[str, str]]:
    """The code blocks of some kinds in a guide, with the word behind the kind."""
    found = FENCE.findall((GUIDES / f"{slug}.md").read_text("utf-8"))
    return [(word, text) for kind, word, text in found if kind in kinds]


def follow(slug: str, folder: Path, when_it_fails: Callable[[], None] = lambda: None) -> None:
    """Type each command of a guide, one after the other; what one finds is mended before the next."""
    environment = {**os.environ, "PATH": f"{PROGRAM}{os.pathsep}{os.environ['PATH']}"}
    for word, text in blocks(slug, "sh"):
        for line in text.splitlines():
            process = subprocess.Popen(
                shlex.split(line),
                cwd=folder,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            assert process.stdout is not None
            if word == "stays":
                assert process.stdout.readline().startswith("The desk is open at"), line
                process.send_signal(signal.SIGINT)
            said, _ = process.communicate(timeout=280)
            assert process.returncode == (1 if word == "fails" else 0), f"{line}\n{said}"
            if word == "fails":
                when_it_fails()


def write_article(content: Path) -> None:
    """An article that stands alone, with its pictures."""
    source = (CONTENT / "articles" / "deadlift.md").read_text("utf-8")
    source = re.sub(r"^## Related\n.*?(?=^\[\^|\Z)", "", source, flags=re.MULTILINE | re.DOTALL)
    source = re.sub(r"^related: .*\n", "", source, flags=re.MULTILINE)
    source = re.sub(r"\[([^\]]+)\]\([a-z-]+\.md[^)]*\)", r"\1", source)
    (content / "articles" / "back-squat.md").write_text(source, "utf-8")
    shutil.copytree(CONTENT / "images", content / "images")


def test_a_beginner_gets_from_nothing_to_a_handout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("BROWSER", "true")  # the program of that name opens nothing, and all is well
    follow("start", tmp_path, when_it_fails=lambda: write_article(tmp_path / "content"))
    assert (tmp_path / "build" / "handouts" / "back-squat.pdf").is_file()


@pytest.mark.slow
def test_each_command_for_editors_runs_in_its_order(project: Path):
    (project / "old-article.txt").write_text(OLD, "utf-8")
    follow("editors", project)
    assert (project / "content" / "articles" / "how-to-row-at-home.md").is_file()
    assert "withdrawn" in (project / "content" / "articles" / "back-squat.md").read_text("utf-8")


def test_each_command_of_the_recipes_runs(project: Path):
    follow("recipes", project)


def test_the_makefile_of_the_recipes_checks_and_builds(project: Path):
    ((_, text),) = blocks("recipes", "make")
    (project / "Makefile").write_text(text, "utf-8")
    (project / ".venv").mkdir()
    (project / ".venv" / "bin").symlink_to(PROGRAM)
    for target, sign in (("check", "0 errors"), ("pdf", "build/pdf/back-squat.pdf")):
        ran = subprocess.run(["make", target], cwd=project, capture_output=True, text=True, check=False)
        assert (ran.returncode, sign in ran.stdout) == (0, True), ran.stderr


def test_the_workflow_of_the_recipes_is_one_and_its_commands_run(project: Path):
    workflow, more, hooks = (yaml.safe_load(text) for _, text in blocks("recipes", "yaml"))
    steps = workflow["jobs"]["publish"]["steps"] + more["findings"]["steps"]
    assert all(("uses" in step) != ("run" in step) for step in steps)
    commands = [step["run"] for step in steps if step.get("run", "").startswith("pipeline ")]
    assert len(commands) == 4
    for command in commands:
        ran = subprocess.run(
            [PROGRAM / "pipeline", *shlex.split(command.partition(">")[0])[1:]],
            cwd=project,
            capture_output=True,
            check=False,
        )
        assert ran.returncode == 0, (command, ran.stderr)
    offered = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    assert {hook["id"] for repository in hooks["repos"] for hook in repository["hooks"]} <= offered


def test_the_reference_leaves_nothing_out(handbook: Path):
    pages = {slug: (handbook / "articles" / f"{slug}.md").read_text("utf-8") for slug in reference.PAGES}
    known = {
        "checks": [f"## {check.code} {check.name}" for check in checks().values()],
        "article-types": [f"(`{name}`)" for name in load_profiles(None)],
        "disclaimers": [f"(`{name}`)" for name in load_disclaimers(None)],
        "commands": [f"## pipeline {name}" for name in cli.commands],
        "keys": [f"| `{key}` |" for key in ABOUT],
    }
    assert {slug: [each for each in wanted if each not in pages[slug]] for slug, wanted in known.items()} == {
        slug: [] for slug in pages
    }


def test_every_key_of_the_metadata_is_explained():
    assert set(ABOUT) == {field.name for field in fields(ArticleMetadata)} - {"spans"}


@pytest.mark.slow
@pytest.mark.validator
def test_the_pipeline_builds_its_own_handbook(handbook: Path, tmp_path: Path):
    out = tmp_path / "docs"
    whole = build(Request(handbook, out, ("html",), as_of=AS_OF, jobs=1))
    assert (whole.report.diagnostics, whole.failures) == ((), ())
    assert (out / "books" / "handbook" / "index.html").is_file()
    book = build(Request(handbook, out, ("pdf", "epub"), (handbook / "books",), as_of=AS_OF, jobs=1))
    assert book.failures == ()
    assert verify(out, load_disclaimers(handbook)).problems == ()
    printed = {row.path: row for row in book.outputs if row.format in {"pdf", "epub"}}
    assert printed.keys() == {"books/handbook.pdf", "books/handbook.epub"}
    assert (printed["books/handbook.pdf"].pages or 0) > PAGES
    assert {row.disclaimers for row in book.outputs} == {()}
    assert validate_html(sorted(out.glob("html/*.html"))) == []
