"""A build makes what is stale, says why, and keeps what is finished when it is interrupted."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from pipeline import overall_pages, staging
from pipeline.errors import ExportError
from pipeline.making import uninterrupted
from pipeline.manifest import dump, load
from pipeline.source import read
from tests.desk import AS_OF, SLUGS, Desk, build_content
from tests.newsletters import build_issue


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The real articles as web pages."""
    return build_content(tmp_path_factory.mktemp("pages"), "html")


@pytest.fixture
def desk(pages: Desk, tmp_path: Path) -> Desk:
    """A copy that a test may change."""
    desk = pages.copied(tmp_path)
    desk.build("html")
    return desk


def page(slug: str) -> str:
    return f"html/{slug}.html"


def test_when_nothing_has_changed_no_article_is_read_and_no_file_written(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(read, "_parse", refuse)
    monkeypatch.setattr("pipeline.staging.Stage.put", refuse)
    result = desk.build("html")
    assert (result.exit_code, result.written, result.removed) == (0, (), ())
    assert set(result.reasons) == {page(slug) for slug in SLUGS}
    assert set(result.reasons.values()) == {"nothing that it is made from has changed"}


def in_text(desk: Desk) -> None:
    desk.edit("creatine", "## Side", "Read this twice and then once more.\n\n## Side")


def in_publisher(desk: Desk) -> None:
    file = desk.content / "publisher.toml"
    lines = ["name = 'Another gym'" if line.startswith("name =") else line for line in file.read_text().splitlines()]
    file.write_text("\n".join(lines))


def in_file(desk: Desk) -> None:
    (desk.out / page("creatine")).write_bytes(b"")


def in_state(desk: Desk) -> None:
    (desk.out / ".pipeline" / "state.json").write_bytes(b"\xff")


def in_link(desk: Desk) -> None:
    file = desk.out / page("creatine")
    file.rename(desk.content.parent / "moved.html")
    file.symlink_to(desk.content.parent / "moved.html")


def in_pipe(desk: Desk) -> None:
    (desk.out / page("creatine")).unlink()
    os.mkfifo(desk.out / page("creatine"))
    assert desk.verify().problems == ((page("creatine"), "the file is missing or cannot be read"),)


def in_manifest(desk: Desk) -> None:
    (desk.out / "manifest.json").unlink()


REASONS: dict[str, tuple[Callable[[Desk], None], str, bool]] = {
    "its words": (in_text, "changed: its text", False),
    "the publisher": (in_publisher, "changed: the publisher's data", True),
    "the file itself": (in_file, "it, or a file that it needs, is not the one that was proven", False),
    "a link to the file": (in_link, "it, or a file that it needs, is not the one that was proven", False),
    "a pipe": (in_pipe, "it, or a file that it needs, is not the one that was proven", False),
    "the state": (in_state, "what it was made from is not known", True),
    "the manifest": (in_manifest, "it was not there", True),
}


@pytest.mark.parametrize("name", REASONS)
def test_each_file_that_is_made_anew_has_its_reason(desk: Desk, name: str):
    change, reason, everywhere = REASONS[name]
    change(desk)
    result = desk.build("html")
    assert result.exit_code == 0
    made = {path for path, why in result.reasons.items() if why == reason}
    assert made == ({page(slug) for slug in SLUGS} if everywhere else {page("creatine")})
    assert desk.verify().problems == ()
    assert all("has changed" in why for path, why in result.reasons.items() if path not in made)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('language = "en-GB"', 'language = "en-US"', "changed: its language"),
        ('from = "Northside Strength', 'from = "Northside Gym', "changed: the publisher's data"),
    ],
)
def test_what_a_newsletter_takes_from_the_publisher_is_a_reason_too(tmp_path: Path, old: str, new: str, reason: str):
    desk = build_issue(tmp_path)
    file = desk.content / "publisher.toml"
    source = file.read_text("utf-8")
    assert old in source
    file.write_text(source.replace(old, new), "utf-8")
    assert {why.partition(",")[0] for why in desk.build("newsletter").reasons.values()} == {reason}


@pytest.mark.parametrize(
    ("old", "new"), [("## Benefits", "Read this twice.\n\n## Benefits"), ("- name: Priya", "- name: Maria")]
)
def test_an_article_that_a_newsletter_holds_is_a_reason_too(tmp_path: Path, old: str, new: str):
    desk = build_issue(tmp_path)
    desk.edit("hip-thrusts-lower-back", old, new)
    assert set(desk.build("newsletter").reasons.values()) == {"changed: articles in it"}


def test_a_folder_in_the_place_of_a_file_is_named_and_kept(desk: Desk):
    file = desk.out / page("creatine")
    file.unlink()
    file.mkdir()
    with pytest.raises(ExportError, match=r"html/creatine\.html: Is a directory") as caught:
        desk.build("html")
    assert "move it" in caught.value.help
    file.rmdir()
    assert desk.build("html").exit_code == 0
    assert desk.verify().problems == ()


