"""A Dask cluster to work on: tasks travel there and results back, and only this process writes."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from multiprocessing import parent_process
from typing import Any, TypeVar

from pipeline import limits
from pipeline.errors import NobodyWorksError, UsageError
from pipeline.toolchain import toolchain

PATIENCE = 30
"""Seconds to wait for the scheduler, and for a first worker."""

Task = TypeVar("Task")
Done = TypeVar("Done")

_ONE_AT_A_TIME = threading.Lock()
"""Of a process: what documents are set with is no good to two threads at once."""


class OtherVersionError(Exception):
    """A worker has another version of the pipeline, or of what it stands on, and would make other files."""


class Cluster:
    """The workers of one scheduler. Those that die are replaced by the scheduler, which gives their tasks to others."""

    lasts = sys.maxsize
    """Workers of a cluster have nannies of their own that watch their memory."""

    def __init__(self, address: str) -> None:
        """Connect to ``HOST:PORT``. Raises UsageError without the extra ``cluster``, NobodyWorksError where nobody answers."""
        try:
            import distributed
        except ImportError as error:
            help_ = "pip install 'fitness-press[cluster]'"
            raise UsageError("a Dask cluster needs the extra `cluster`, which is not installed", help=help_) from error
        for name in ("distributed", "distributed.client", "tornado", "tornado.application"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is said once, by the pipeline
        try:
            connect: Any = distributed.Client
            self._client = connect(f"tcp://{address}", timeout=PATIENCE, set_as_default=False)
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, ValueError, TimeoutError) as error:
            help_ = "Start `dask scheduler` and at least one `dask worker` there, or leave --executor out."
            raise NobodyWorksError(f"no Dask cluster can be reached at {address}: {error}", help=help_) from error
        self._size = 1
        self.executor: Executor = _Sending(self._client.get_executor(pure=False))

    def size(self) -> int:
        """How many worker processes there are now, or were when they could last be counted; they may come and go."""
        with suppress(Exception):  # where there is no scheduler any more, what is given to it tells
            self._size = max(1, len(self._client.nthreads()))
        return self._size

    def close(self, *, now: bool) -> None:
        """Disconnect; ``now`` takes back what is not done."""
        self.executor.shutdown(wait=not now)
        self._client.close()


class _Sending(Executor):
    """Sends each task together with the version of what shall do it."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Raises OSError where there is nobody any more to send it to."""
        try:
            return self._executor.submit(_done_alike, toolchain(), fn, *args, **kwargs)
        except Exception as error:
            raise ConnectionError(str(error)) from error

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002 -- as Executor has it
        self._executor.shutdown(wait=wait)


def _done_alike(wanted: str, work: Callable[[Task], Done], task: Task) -> Done:
    """What ``work`` makes of a task; raises OtherVersionError where it would not be the same as at home."""
    if toolchain() != wanted:
        raise OtherVersionError("it has another version of the pipeline, or of what that stands on; install the same")
    with _ONE_AT_A_TIME:
        limits.expendable = parent_process() is not None  # a nanny's worker is replaced
        return work(task)
