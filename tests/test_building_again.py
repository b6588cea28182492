"""Whatever has changed since the last build, what lies below ``build/`` afterwards is what a first build makes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.report import overview
from tests.desk import Desk

TEXT = "A deadlift is a simple lift."


@pytest.fixture
def desk(built: Desk, tmp_path: Path) -> Desk:
    """A copy of the built content that a test may change."""
    made = Desk(tmp_path / "content", tmp_path / "build")
    shutil.copytree(built.content, made.content)
    shutil.copytree(built.out, made.out)
    return made


def first(desk: Desk, *formats: str, **options: object) -> dict[str, bytes]:
    """What a first build makes of the same content."""
    fresh = Desk(desk.content, desk.out.with_name("fresh"))
    fresh.build(*formats, **options)
    files = files_of(fresh)
    shutil.rmtree(fresh.out)
    return files


def files_of(desk: Desk) -> dict[str, bytes]:
    """Everything that people can see below ``build/``."""
    return {path: (desk.out / path).read_bytes() for path in desk.outputs() if not path.startswith(".pipeline/")}


def text(desk: Desk) -> None:
    desk.edit("deadlift", TEXT, "A deadlift is <simple> & old.")


def title(desk: Desk) -> None:
    desk.edit("creatine", 'title: "Creatine', 'title: "All of creatine')


def added(desk: Desk) -> None:
    source = desk.article("creatine").read_text("utf-8").replace('title: "Creatine', 'title: "More of creatine')
    desk.article("creatine-again").write_text(source, "utf-8")


def deleted(desk: Desk) -> None:
    desk.article("creatine").unlink()
    desk.edit("deadlift", "related: [hip-thrusts-lower-back, low-back-pain, creatine]", "related: []")


def draft(desk: Desk) -> None:
    desk.edit("deadlift", "profile:", "status: draft\nprofile:")


def unsound(desk: Desk) -> None:
    desk.edit("deadlift", "description: ", "descriptoin: ")


def colour(desk: Desk) -> None:
    settings = desk.content / "publisher.toml"
    settings.write_text(settings.read_text("utf-8").replace('colour = "', 'colour = "#803010" # "'), "utf-8")


def kind(desk: Desk) -> None:
    (desk.content / "profiles").mkdir()
    shutil.copy(overview.FOLDER.parents[1] / "profiles" / "exercise-guide.toml", desk.content / "profiles")
    file = desk.content / "profiles" / "exercise-guide.toml"
    file.write_text(file.read_text("utf-8").replace('en = "', 'en = "Splendid '), "utf-8")


CHANGES: list[Callable[[Desk], None]] = [text, title, added, deleted, draft, unsound, colour, kind]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_is_there_is_what_a_first_build_makes(desk: Desk, change: Callable[[Desk], None]):
    change(desk)
    before = files_of(desk)
    desk.build()
    assert files_of(desk) == first(desk)
    assert files_of(desk) != before
    assert desk.verify().problems == ()


def test_of_the_last_report_nothing_is_taken_that_somebody_has_changed(desk: Desk):
    text(desk)
    page = desk.out / overview.PAGE
    page.write_bytes(page.read_bytes().replace(b"Creatine", b"Cretin"))
    desk.build()
    assert page.read_bytes() == first(desk)[overview.PAGE]
