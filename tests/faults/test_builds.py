"""Builds that are killed, run out of space, run at the same time or by a wrong clock lose nothing.

After each, ``build/`` holds whole, proven files that its manifest describes, and the next build gives what an undisturbed one
gives.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

import libfaketime
import pytest

from pipeline.disclaimers import load_disclaimers
from pipeline.errors import PipelineError
from pipeline.staging import WORK, locked, recover
from pipeline.verify import verify
from tests.faults.builder import run
from tests.faults.failing import Disk, EndedError, failing

ROOT = Path(__file__).parents[2]
BASES = ("guide-us", "nutrition-en")
KILLS = 200
CALLS_A_RUN = 25
"""Calls of a build at which its disk fails; ``test_staging`` takes each one of the part that counts."""
WORDS = "Words that were not there before, so that all of it is made anew: {}.\n"
PIPELINE = (sys.executable, "-m", "pipeline")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two sound articles."""
    (tmp_path / "content" / "articles").mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "torture" / "content" / "publisher.toml", tmp_path / "content")
    shutil.copytree(ROOT / "tests" / "torture" / "content" / "images", tmp_path / "content" / "images")
    for name in BASES:
        shutil.copy(ROOT / "tests" / "corpus" / "base" / f"{name}.md", tmp_path / "content" / "articles")
    return tmp_path


def edit(project: Path, words: object) -> None:
    """Change what both articles say."""
    for name in BASES:
        source = (ROOT / "tests" / "corpus" / "base" / f"{name}.md").read_text("utf-8")
        (project / "content" / "articles" / f"{name}.md").write_text(source + "\n" + WORDS.format(words), "utf-8")


def outputs(project: Path) -> dict[str, bytes]:
    out = project / "build"
    files = (path for path in out.rglob("*") if path.is_file() and WORK not in path.parts)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def undisturbed(project: Path) -> dict[str, bytes]:
    """What a build of the same content gives in a folder that never had one."""
    other = project / "undisturbed"
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(project / "content", other / "content")
    assert run(other) == 0
    return outputs(other)


def assert_whole(project: Path) -> None:
    """What ``pipeline verify`` says of ``build/``, and that nothing lies there which no manifest lists."""
    found = verify(project / "build", load_disclaimers(None))
    assert found.problems == ()
    assert found.checked
    files = outputs(project)
    listed = {row["path"] for row in json.loads(files["manifest.json"])["outputs"]}
    assert files.keys() == {*listed, "manifest.json"}


def assert_as_proven(project: Path) -> None:
    """Every file is the one that was proven when its manifest was written, and none lies beside them; quicker than proving."""
    out = project / "build"
    with locked(out):
        recover(out)
    files = outputs(project)
    rows = json.loads(files.pop("manifest.json"))["outputs"]
    assert {path: hashlib.sha256(data).hexdigest() for path, data in files.items()} == {
        row["path"]: row["sha256"] for row in rows
    }


class Builder:
    """A warm process that builds in processes of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin
        assert process.stdout
        self._in: IO[str] = process.stdin
        self._out: IO[str] = process.stdout

    def start(self, project: Path) -> int:
        return self._ask(json.dumps(str(project)))

    def wait(self) -> int:
        return self._ask("")

    def _ask(self, line: str) -> int:
        self._in.write(f"{line}\n")
        self._in.flush()
        return int(self._out.readline())


@pytest.fixture
def builder() -> Iterator[Builder]:
    command = [sys.executable, "-m", "tests.faults.builder"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        yield Builder(process)
        assert process.stdin
        process.stdin.close()


@pytest.mark.slow
@pytest.mark.timeout(2400)
def test_a_build_may_be_killed_at_any_moment(project: Path, builder: Builder):
    assert builder.start(project) == 0
    killed = attempts = 0
    duration = 0.0
    while killed < KILLS:
        if attempts % 20 == 0:
            duration = how_long_a_build_takes(project, builder)
        attempts += 1
        edit(project, attempts)
        child = builder.start(project)
        # Half of them fall anywhere, half near the end, where the files take their places.
        earliest = 0.0 if attempts % 2 else 0.6
        time.sleep(duration * random.uniform(earliest, 0.95))  # noqa: S311 -- chance, not secrecy
        os.kill(child, signal.SIGKILL)  # it is there until it has been waited for
        killed += builder.wait() == -signal.SIGKILL
        assert_as_proven(project)
        if attempts % 20 == 0:
            assert_whole(project)
    assert run(project) == 0
    assert outputs(project) == undisturbed(project)


def how_long_a_build_takes(project: Path, builder: Builder) -> float:
    """In seconds, when all is made anew."""
    edit(project, time.monotonic())
    start = time.monotonic()
    builder.start(project)
    assert builder.wait() == 0
    return time.monotonic() - start


@pytest.mark.parametrize("ends", [False, True], ids=["an error", "the end of the process"])
def test_a_build_whose_disk_fails_is_as_if_it_had_not_been(project: Path, ends: bool):
    assert run(project) == 0
    edit(project, "a")
    with failing(Disk(0)) as disk:
        assert run(project) == 0
    for number, at in enumerate(range(1, disk.calls + 1, max(1, disk.calls // CALLS_A_RUN))):
        edit(project, number)
        with failing(Disk(at, errno.ENOSPC, lasting=True, ends=ends)), suppress(EndedError, PipelineError):
            run(project)
        assert_whole(project)
    assert run(project) == 0
    assert outputs(project) == undisturbed(project)


def pipeline(project: Path, *arguments: str, limit: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the real command line; ``limit`` are options of the shell's ``ulimit``."""
    command = [*PIPELINE, *arguments]
    if limit:
        command = ["bash", "-c", f'ulimit {limit}; exec "$@"', "bash", *command]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(command, cwd=project, env=surroundings, capture_output=True, text=True, check=False)