def test_what_was_built_bit_by_bit_is_what_is_built_at_once(desk: Desk, tmp_path: Path):
    in_text(desk)
    desk.build("html")
    in_publisher(desk)
    desk.build("html")
    shutil.rmtree(desk.out / ".pipeline")
    at_once = Desk(desk.content, tmp_path / "at-once")
    at_once.build("html")
    assert desk.outputs() == {path for path in at_once.outputs() if not path.startswith(".pipeline/")}
    assert all((desk.out / path).read_bytes() == (at_once.out / path).read_bytes() for path in desk.outputs())


def test_the_manifest_is_read_and_written_without_loss(desk: Desk):
    data = (desk.out / "manifest.json").read_bytes()
    assert dump(load(desk.out).values(), json.loads(data)["generator"], json.loads(data)["tools"]) == data


def test_a_manifest_that_somebody_has_edited_is_written_anew(desk: Desk):
    file = desk.out / "manifest.json"
    before = file.read_bytes()
    file.write_bytes(before.replace(b"\n", b"\n\n"))
    desk.build("html")
    assert file.read_bytes() == before


def test_timings_name_the_stages(desk: Desk):
    in_text(desk)
    timings = desk.build("html").timings
    assert list(timings.here) == ["reading", "checking", "planning", "making", "putting in place"]
    assert list(timings.there) == ["exporting html", "proving html"]
    assert all(seconds > 0 for seconds in timings.here.values())
    # one of them may take less than the processor's clock can tell
    assert sum(timings.there.values()) > 0


INTERRUPTED = """
import os, signal, sys
from pathlib import Path
from datetime import date
from pipeline.build import Request, build

def after_two(done, all, path):
    if done == 2:
        os.kill(os.getpid(), getattr(signal, sys.argv[1]))

signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
build(Request(Path("content"), Path("build"), ("html",), as_of=date(2026, 11, 22), jobs=int(sys.argv[2])), after_two)
"""


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_an_interrupted_build_keeps_what_is_finished_and_the_next_goes_on(
    desk: Desk, name: str, jobs: int, tmp_path: Path
):
    in_publisher(desk)
    before = {path: (desk.out / path).read_bytes() for path in desk.outputs()}
    command = [sys.executable, "-c", INTERRUPTED, name, str(jobs)]
    ended = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, timeout=300)
    assert ended.returncode in {-signal.SIGINT, 130, 143}
    assert desk.verify().problems == ()
    finished = {slug for slug in SLUGS if (desk.out / page(slug)).read_bytes() != before[page(slug)]}
    assert 1 <= len(finished) < len(SLUGS)
    result = desk.build("html")
    kept = {path for path, why in result.reasons.items() if "has changed" in why}
    assert kept == {page(slug) for slug in finished}
    assert (result.exit_code, desk.verify().problems) == (0, ())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_held_back_until_a_step_is_whole_whoever_takes_it(number: signal.Signals):
    whole, end = threading.Event(), threading.Event()
    other = threading.Thread(target=end.wait)
    other.start()

    def step() -> None:
        with uninterrupted():
            signal.pthread_kill(other.ident or 0, number)
            time.sleep(0.2)
            whole.set()

    before = signal.signal(number, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            step()
        assert whole.is_set()
        assert signal.getsignal(number) is signal.default_int_handler
    finally:
        signal.signal(number, before)
        end.set()


@pytest.mark.parametrize(
    ("module", "step"),
    [(overall_pages, "add_contact_sheet"), (overall_pages, "add_overview"), (staging, "_be_written")],
)
def test_ctrl_c_when_all_is_made_loses_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, module: ModuleType, step: str, tmp_path: Path
):
    work = getattr(module, step)

    def interrupted(*arguments: object, **named: object) -> object:
        os.kill(os.getpid(), signal.SIGINT)
        return work(*arguments, **named)

    in_publisher(desk)
    with monkeypatch.context() as patched:
        patched.setattr(module, step, interrupted)
        with pytest.raises(KeyboardInterrupt):
            desk.build("html")
    assert desk.verify().problems == ()
    result = desk.build("html")
    assert set(result.reasons.values()) == {"nothing that it is made from has changed"}
    at_once = Desk(desk.content, tmp_path / "at-once")
    at_once.build("html")
    ours, theirs = desk.outputs(), at_once.outputs()
    assert ours == theirs
    assert all((desk.out / path).read_bytes() == (at_once.out / path).read_bytes() for path in ours)


def test_interrupting_ends_the_workers(desk: Desk, tmp_path: Path):
    in_publisher(desk)
    code = INTERRUPTED.replace("build(", "print(os.getpid(), flush=True)\nbuild(", 1)
    command = [sys.executable, "-c", code, "SIGINT", "2"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.communicate(timeout=300)
    end = time.monotonic() + 60
    while _in_folder(tmp_path):
        assert time.monotonic() < end
        time.sleep(0.1)


def _in_folder(folder: Path) -> list[str]:
    """The processes that work in a folder."""
    return [each.name for each in Path("/proc").iterdir() if each.name.isdigit() and _leads_to(each / "cwd", folder)]


def _leads_to(place: Path, folder: Path) -> bool:
    try:
        return place.readlink() == folder
    except OSError:
        return False


def test_a_build_as_of_the_same_day_is_the_same(desk: Desk):
    assert desk.build("html", as_of=AS_OF.replace(day=23)).written == ()
