"""What the export of one publication may take of the machine: processor time and memory. What takes more is stopped."""

from __future__ import annotations

import math
import multiprocessing
import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

SECONDS = 120.0
"""Processor time of one output, for each article in it; an ordinary one takes less than one."""
GRACE = 30.0
"""Seconds after which a worker ends that does not stop by itself."""
MEMORY = 4 * 1024**3
"""Bytes that a worker may hold."""
AGAIN = 2.0
"""Seconds after which one that swallows its end is told again."""


class OverLimitError(BaseException):
    """The time is up. No handler of ordinary errors on the way takes this for one of its own."""


@contextmanager
def within_limits(articles: int = 1) -> Iterator[None]:
    """Raise OverLimitError when what is done within takes more processor time than so many articles may.

    What runs in a worker and cannot be interrupted, within a library in C, is ended with the worker; so is what holds more
    memory. Where there is no main thread to interrupt, as on a cluster, nothing is limited.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    seconds = SECONDS * max(articles, 1)
    before = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN)
    _limit_worker(seconds + GRACE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        _limit_worker(math.inf)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise OverLimitError


def _limit_worker(seconds: float) -> None:
    """Let a worker end after so many more seconds of processor time; this process itself must live to tell of it."""
    if multiprocessing.parent_process() is None:
        return
    with suppress(ValueError, OSError):  # where the system has limits of its own, those hold
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        last = most if math.isinf(seconds) else math.ceil(used.ru_utime + used.ru_stime + seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (last, most))
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, most))
