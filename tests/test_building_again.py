"""Whatever has changed since the last build, what lies below ``build/`` afterwards is what a first build makes."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from pipeline import making
from pipeline.companion import Companion
from pipeline.errors import ExportError
from pipeline.executor import Job, Outcome, run_jobs
from pipeline.making import Making
from pipeline.prospects import Prospect
from pipeline.report import overview
from tests.desk import Desk

TEXT = "A deadlift is a simple lift."


@pytest.fixture
def desk(built: Desk, tmp_path: Path) -> Desk:
    """A copy of the built content that a test may change."""
    return built.copied(tmp_path)


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
    desk.edit("deadlift", TEXT, "A deadlift is simple & old.")


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


def logo(desk: Desk) -> None:
    file = desk.content / "images" / "logo.svg"
    file.write_text(file.read_text("utf-8").replace("</svg>", '<rect width="3" height="3"/></svg>'), "utf-8")


def picture(desk: Desk) -> None:
    for file in (desk.content / "images").glob("deadlift-*.svg"):
        file.write_text(file.read_text("utf-8").replace("</svg>", '<rect width="3" height="3"/></svg>'), "utf-8")


def shared(desk: Desk) -> None:
    source = desk.article("creatine").read_text("utf-8").replace("creatine-amounts.svg", "deadlift-set-up.svg")
    desk.article("creatine").write_text(source, "utf-8")


CHANGES: list[Callable[[Desk], None]] = [
    text, title, added, deleted, draft, unsound, colour, kind, logo, picture, shared,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_is_there_is_what_a_first_build_makes(desk: Desk, change: Callable[[Desk], None]):
    change(desk)
    before = files_of(desk)
    desk.build()
    assert files_of(desk) == first(desk)
    assert files_of(desk) != before
    assert desk.verify().problems == ()


def test_pages_of_one_file_and_others_take_turns(desk: Desk):
    shutil.rmtree(desk.out)
    desk.build("html")
    for change in (text, title, lambda _: None):
        for options in ({"standalone": True}, {"paths": (desk.article("creatine"),)}, {}):
            desk.build("html", **options)
            assert desk.verify().problems == ()
            if "paths" not in options:
                assert files_of(desk) == first(desk, "html", **options)
        change(desk)
        desk.build("html", paths=(desk.article("deadlift"),), standalone=True)
        assert desk.verify().problems == ()


def test_the_index_is_made_anew_when_it_says_something_else_and_not_before(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    made: list[object] = []

    def page(*of: object) -> bytes:
        made.append(of)
        return b"another"

    monkeypatch.setattr(sys.modules["pipeline.export.html.index"], "_page", page)
    text(desk)
    assert "html/deadlift.html" in desk.build("html").written
    assert not made
    title(desk)
    assert {"html/index.html", "html/creatine.html"} <= set(desk.build("html").written)
    assert len(made) == 1


def test_of_the_last_report_nothing_is_taken_that_somebody_has_changed(desk: Desk):
    text(desk)
    page = desk.out / overview.PAGE
    page.write_bytes(page.read_bytes().replace(b"Creatine", b"Cretin"))
    desk.build()
    assert page.read_bytes() == first(desk)[overview.PAGE]


@pytest.mark.parametrize("path", [overview.PAGE, "html/index.html"])
def test_a_pipe_in_the_place_of_a_page_of_all_articles_is_never_waited_for(desk: Desk, path: str):
    text(desk)
    (desk.out / path).unlink()
    os.mkfifo(desk.out / path)
    desk.build()
    assert files_of(desk) == first(desk)


@pytest.fixture
def order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """What is done in which order, in builds that know their articles and work beside this process."""
    monkeypatch.setenv("PIPELINE_CACHE", str(tmp_path / "cache"))
    done: list[str] = []
    say, look = Companion._say, Making._stale

    def said(self: Companion, work: Callable[..., object], *task: object, **how: bool) -> None:
        done.append("gives" if how["answered"] else "prepares")
        say(self, work, *task, **how)

    def looked(self: Making, prospects: list[Prospect]) -> list[Prospect]:
        stale = look(self, prospects)
        done.append(f"looks at {len(prospects)}, {len(stale)} stale")
        return stale

    monkeypatch.setattr(Companion, "_say", said)
    monkeypatch.setattr(Making, "_stale", looked)
    return done


def test_a_changed_article_is_begun_before_the_files_of_others_are_looked_at(desk: Desk, order: list[str]):
    desk.build(apart=True)
    order.clear()
    text(desk)
    (desk.out / "html" / "creatine.html").write_bytes(b"damaged")
    (desk.out / "pdf" / "low-back-pain.pdf").unlink()
    result = desk.build(apart=True)
    assert order == ["prepares", "gives", "looks at 3, 2 stale", "gives", "gives"]
    deadlift = {f"{each}/deadlift.{each}" for each in ("html", "pdf", "epub")}
    assert {*result.written} >= {*deadlift, "html/creatine.html", "pdf/low-back-pain.pdf"}
    assert files_of(desk) == first(desk)


def test_where_nothing_is_new_nobody_is_told_to_get_ready(desk: Desk, order: list[str]):
    desk.build(apart=True)
    order.clear()
    assert desk.build(apart=True).written == ()
    assert order == ["looks at 4, 0 stale"]


@pytest.mark.usefixtures("order")
def test_a_new_article_that_fails_stops_a_build_that_is_to_stop(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    desk.build()
    text(desk)
    title(desk)
    monkeypatch.setattr(making, "run_jobs", partial(_failing, run_jobs))
    result = desk.build("html", fail_fast=True)
    assert [failure.path for failure in result.failures] == ["html/creatine.html"]
    assert "html/deadlift.html" in desk.outputs()


def _failing(run: Callable[..., Iterator[tuple[Job, Outcome]]], *work: object) -> Iterator[tuple[Job, Outcome]]:
    for job, _ in run(*work):
        yield job, Outcome(error=ExportError("it failed"))
