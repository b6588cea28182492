"""Wherever the disk fails or the process ends, ``build/`` holds the whole old or the whole new state, and goes on from there."""

from __future__ import annotations

import errno
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.errors import ExportError
from pipeline.staging import WORK, Stage, locked, recover
from tests.faults.failing import Disk, EndedError, failing

OLD = {"html/a.html": b"old a", "html/gone.html": b"old", "manifest.json": b"old"}
NEW = {"html/a.html": b"new a", "html/deep/b.html": b"new b", "manifest.json": b"new"}
FAULTS: dict[str, Callable[[int], Disk]] = {
    "no space, once": lambda at: Disk(at, errno.ENOSPC),
    "no space from there on": lambda at: Disk(at, errno.ENOSPC, lasting=True),
    "a broken disk": lambda at: Disk(at, errno.EIO, lasting=True),
    "a disk that has become read-only": lambda at: Disk(at, errno.EROFS, lasting=True),
    "the end of the process": lambda at: Disk(at, ends=True),
}


def contents(out: Path) -> dict[str, bytes]:
    files = (path for path in out.rglob("*") if path.is_file() and WORK not in path.parts)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def commit(out: Path, files: dict[str, bytes]) -> None:
    """What a build does: stage what is new and what goes, then put it in its place."""
    with locked(out):
        stage = Stage.open(out)
        try:
            for path, data in files.items():
                stage.put(path, data)
            for path in contents(out).keys() - files.keys():
                stage.remove(path)
            stage.commit()
        finally:
            stage.close()


def start(folder: Path) -> Path:
    out = folder / "build"
    out.mkdir(parents=True)
    commit(out, OLD)
    return out


def number_of_calls(folder: Path) -> int:
    with failing(Disk(0)) as disk:
        commit(start(folder), NEW)
    return disk.calls


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_at_any_call_leaves_the_old_or_the_new_state(fault: str, tmp_path: Path):
    calls = number_of_calls(tmp_path / "whole")
    assert calls > 30
    for at in range(1, calls + 1):
        out = start(tmp_path / str(at))
        with failing(FAULTS[fault](at)), suppress(EndedError, ExportError):
            commit(out, NEW)
        with locked(out):
            recover(out)  # what `verify` and the next build do first
        assert contents(out) in (OLD, NEW), f"at call {at}"
        commit(out, NEW)
        assert contents(out) == NEW
        assert [path.name for path in (out / WORK).iterdir()] == [], f"at call {at}"


def test_a_fault_while_another_is_mended_is_mended_as_well(tmp_path: Path):
    """Recovering may fail too, at any call, and still the next one finishes it."""
    calls = number_of_calls(tmp_path / "whole")
    for at in range(calls // 2, calls + 1, 3):
        for again in range(1, 12):
            out = start(tmp_path / f"{at}-{again}")
            with failing(Disk(at, ends=True)), suppress(EndedError):
                commit(out, NEW)
            with failing(Disk(again, ends=True)), suppress(EndedError):
                recover(out)
            recover(out)
            assert contents(out) in (OLD, NEW), f"at call {at}, then {again}"
