"""A small issue that is built fast, and the real one as a publication."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.model.publication import Publication
from pipeline.newsletters import Newsletters
from pipeline.workspace import open_workspace
from tests.articles import Place
from tests.desk import AS_OF, Desk
from tests.newsletters import make_newsletter

SMALL = """\
---
title: Northside News
issue: 7
published: 2026-11-20
subject: "{{name}}, news from the gym"
preheader: What is on in December.
items:
  - {article: hips, mode: full}
  - {article: bridge, mode: full}
  - beans
---

Hello {{name|friend}}, the winter timetable is here.
"""


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """An issue of two short articles in full and a summary, built; tests that change it take a copy."""
    folder = tmp_path_factory.mktemp("small")
    make_newsletter(SMALL, Place("newsletters/small.md"), folder)
    desk = Desk(folder / "content", folder / "build")
    shutil.copy(desk.article("bridge"), desk.article("squat"))  # the tree's own is not sound
    desk.edit("hips", "squat.md#warm-up", "squat.md")
    result = desk.build("newsletter")
    assert (result.exit_code, result.failures) == (0, ())
    return desk


@pytest.fixture
def desk(small: Desk, tmp_path: Path) -> Desk:
    """The same, to be changed."""
    return small.copied(tmp_path)


@pytest.fixture(scope="session")
def publication(issue: Desk) -> Publication:
    """The real issue as a publication, merge fields in it."""
    workspace = open_workspace(issue.content, as_of=AS_OF)
    return Newsletters(workspace).publication(workspace.newsletters[0], workspace.config)
