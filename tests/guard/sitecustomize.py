"""Put on ``PYTHONPATH``, this watches every Python process of a command, workers included.

``WATCH_READ`` and ``WATCH_WRITE`` are the folders that it may use, ``WATCH_LOG`` is where each process notes what it should not
have done.
"""

from __future__ import annotations

import os
import sys

from tests.guard.watch import MACHINE, PYTHON, Watch

log = os.open(os.environ["WATCH_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)


def note(what: str) -> None:
    """Write it down at once: a worker may be ended without having a chance to."""
    os.write(log, f"{what}\n".encode())


watch = Watch(
    (*MACHINE, *PYTHON, *os.environ["WATCH_READ"].split(os.pathsep)),
    tuple(os.environ["WATCH_WRITE"].split(os.pathsep)),
    note,
)
sys.addaudithook(watch.hook)
