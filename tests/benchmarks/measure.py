"""Commands, timed: on the clock, on the processor, and by the memory at their peak."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

PEAK = """
import sys
from pathlib import Path
from pipeline.cli import main
try:
    main(sys.argv[2:])
finally:
    Path(sys.argv[1]).write_text(Path("/proc/self/status").read_text())
"""

GLANCE = 0.3
"""Seconds between two looks at a command's workers. What one peaked at since it started is there as long as it is."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a command took."""

    wall: float
    """Seconds on the clock."""
    processor: float
    """Seconds of a processor, of the command and of the children that it waited for."""


@dataclass(slots=True)
class Peaks:
    """The most memory of a command, in MB."""

    own: float = 0.0
    """Of its own process."""
    workers: dict[int, float] = field(default_factory=dict)
    """Of each process that it started, by number; what they share with others counts for each."""


def timed(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str] | None = None) -> Spent:
    """Run a command in a folder, its output thrown away; raises CalledProcessError for exit codes over 1."""
    start = time.perf_counter()
    process = _started(command, folder, environment)
    _, status, used = os.wait4(process.pid, 0)
    return _spent(process, status, start, used.ru_utime + used.ru_stime)


def watched(arguments: Sequence[str | Path], folder: Path, environment: Mapping[str, str]) -> tuple[Spent, Peaks]:
    """Run a ``pipeline`` command as ``timed`` does, and look at its memory meanwhile."""
    status_file = folder / "status"
    start = time.perf_counter()
    process = _started([sys.executable, "-c", PEAK, status_file, *arguments], folder, environment)
    peaks = Peaks()
    with looking_at(process.pid, peaks):
        _, status, used = os.wait4(process.pid, 0)
    spent = _spent(process, status, start, used.ru_utime + used.ru_stime)
    peaks.own = peak_of(status_file)
    return spent, peaks


def _started(
    command: Sequence[str | Path], folder: Path, environment: Mapping[str, str] | None
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _spent(process: subprocess.Popen[bytes], status: int, start: float, processor: float) -> Spent:
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:  # 1 are findings, which linters tell so
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return Spent(time.perf_counter() - start, processor)


@contextmanager
def looking_at(leader: int, peaks: Peaks) -> Iterator[None]:
    """Note meanwhile what the processes of a session peak at, but for its leader."""
    done = threading.Event()

    def look() -> None:
        while not done.wait(GLANCE):
            for number in _session(leader):
                with suppress(OSError, StopIteration):  # it has ended
                    peaks.workers[number] = peak_of(Path(f"/proc/{number}/status"))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _session(leader: int) -> Iterator[int]:
    for place in Path("/proc").iterdir():
        if place.name.isdecimal() and place.name != str(leader):
            with suppress(OSError):
                if os.getsid(int(place.name)) == leader:
                    yield int(place.name)


def peak_of(status: Path) -> float:
    """The most memory in MB that a process had by its ``/proc/…/status``; StopIteration where it has ended."""
    line = next(line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
