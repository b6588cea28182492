"""What is staged takes its place whole or not at all."""

from __future__ import annotations

import json
import multiprocessing
import multiprocessing.synchronize
import os
import signal
import sys
from pathlib import Path

import pytest

from pipeline import staging
from pipeline.errors import ExportError
from pipeline.staging import JOURNAL, STAGED, WORK, Stage, locked, recover, write_atomically


def contents(out: Path) -> dict[str, bytes]:
    files = (path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def test_nothing_changes_before_the_commit(tmp_path: Path):
    (tmp_path / "a.txt").write_bytes(b"old")
    stage = Stage.open(tmp_path)
    stage.put("a.txt", b"new")
    stage.remove("a.txt")
    assert (tmp_path / "a.txt").read_bytes() == b"old"
    stage.close()
    assert contents(tmp_path) == {"a.txt": b"old"}


def test_a_commit_puts_and_removes_and_leaves_no_trace(tmp_path: Path):
    (tmp_path / "gone").mkdir()
    (tmp_path / "gone" / "a.txt").write_bytes(b"old")
    (tmp_path / "mine.txt").write_bytes(b"not ours")
    stage = Stage.open(tmp_path)
    stage.put("deep/er/b.txt", b"new")
    stage.remove("gone/a.txt")
    stage.commit()
    assert contents(tmp_path) == {"deep/er/b.txt": b"new", "mine.txt": b"not ours"}
    assert not (tmp_path / "gone").exists()


@pytest.mark.parametrize("together", [True, False])
def test_many_files_are_on_disk_before_the_journal_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, together: bool
):
    waited: list[str] = []
    usual, all_is_written = os.fsync, staging._all_is_written

    def one(descriptor: int) -> None:
        waited.append("journal" if (tmp_path / WORK / JOURNAL).exists() else "file")
        usual(descriptor)

    def all_of_them(folder: Path) -> bool:
        waited.append("all")
        return together and all_is_written(folder)

    monkeypatch.setattr(os, "fsync", one)
    monkeypatch.setattr(staging, "_all_is_written", all_of_them)
    stage = Stage.open(tmp_path)
    wanted = {f"{number % 3}/{number}.txt": bytes([number]) for number in range(staging.MANY)}
    for path, data in wanted.items():
        stage.put(path, data)
    stage.commit()
    assert contents(tmp_path) == wanted
    singly = 1 if together and sys.platform == "linux" else staging.MANY + 1  # the journal's own file is one
    assert waited[: singly + 1] == ["all", *["file"] * singly]
    assert "file" not in waited[singly + 1 :]


@pytest.mark.parametrize("applied", [0, 1, 2])
def test_a_build_killed_after_its_journal_is_finished_by_the_next_one(tmp_path: Path, applied: int):
    (tmp_path / "old.txt").write_bytes(b"old")
    staged = tmp_path / WORK / STAGED
    staged.mkdir(parents=True)
    put = [("0", "a.txt"), ("1", "manifest.json")]
    for name, path in put[:applied]:
        (tmp_path / path).write_bytes(f"new {name}".encode())
    for name, _ in put[applied:]:
        (staged / name).write_bytes(f"new {name}".encode())
    (tmp_path / WORK / JOURNAL).write_text(json.dumps({"put": put, "remove": ["old.txt"]}))
    recover(tmp_path)
    assert contents(tmp_path) == {"a.txt": b"new 0", "manifest.json": b"new 1"}


def test_a_build_killed_before_its_journal_leaves_the_old_state(tmp_path: Path):
    (tmp_path / "a.txt").write_bytes(b"old")
    stage = Stage.open(tmp_path)
    stage.put("a.txt", b"new")
    recover(tmp_path)
    assert contents(tmp_path) == {"a.txt": b"old"}


JOURNALS = {
    "cut off": '{"put": [["0"',
    "a list": "[]",
    "nested without end": "[" * 100_000,
    "puts a file outside": json.dumps({"put": [["0", "../outside.txt"]], "remove": []}),
    "takes a file from outside": json.dumps({"put": [["../../outside.txt", "a.txt"]], "remove": []}),
    "removes a file outside": json.dumps({"put": [], "remove": ["../outside.txt"]}),
    "removes a file by its whole path": json.dumps({"put": [], "remove": ["/etc/passwd"]}),
    "names no files": json.dumps({"put": [1], "remove": [2]}),
}


@pytest.mark.parametrize("kind", JOURNALS)
def test_a_journal_that_no_build_wrote_changes_nothing(tmp_path: Path, kind: str):
    out = tmp_path / "build"
    staged = out / WORK / STAGED
    staged.mkdir(parents=True)
    (staged / "0").write_bytes(b"new")
    (out / "a.txt").write_bytes(b"old")
    (tmp_path / "outside.txt").write_bytes(b"not ours")
    (out / WORK / JOURNAL).write_text(JOURNALS[kind])
    recover(out)
    assert contents(tmp_path) == {"build/a.txt": b"old", "outside.txt": b"not ours"}


@pytest.mark.parametrize("path", ["../a.txt", "/a.txt", "x/../../a.txt", ""])
def test_a_path_that_leaves_the_folder_is_refused(tmp_path: Path, path: str):
    stage = Stage.open(tmp_path)
    with pytest.raises(ExportError, match="leaves build/"):
        stage.put(path, b"")


def test_an_atomic_write_leaves_no_temporary_file_when_it_fails(tmp_path: Path):
    target = tmp_path / "folder"
    target.mkdir()
    with pytest.raises(OSError, match="folder"):
        write_atomically(target, b"data")
    assert list(tmp_path.iterdir()) == [target]


def _hold(folder: str, ready: multiprocessing.synchronize.Event) -> None:
    with locked(Path(folder)):
        ready.set()
        signal.pause()


def test_a_second_process_sees_that_the_folder_is_taken_until_the_first_is_killed(tmp_path: Path):
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    holder = context.Process(target=_hold, args=(str(tmp_path), ready))
    holder.start()
    assert ready.wait(60)
    with locked(tmp_path, wait=False) as held:
        assert not held
    assert holder.pid is not None
    os.kill(holder.pid, signal.SIGKILL)
    holder.join(60)
    with locked(tmp_path, wait=False) as held:
        assert held