def test_a_file_that_may_not_grow_so_large_stops_a_build_and_changes_nothing(project: Path):
    assert pipeline(project, "build", "html", "--as-of", "2026-11-22").returncode == 0
    before = outputs(project)
    edit(project, "more")
    ran = pipeline(project, "build", "html", "--as-of", "2026-11-22", limit="-f 4")
    assert ran.returncode == 4, ran.stderr
    assert "cannot write to" in ran.stderr
    assert "Make room" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert outputs(project) == before
    assert_whole(project)


@pytest.mark.parametrize("arguments", [("check",), ("rules",), ("build", "html"), ("check", "--format", "json")])
def test_nowhere_to_print_to_is_said_once(project: Path, arguments: tuple[str, ...]):
    with Path("/dev/full").open("w") as full:
        command = [*PIPELINE, *arguments]
        surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
        ran = subprocess.run(
            command, cwd=project, env=surroundings, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert ran.returncode == 4
    assert "No space left on device" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert "Exception ignored" not in ran.stderr


def test_builds_at_the_same_time_take_turns(project: Path):
    command = [*PIPELINE, "build", "html", "--as-of", "2026-11-22"]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    builds = [
        subprocess.Popen(command, cwd=project, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    said = [build.communicate()[1] for build in builds]
    assert [build.returncode for build in builds] == [0, 0, 0], said
    assert_whole(project)


def test_killing_the_command_line_leaves_no_worker_and_no_half_of_a_file(project: Path):
    assert run(project) == 0
    edit(project, "again")
    command = [*PIPELINE, "build", "all", "--jobs", "2", "--as-of", "2026-11-22"]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    for moment in (0.3, 1.5, 3.0):
        with subprocess.Popen(
            command, cwd=project, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as build:
            with suppress(subprocess.TimeoutExpired):
                build.wait(moment)
            build.kill()
        assert_whole(project)
    assert pipeline(project, "build", "html", "--as-of", "2026-11-22").returncode == 0
    assert_whole(project)


def test_a_clock_that_jumps_changes_no_byte_and_hides_no_change(project: Path):
    clock = libfaketime.get_reload_information()[1]
    told = {}
    for day in ("2041-02-03 04:05:06", "1985-01-01 00:00:00"):
        edit(project, "the same")
        for name in BASES:  # as old as the last build's, so that only its words tell
            os.utime(project / "content" / "articles" / f"{name}.md", (0, 0))
        ran = pipeline(project, "build", "html", "--as-of", "2026-11-22", **clock, FAKETIME=day)
        assert ran.returncode == 0, ran.stderr
        told[day] = outputs(project)
    assert told["2041-02-03 04:05:06"] == told["1985-01-01 00:00:00"] == undisturbed(project)
    edit(project, "something else")
    for name in BASES:
        os.utime(project / "content" / "articles" / f"{name}.md", (0, 0))
    assert run(project) == 0
    assert outputs(project) == undisturbed(project) != told["1985-01-01 00:00:00"]


def test_sources_that_may_only_be_read_are_enough(project: Path):
    content = project / "content"
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in content.rglob("*") if path.is_file()}
    folders = [content, *(path for path in content.rglob("*") if path.is_dir())]
    for path in (*before, *folders):
        path.chmod(0o444 if path in before else 0o555)
    try:
        for arguments in (("check",), ("build", "html"), ("verify",), ("check", "--diff")):
            ran = pipeline(project, *arguments)
            assert ran.returncode == 0, ran.stderr
    finally:
        for path in folders:
            path.chmod(0o755)
    assert {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in content.rglob("*") if path.is_file()
    } == before
