"""What one article may take of the machine: processor time and memory. What takes more is stopped."""

from __future__ import annotations

import math
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from types import FrameType

SECONDS = 120.0
"""Processor time of one article: to check it, and again for each output of it; an ordinary one takes less than one."""
GRACE = 30.0
"""Seconds after which a process ends that does not stop by itself, where it may."""
MEMORY = 4 * 1024**3
"""Bytes that it may take beyond what is there already."""
ASKED = 32
"""Once in so many times it is asked what is held."""
AGAIN = 2.0
"""Seconds after which one that swallows its end is told again."""

expendable = False
"""Whether this process may end without harm: another one is there to tell of it."""


class OverLimitError(BaseException):
    """The time is up. No handler of ordinary errors on the way takes this for one of its own."""


OVER = (OverLimitError, MemoryError)
"""What is raised within limits where they are passed."""
DIVIDE = "Divide the article, or take out what is huge in it: a table, a picture, a word without an end."


def excess(error: BaseException) -> str:
    """What was too much, to follow the name of what was stopped."""
    if isinstance(error, MemoryError):
        return f"took more than {MEMORY // 1024**3} GB of memory and was stopped"
    return f"took more than {SECONDS:g} seconds of processor time for an article and was stopped"


def within_limits(articles: int = 1) -> AbstractContextManager[None]:
    """Raise OverLimitError when what is done within takes more processor time than so many articles may.

    Raises MemoryError when it wants more memory than there may be. A process that cannot be interrupted, within a library in
    C, is ended where it is ``expendable``.
    """
    return _Limits(SECONDS * max(articles, 1))


class _Limits(AbstractContextManager[None]):
    """Limits for so many seconds; written out, since they are set twice for each of thousands of articles."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._before: list[tuple[int, tuple[int, int]]] = []
        """Limits of the process as they were."""
        self._end: Callable[[], None] = _nothing
        """Ends the watch on time."""

    def __enter__(self) -> None:
        try:
            self._hold(resource.RLIMIT_DATA, _held() + MEMORY)
            if expendable:
                used = resource.getrusage(resource.RUSAGE_SELF)
                self._hold(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime + self._seconds + GRACE))
            alone = threading.current_thread() is threading.main_thread()
            self._end = _interrupt(self._seconds) if alone else _interrupt_thread(self._seconds)
        except BaseException:
            self.__exit__(None, None, None)
            raise

    def __exit__(self, *_error: object) -> None:
        try:
            self._end()
        finally:
            for what, before in reversed(self._before):
                resource.setrlimit(what, before)

    def _hold(self, what: int, most: int) -> None:
        """Hold this process to a limit, unless it has a lower one already."""
        before = resource.getrlimit(what)
        finite = [limit for limit in (most, *before) if limit != resource.RLIM_INFINITY]
        self._before.append((what, before))
        resource.setrlimit(what, (min(finite), before[1]))


def _nothing() -> None:
    pass


class _Held:
    """Bytes that this process holds already, as RLIMIT_DATA counts them; 0 where the system does not say (proc(5)).

    It is asked now and then: what comes in between is little beside what an article may take.
    """

    def __init__(self) -> None:
        self._bytes = self._calls = 0

    def __call__(self) -> int:
        if self._calls % ASKED == 0:
            self._bytes = self._ask()
        self._calls += 1
        return self._bytes

    def _ask(self) -> int:
        try:
            with open("/proc/self/statm", "rb", buffering=0) as file:  # noqa: PTH123 -- for thousands of articles
                return int(file.read().split()[5]) * resource.getpagesize()
        except OSError:
            return 0


_held = _Held()


def _interrupt(seconds: float) -> Callable[[], None]:
    """In the main thread, a timer of the system does it; one that is running already waits meanwhile. Returns what ends it."""
    before = signal.signal(signal.SIGPROF, _stop)
    running = signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN)

    def end() -> None:
        try:
            signal.setitimer(signal.ITIMER_PROF, *running)
        finally:
            signal.signal(signal.SIGPROF, before)

    return end


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise OverLimitError


def _interrupt_thread(seconds: float) -> Callable[[], None]:
    """In any other thread, as on a cluster, where no signal goes, another thread does it. Returns what ends it."""
    watch = _Watch(threading.get_ident(), seconds)
    watch.start()
    return watch.end


class _Watch(threading.Thread):
    """Raises OverLimitError in a thread once it has taken its time, and again until it heeds that."""

    def __init__(self, thread: int, seconds: float) -> None:
        super().__init__(daemon=True)
        self._thread = thread
        self._clock = _clock_of(thread)
        self._until = self._clock() + seconds
        self._over = threading.Event()
        self._telling = threading.Lock()

    def run(self) -> None:
        """Look at the thread's clock again and again; it never runs ahead of the one on the wall."""
        while not self._over.wait(max(self._until - self._clock(), AGAIN / 100)):
            with self._telling:
                if not self._over.is_set() and self._clock() >= self._until:
                    _raise_in(self._thread, OverLimitError)
                    self._until += AGAIN

    def end(self) -> None:
        """Let the thread be: what it was told and has not heard yet is taken back."""
        with self._telling:
            self._over.set()
            _raise_in(self._thread, None)


def _clock_of(thread: int) -> Callable[[], float]:
    """Tells the processor time of a thread, in seconds; where the system does not know that, of the whole process."""
    if sys.platform == "darwin":
        return time.process_time
    clock = time.pthread_getcpuclockid(thread)
    return lambda: time.clock_gettime(clock)


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    import ctypes  # of which a single article needs nothing

    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error) if error else None)


def available_processors() -> int:
    """Processors that this process may run on."""
    with suppress(AttributeError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
