"""Commands, timed: on the clock, on the processor, and by the memory at their peak."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

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


MOST_SAID = 1_000
"""Characters of what a command that failed said at last."""


class FailedError(Exception):
    """A command that was to be measured failed."""


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
    """Run a command in a folder, its output thrown away; raises FailedError for exit codes over 1."""
    with TemporaryFile() as said:
        start = time.perf_counter()
        process = _started(command, folder, environment, said)
        return _spent(process, start, said)


def watched(arguments: Sequence[str | Path], folder: Path, environment: Mapping[str, str]) -> tuple[Spent, Peaks]:
    """Run a ``pipeline`` command as ``timed`` does, and look at its memory meanwhile."""
    status_file = folder / "status"
    peaks = Peaks()
    with TemporaryFile() as said:
        start = time.perf_counter()
        process = _started([sys.executable, "-c", PEAK, status_file, *arguments], folder, environment, said)
        with looking_at(process.pid, peaks):
            spent = _spent(process, start, said)
    peaks.own = peak_of(status_file)
    return spent, peaks


def _started(
    command: Sequence[str | Path], folder: Path, environment: Mapping[str, str] | None, said: IO[bytes]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=said,
        start_new_session=True,
    )


def _spent(process: subprocess.Popen[bytes], start: float, said: IO[bytes]) -> Spent:
    """What a command took in the end; raises FailedError. It ends with whoever waits for it."""
    try:
        _, status, used = os.wait4(process.pid, 0)
    except KeyboardInterrupt:
        os.killpg(process.pid, signal.SIGTERM)  # it has a session of its own
        raise
    spent = Spent(time.perf_counter() - start, used.ru_utime + used.ru_stime)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:  # 1 are findings, which linters tell so
        said.seek(0)
        last = said.read().decode("utf-8", "replace").strip()[-MOST_SAID:]
        raise FailedError(f"{process.args!r} ended with {process.returncode}: {last}")
    return spent


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
