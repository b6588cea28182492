"""A build on a Dask cluster of real processes gives the files of a build at home, also when a worker is killed meanwhile."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.build import Request, build
from pipeline.cluster import OtherVersionError, _done_alike
from pipeline.disclaimers import load_disclaimers
from pipeline.errors import ExportError, UsageError
from pipeline.verify import verify
from pipeline.workers import Workers
from tests.articles import TODAY
from tests.benchmarks.articles import make_tree

ARTICLES = 6
FORMATS = ("html", "pdf", "epub")
PATIENCE = 120
"""Seconds."""


@dataclass(slots=True)
class Scheduler:
    """A scheduler and two workers, each a process with a folder of its own that has no content in it."""

    address: str
    process: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]

    @property
    def executor(self) -> str:
        return f"dask://{self.address}"


def dask(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    folder.mkdir()
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments], cwd=folder, stdout=log, stderr=log, start_new_session=True
        )


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[Scheduler]:
    file = tmp_path / "scheduler.json"
    here = ("--host", "127.0.0.1")
    first = dask(tmp_path / "s", "scheduler", *here, "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
    options = ("--scheduler-file", str(file), *here, "--nthreads", "1", "--no-dashboard", "--no-nanny")
    workers = [dask(tmp_path / f"w{number}", "worker", *options) for number in (1, 2)]
    try:
        wait_for(file.exists)
        wait_for(lambda: all(b"Registered to" in (tmp_path / f"w{number}" / "log").read_bytes() for number in (1, 2)))
        yield Scheduler(json.loads(file.read_text("utf-8"))["address"].removeprefix("tcp://"), first, workers)
    finally:
        for process in (*workers, first):
            process.kill()
            process.wait()


def wait_for(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def files(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tree(tmp_path_factory.mktemp("tree"), ARTICLES)


@pytest.fixture(scope="module")
def at_home(content: Path) -> dict[str, bytes]:
    out = content.parent / "home"
    assert build(Request(content, out, FORMATS, as_of=TODAY, jobs=1)).exit_code == 0
    return files(out)


def test_a_cluster_of_which_one_worker_is_killed_makes_the_files_of_home(
    content: Path, at_home: dict[str, bytes], scheduler: Scheduler, tmp_path: Path
):
    killed: list[str] = []

    def kill_one(_done: int, _all: int, path: str) -> None:
        if not killed:
            killed.append(path)
            os.kill(scheduler.workers[0].pid, signal.SIGKILL)

    out = tmp_path / "build"
    request = Request(content, out, FORMATS, as_of=TODAY, executor=scheduler.executor)
    result = build(request, kill_one)
    assert (result.exit_code, result.failures) == (0, ())
    assert killed
    assert scheduler.workers[0].wait(PATIENCE) == -signal.SIGKILL
    assert scheduler.workers[1].poll() is None
    assert files(out) == at_home


def test_when_the_scheduler_dies_what_is_finished_is_kept(
    content: Path,
    at_home: dict[str, bytes],
    scheduler: Scheduler,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
):
    monkeypatch.setattr("pipeline.cluster.PATIENCE", 3)
    out, done = tmp_path / "build", list[str]()

    def kill(_done: int, _all: int, path: str) -> None:
        done.append(path)
        if len(done) == len(FORMATS):
            scheduler.process.kill()

    request = Request(content, out, FORMATS, as_of=TODAY, executor=scheduler.executor)
    with pytest.raises(ExportError, match="no Dask cluster can be reached"):
        build(request, kill)
    assert capfd.readouterr().err == ""
    assert len(done) < len(FORMATS) * ARTICLES
    assert {path: files(out).get(path) for path in done} == {path: at_home[path] for path in done}
    assert verify(out, load_disclaimers(content)).problems == ()
    assert build(Request(content, out, FORMATS, as_of=TODAY, jobs=1)).exit_code == 0
    assert files(out) == at_home


def test_where_no_scheduler_answers_nothing_is_built_and_the_mend_is_named(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("pipeline.cluster.PATIENCE", 1)
    request = Request(content, tmp_path / "build", ("html",), as_of=TODAY, executor="dask://127.0.0.1:9")
    with pytest.raises(ExportError, match=r"no Dask cluster can be reached at 127\.0\.0\.1:9") as caught:
        build(request)
    assert "dask scheduler" in caught.value.help
    assert not (tmp_path / "build" / "manifest.json").exists()


def test_a_worker_with_another_version_does_nothing():
    with pytest.raises(OtherVersionError):
        _done_alike("another", shutil.which, "python3")


def test_a_scheduler_may_be_named_with_the_way_to_it():
    for way in ("", "tcp://", "tls://"):
        Workers(executor=f"dask://{way}127.0.0.1:9").stop()


@pytest.mark.parametrize(
    "executor", ["slurm", "dask://", "dask://here", "dask://:1", "dask://here:port", "dask:// x:1"]
)
def test_an_executor_that_does_not_exist_is_wrong_usage(executor: str):
    with pytest.raises(UsageError, match=f"there is no executor {executor}") as caught:
        Workers(executor=executor)
    assert "dask://HOST:PORT" in caught.value.help
