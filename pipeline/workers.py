"""Where work is done: in this process, in a pool of processes, or on a Dask cluster.

Work is a pure function of one picklable value that never raises; what comes back is the same wherever it ran. Nothing else
is shared with whoever does it: not a disk, not a variable.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import chain, islice
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self, TypeVar

from pipeline.companion import Companion, EndedError
from pipeline.errors import UsageError
from pipeline.frozen import dataclass
from pipeline.limits import DIVIDE, available_processors

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

LOCAL = "local"
DASK = "dask://"
FEW = 3
"""Up to so many tasks are done sooner in this process than workers take to start."""
TASKS_A_WORKER = 100
"""Workers are replaced after so many tasks each, before they grow."""
ENDED = "its worker ended before it was done: it took too much time or memory, or crashed"
STARTS, PAUSE = 5, 0.2
"""So often, so many seconds apart, workers are started for a task that none has had: what was killed may not be gone at once."""
AHEAD = 2
"""Tasks for each worker that are under way or wait for it; what they are made of need not be there sooner."""

Task = TypeVar("Task")
Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Lost:
    """What becomes of a task whose worker ended before it was done, every time."""

    reason: str
    help: str = DIVIDE


class _GoneError(Exception):
    """Those who work, or who would start them, ended before a task could be given to them."""


class _Crew(Protocol):
    """Those who work, while they are there."""

    executor: Executor
    lasts: int
    """Tasks after which others take their place."""

    def size(self) -> int:
        """How many tasks they do at once."""

    def close(self, *, now: bool) -> None:
        """Let them go: when they are done, or ``now``."""


class Workers:
    """A place to work; a context manager. Workers start when there is enough to do, and end with it."""

    def __init__(
        self,
        count: int | None = None,
        executor: str = LOCAL,
        warm: str = "pipeline.warm",
        *,
        apart: bool = False,
    ) -> None:
        """``count`` is of processes here (default: one a processor); ``executor`` is ``local`` or ``dask://HOST:PORT``.

        ``warm`` is the module that workers need and that is imported once for all of them. ``apart`` is for what can be
        ended by force: then nothing is done in this process, which may have only one thread.
        Raises UsageError for any other executor.
        """
        if executor != LOCAL and not re.fullmatch(rf"{DASK}((tcp|tls)://)?[^/\s]+:[0-9]{{1,5}}", executor):
            help_ = "Write local, or dask://HOST:PORT of a Dask scheduler."
            raise UsageError(f"there is no executor {executor}", help=help_)
        self._count = count or available_processors()
        self._address = executor.removeprefix(DASK) if executor != LOCAL else ""
        self._warm = warm
        self._crew: _Crew | None = None
        self._given = 0
        self._apart = apart and sys.platform == "linux"  # a fork is no place for the libraries of macOS
        self._companion: Companion | None = None
        self._asked = 0
        self.meanwhile: Callable[[], object] = _nothing
        """What this process does, once, when all that it can do for a task is to wait for it."""

    @property
    def alone(self) -> bool:
        """Whether all is done in this process."""
        return not self._address and self._count == 1

    @property
    def there(self) -> bool:
        """Whether others work already, so that two things can be done at once."""
        return self._crew is not None

    @contextmanager
    def here(self) -> Iterator[Workers]:
        """Those of this machine, for work that needs its files."""
        if not self._address:
            yield self
            return
        with Workers(self._count) as workers:
            yield workers

    def __enter__(self) -> Self:
        """Give back itself; nothing starts yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        """Let everybody go, at once where something went wrong."""
        self._dismiss(now=kind is not None)
        self._part()

    def stop(self) -> None:
        """Let everybody go at once, whatever is under way."""
        self._dismiss(now=True)
        self._part()

    def each(
        self, work: Callable[[Task], Done], tasks: Iterable[Task], few: int = FEW
    ) -> Iterator[tuple[Task, Done | Lost]]:
        """Each task with what ``work``, a function of a module, makes of it, as they are done.

        ``tasks`` are taken only as fast as they are worked off. Up to ``few`` of them are done here, unless workers are there
        already. A task whose worker died is done again, alone at last, so that only the one that kills its worker is lost.
        """
        with self.staying():
            waiting = iter(tasks)
            first = list(islice(waiting, few + 1))
            if self.alone or (not self._address and self._crew is None and len(first) <= few):
                for task in chain(first, waiting):
                    yield task, self._beside(work, task) if self._apart else work(task)
            else:
                yield from self._shared_out(work, chain(first, waiting))

    @contextmanager
    def staying(self) -> Iterator[None]:
        """Who works beside this process stays as long as this lasts, or any work does."""
        self._asked += 1
        try:
            yield
        finally:
            self._asked -= 1
            if not self._asked:  # memory that is shared no more need not be copied to be written to
                self._part()

    def prepare(self, module: str) -> None:
        """Start the process beside this one, where there is to be one, and let it import what it will need."""
        if self._apart and not self._address:
            self._beside_this().prepare(import_module, module)

    def expect_many(self) -> None:
        """Let the process that workers are forked from start now, where there are to be some."""
        if not self.alone and not self._address:
            self._present(idle=True)

    def _beside(self, work: Callable[[Task], Done], task: Task) -> Done | Lost:
        """Do it in a process that is there sooner than those of a crew."""
        if self._companion is not None and self._companion.given >= TASKS_A_WORKER:
            self._part()
        try:
            return self._beside_this().do(work, task, self._wait)
        except EndedError:
            self._part()
            return Lost(ENDED)

    def _beside_this(self) -> Companion:
        if self._companion is None:
            self._companion = Companion()
        return self._companion

    def _wait(self) -> None:
        meanwhile, self.meanwhile = self.meanwhile, _nothing
        meanwhile()

    def _shared_out(self, work: Callable[[Task], Done], tasks: Iterator[Task]) -> Iterator[tuple[Task, Done | Lost]]:
        from concurrent.futures import (
            FIRST_COMPLETED,
            BrokenExecutor,
            CancelledError,
            wait,
        )  # who works alone needs none

        pending: dict[Future[Done], Task] = {}
        while True:
            crew = self._present(idle=not pending)
            room = min(AHEAD * crew.size() - len(pending), crew.lasts - self._given)
            for task in islice(tasks, max(room, 0)):
                pending[self._submit(crew, work, task)] = task
            if not pending:
                return
            orphans: list[Task] = []
            self._wait()
            for future in wait(pending, return_when=FIRST_COMPLETED).done:
                task = pending.pop(future)
                try:
                    done = future.result()
                except (BrokenExecutor, CancelledError, _GoneError):
                    orphans.append(task)
                except Exception as error:  # noqa: BLE001 -- work never raises: it is the worker that is gone
                    yield task, _failed(error)
                else:
                    yield task, done
            if orphans:
                orphans += pending.values()
                pending = {}
                yield from self._one_by_one(work, orphans)

    def _one_by_one(self, work: Callable[[Task], Done], tasks: Iterable[Task]) -> Iterator[tuple[Task, Done | Lost]]:
        """Those that were under way as a worker died: nobody can tell which of them it was."""
        self._dismiss(now=True)
        for task in tasks:
            yield task, self._by_itself(work, task)

    def _by_itself(self, work: Callable[[Task], Done], task: Task) -> Done | Lost:
        """What ``work`` makes of a task beside which nothing is under way."""
        from concurrent.futures import BrokenExecutor, CancelledError

        for _ in range(STARTS):
            crew = self._present(idle=True)
            try:
                return self._submit(crew, work, task).result()
            except _GoneError:
                self._dismiss(now=True)
                time.sleep(PAUSE)
            except (BrokenExecutor, CancelledError):
                self._dismiss(now=True)
                break
            except Exception as error:  # noqa: BLE001 -- as above
                return _failed(error)
        return Lost(ENDED)

    def _submit(self, crew: _Crew, work: Callable[[Task], Done], task: Task) -> Future[Done]:
        """Give a task to a crew; where that cannot be, because somebody has just ended, the result raises _GoneError."""
        from concurrent.futures import BrokenExecutor, Future

        self._given += 1
        try:
            return crew.executor.submit(work, task)
        except (BrokenExecutor, EOFError, OSError) as error:
            gone: Future[Done] = Future()
            gone.set_exception(_GoneError(str(error)))
            return gone

    def _present(self, *, idle: bool) -> _Crew:
        """Those who work; others, where they have done enough and are ``idle``."""
        if self._crew and idle and self._given >= self._crew.lasts:
            self._dismiss(now=False)
        if self._crew is None:
            self._given = 0
            self._crew = _cluster(self._address) if self._address else _pool(self._count, self._warm)
        return self._crew

    def _dismiss(self, *, now: bool) -> None:
        if self._crew is not None:
            crew, self._crew = self._crew, None
            crew.close(now=now)

    def _part(self) -> None:
        if self._companion is not None:
            companion, self._companion = self._companion, None
            companion.close()


def _failed(error: Exception) -> Lost:
    help_ = "See what the worker says; it must have the same version of everything as this machine."
    return Lost(f"its worker failed: {type(error).__name__}: {error}", help_)


def _pool(count: int, warm: str) -> _Crew:
    from pipeline.pool import Pool  # of which a single article needs nothing

    return Pool(count, warm, lasts=TASKS_A_WORKER * count)


def _cluster(address: str) -> _Crew:
    from pipeline.cluster import Cluster  # an extra; few have one

    return Cluster(address)


def _nothing() -> None:
    """Nothing."""
