"""Commands, timed: on the clock, on the processor, and by the memory at their peak."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Spent:
    """What a command took."""

    wall: float
    """Seconds on the clock."""
    processor: float
    """Seconds of a processor, of the command and of the children that it waited for."""


def timed(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str] | None = None) -> Spent:
    """Run a command in a folder, its output thrown away; raises CalledProcessError for exit codes over 1."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:  # 1 are findings, which linters tell so
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return Spent(time.perf_counter() - start, used.ru_utime + used.ru_stime)


def peak(arguments: Sequence[str], folder: Path, environment: Mapping[str, str]) -> float:
    """The most memory in MB that the process of a ``pipeline`` command had; that of its workers does not count."""
    status = folder / "status"
    timed([sys.executable, "-c", PEAK, status, *arguments], folder, environment)
    line = next(line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
