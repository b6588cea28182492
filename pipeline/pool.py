"""Processes of this machine that work.

They come from a fork server, since plain forks would inherit the lock on build/. ``max_tasks_per_child`` is not for us: before
Python 3.13.9 a pool may stand still for ever when a worker has done its share (python/cpython#115634).
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait as wait_for_end
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.forkserver import _forkserver, ensure_running
from types import ModuleType
from typing import Any

from pipeline import limits


class Pool:
    """Some processes; they start as there is work for them."""

    def __init__(self, count: int, warm: str, *, lasts: int) -> None:
        """``warm`` is the module that is imported once for all of them; ``lasts`` is after how many tasks they are replaced."""
        self.lasts = lasts
        self._count = count
        self._before = set(multiprocessing.active_children())
        context = _Context()
        context.set_forkserver_preload([warm])
        with _no_program():
            ensure_running()  # it reads what it needs while others do something else
        self.executor: Executor = ProcessPoolExecutor(count, mp_context=context, initializer=_start)

    def size(self) -> int:
        """How many there are."""
        return self._count

    def close(self, *, now: bool) -> None:
        """Let them go: when they are done, or ``now``."""
        self.executor.shutdown(wait=not now, cancel_futures=True)
        if now:
            for process in set(multiprocessing.active_children()) - self._before:
                process.terminate()


class _Process(ForkServerProcess):
    def start(self) -> None:
        with _no_program():
            try:
                super().start()
            except (KeyboardInterrupt, SystemExit):
                _end_server()
                raise


class _Context(ForkServerContext):
    Process = _Process


def _end_server() -> None:
    """End the fork server: it would go on to start a process of which nobody knows, and which would find nobody to work for."""
    process = vars(_forkserver).get("_forkserver_pid")
    if process is not None:
        with suppress(OSError):
            os.kill(process, signal.SIGKILL)


@contextmanager
def _no_program() -> Iterator[None]:
    """Hide which program this is from processes that start.

    They would run its module first, for work that is none of ours: the command line's takes 50 ms each, and a script that
    builds without asking whether it is ``__main__`` would have each worker build as well, and wait for its own lock for ever.
    """
    program = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = program


def _start() -> None:
    """Make a worker leave interrupts to its parent, and end with it whatever becomes of that."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    limits.expendable = True
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: Any) -> None:
    wait_for_end([sentinel])
    os._exit(1)
