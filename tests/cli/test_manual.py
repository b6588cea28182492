"""The manual page holds every command and option, and readers of manual pages find nothing wrong with it."""

from __future__ import annotations

import html
import re
import subprocess
from pathlib import Path

import pytest
import rich_click as click

from pipeline.cli import cli
from tests.cli.conftest import Run


@pytest.fixture
def page(run: Run, tmp_path: Path) -> Path:
    ran = run("man")
    assert (ran.code, ran.err) == (0, "")
    path = tmp_path / "pipeline.1"
    path.write_text(ran.out, "utf-8")
    return path


def test_mandoc_finds_nothing_wrong(page: Path):
    ran = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", page], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_every_command_and_option_can_be_read_in_it(page: Path):
    command = ["mandoc", "-T", "html", "-O", "fragment", str(page)]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    text = " ".join(html.unescape(re.sub("<[^>]+>", "", shown)).split())
    headings = re.findall(r'<h2 class="Ss".*?>([a-z]+)', re.sub("<a [^>]*>", "", shown))
    assert headings == sorted(cli.commands)
    options = [
        param for command in cli.commands.values() for param in command.params if isinstance(param, click.Option)
    ]
    assert [name for option in options for name in option.opts if name not in text] == []
    assert "pipeline explain D03 what a finding means" in text
    assert "130, 143 Interrupted" in text


def test_the_page_is_the_same_wherever_it_is_made(
    run: Run, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "40")
    assert run("man").out == page.read_text("utf-8")
