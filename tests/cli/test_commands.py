"""Each command does what its help says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.checks.registry import checks
from pipeline.cli import cli
from pipeline.schemas import SCHEMAS
from tests.cli.conftest import Run

ROOT = Path(__file__).parent.parent.parent
COMMANDS = sorted(cli.commands)


def pipeline(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *arguments]
    everything = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(command, cwd=cwd, env=everything, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_gives_examples(run: Run, command: str):
    ran = run(command, "--help")
    assert ran.code == 0
    assert "Examples:" in ran.out
    assert f"pipeline {command}" in ran.out


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_or_the_guide_names_each_command(command: str):
    text = (ROOT / "README.md").read_text("utf-8") + (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert f"pipeline {command}" in text


def test_a_sound_tree_passes(run: Run):
    ran = run("check")
    assert (ran.code, ran.out, ran.err) == (0, "All checks passed: 1 file.\n", "")


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_machine_forms_are_only_json_on_stdout(run: Run, project: Path, form: str):
    (project / "content" / "articles" / "sound.md").write_text("No metadata.\n")
    ran = run("check", "--format", form)
    assert ran.code == 1
    json.loads(ran.out)


def test_json_gives_nothing_on_stdout_for_wrong_usage(run: Run):
    ran = run("check", "--format", "json", "content/articles/none.md")
    assert (ran.code, ran.out) == (2, "")


def test_paths_are_relative_to_the_working_directory(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch):
    (project / "content" / "articles" / "sound.md").write_text("No metadata.\n")
    monkeypatch.chdir(project / "content" / "articles")
    ran = run("--content", "..", "check", "--format", "json")
    assert {row["path"] for row in json.loads(ran.out)["diagnostics"]} == {"sound.md"}


def test_verbose_says_why_each_disclaimer_is_wanted(run: Run):
    ran = run("check", "--verbose")
    assert re.search(r"content/articles/sound\.md:\d+:\d+-\d+:\d+: wants the diet disclaimer: ", ran.out)


def test_verbose_says_where_the_words_that_want_a_disclaimer_start_and_end(run: Run, project: Path):
    article = project / "content" / "articles" / "sound.md"
    before, after = article.read_text("utf-8").split("## Summary", 1)
    article.write_text(f"{before}Some lifters take *protein\npowder* each day.\n\n## Summary{after}", "utf-8")
    first = before.count("\n") + 1
    place = f"content/articles/sound.md:{first}:20-{first + 1}:7"
    assert f"{place}: wants the supplement disclaimer: “protein powder” in the text" in run("check", "--verbose").out


def test_diff_shows_what_fix_does_and_changes_nothing(run: Run, project: Path):
    article = project / "content" / "articles" / "sound.md"
    broken = article.read_bytes().replace(b"## Evidence", b"#### Evidence").replace(b"\n", b"\r\n")
    article.write_bytes(broken)
    shown = run("check", "--select", "S03", "--diff")
    assert "-#### Evidence" in shown.out
    assert article.read_bytes() == broken
    assert run("check", "--select", "S03").code == 1
    assert run("check", "--select", "S03", "--fix").code == 0
    mended = article.read_bytes()
    assert mended.count(b"\r\n") == broken.count(b"\r\n")
    assert run("check", "--select", "S03", "--fix").code == 0
    assert article.read_bytes() == mended


def test_a_build_says_where_the_files_are_and_a_second_one_that_nothing_changed(run: Run):
    first = run("build", "html")
    assert first.code == 0
    assert "wrote build/html/sound.html" in first.out
    assert "Nothing has changed" in run("build", "html").out
    assert run("verify").code == 0


def test_a_build_that_only_restores_a_page_does_not_say_that_nothing_changed(run: Run, project: Path):
    run("build", "html")
    (project / "build" / "html" / "index.html").unlink()
    restored = run("build", "html").out
    assert "wrote 1 file that these need beside them" in restored
    assert "Nothing has changed" not in restored
    assert "Nothing has changed" in run("build", "html").out


def test_build_json_lists_what_was_made(run: Run):
    document = json.loads(run("build", "html", "--json").out)
    assert [output["path"] for output in document["outputs"]] == ["build/html/sound.html".removeprefix("build/")]
    assert document["summary"]["errors"] == 0


def test_rules_lists_every_check_and_explain_explains_it(run: Run):
    listed = run("rules").out
    assert [line.split()[0] for line in listed.splitlines()] == list(checks())
    for code in ("S01", "D03", "P02"):
        explained = run("explain", code.lower()).out
        assert checks()[code].summary in explained
        assert "Bad:" in explained


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_prints_json(run: Run, name: str):
    assert json.loads(run("schema", name).out)["$schema"].startswith("https://json-schema.org/")


def test_model_prints_the_article(run: Run):
    model = json.loads(run("model", "content/articles/sound.md").out)
    assert model["metadata"]["title"] == "Beans for people who lift"
    assert [block["role"] for block in model["body"] if block["type"] == "Section"][:2] == ["summary", "evidence"]


def test_a_report_that_cannot_be_written_is_no_failure_of_the_pipeline(project: Path):
    command = f"{sys.executable} -m pipeline check > /dev/full"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        ["bash", "-c", command], cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 4
    assert "error: No space left on device" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert "itself" not in ran.stderr


def test_a_reader_may_leave_the_pipe(project: Path):
    command = f"{sys.executable} -m pipeline rules | head -1; exit ${{PIPESTATUS[0]}}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        ["bash", "-c", command], cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")


def test_there_are_no_colours_where_nobody_sees_them(project: Path):
    (project / "content" / "articles" / "sound.md").write_text("No metadata.\n")
    assert "\x1b" not in pipeline("check", cwd=project).stdout
    assert "\x1b" not in pipeline("check", cwd=project, NO_COLOR="1").stdout


HEAVY = ["weasyprint", "ebooklib", "pikepdf", "pypdfium2", "fontTools", "rich.progress", "babel", "lxml"]


@pytest.mark.parametrize("command", ["--help", "check"])
def test_start_up_never_pays_for_the_exporters(project: Path, command: str):
    code = (
        "import sys; from pipeline.cli import main\n"
        f"try: main([{command!r}])\n"
        "finally: print('LOADED', *sorted(sys.modules), file=sys.stderr)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    loaded = ran.stderr.partition("LOADED")[2].split()
    assert "pipeline.cli" in loaded
    assert [name for name in HEAVY if name in loaded] == []
