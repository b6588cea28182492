"""The hook for pre-commit: a valid list of hooks, whose entry does what the hook is for."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.articles import make_tree

ROOT = Path(__file__).parent.parent
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
KEYS = {
    *("id", "name", "entry", "language", "files", "exclude", "types", "types_or", "exclude_types", "always_run"),
    *("fail_fast", "verbose", "pass_filenames", "require_serial", "description", "language_version"),
    *("minimum_pre_commit_version", "args", "stages"),
}
"""What a hook may say: https://pre-commit.com, Creating new hooks."""


def test_a_hook_has_what_pre_commit_asks_for_and_nothing_that_it_does_not_know():
    for hook in HOOKS:
        assert {"id", "name", "entry", "language"} <= set(hook) <= KEYS
    assert [hook["id"] for hook in HOOKS] == ["pipeline-check"]


def test_its_entry_is_a_command_that_installing_the_project_brings():
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    assert HOOKS[0]["language"] == "python"
    assert shlex.split(HOOKS[0]["entry"])[0] in scripts


@pytest.mark.parametrize(
    ("path", "checked"),
    [
        ("content/articles/squat.md", True),
        ("content/articles/knee/squat.md", True),
        ("content/newsletters/may.md", True),
        ("content/books/strong-backs.toml", True),
        ("content/images/squat.svg", False),
        ("content/publisher.toml", False),
        ("README.md", False),
        ("docs/content/articles/squat.md", False),
    ],
)
def test_it_is_for_what_is_published_only(path: str, checked: bool):
    assert bool(re.search(HOOKS[0]["files"], path)) is checked


def test_it_fails_for_a_file_with_an_error_and_names_it(tmp_path: Path):
    make_tree(tmp_path)
    command, *arguments = shlex.split(HOOKS[0]["entry"])
    program = Path(sys.executable).with_name(command)
    ran = subprocess.run(
        [program, *arguments, "content/articles/squat.md"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert "content/articles/squat.md:" in ran.stdout


def test_the_guide_shows_how_to_use_it():
    assert f"id: {HOOKS[0]['id']}" in (ROOT / "docs" / "content" / "articles" / "recipes.md").read_text("utf-8")
