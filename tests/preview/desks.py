"""Opens a real desk: the command, in a process of its own, on a content tree that a test may change."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ADDRESS = re.compile(r"(http://127\.0\.0\.1:\d+)/\?token=([\w-]+)")


@dataclass(frozen=True)
class OpenDesk:
    """A desk that is open."""

    process: subprocess.Popen[str]
    address: str
    token: str

    @property
    def entrance(self) -> str:
        """The address that it printed."""
        return f"{self.address}/?token={self.token}"

    def close(self) -> tuple[int, str]:
        """Press Ctrl-C; the exit code, and what the desk said last."""
        self.process.send_signal(signal.SIGINT)
        said, _ = self.process.communicate(timeout=30)
        return self.process.returncode, said


@contextmanager
def opened_desk(folder: Path, *options: str) -> Iterator[OpenDesk]:
    """The desk of ``content`` in a folder, until the test is done with it."""
    command = [sys.executable, "-m", "pipeline", "preview", "--no-browser", "--port", "0", *options]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert process.stdout is not None
        found = ADDRESS.search(process.stdout.readline())
        assert found, process.stdout.read()
        yield OpenDesk(process, *found.groups())
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
