"""One real issue, built once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.model.publication import Publication
from pipeline.newsletters import Newsletters
from pipeline.workspace import open_workspace
from tests.desk import AS_OF, CONTENT, Desk

SLUG = "winter-2026"


@pytest.fixture(scope="session")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The real content with its newsletter, built; tests that change it take a copy."""
    folder = tmp_path_factory.mktemp("issue")
    shutil.copytree(CONTENT, folder / "content", ignore=shutil.ignore_patterns("books"))
    desk = Desk(folder / "content", folder / "build")
    result = desk.build("newsletter")
    assert (result.exit_code, result.report.diagnostics, result.failures) == (0, (), ())
    return desk


@pytest.fixture
def desk(issue: Desk, tmp_path: Path) -> Desk:
    """The same, to be changed."""
    shutil.copytree(issue.content, tmp_path / "content")
    shutil.copytree(issue.out, tmp_path / "build")
    return Desk(tmp_path / "content", tmp_path / "build")


@pytest.fixture(scope="session")
def publication(issue: Desk) -> Publication:
    """The issue as a publication, merge fields in it."""
    workspace = open_workspace(issue.content, as_of=AS_OF)
    return Newsletters(workspace).publication(workspace.newsletters[0], workspace.config)
