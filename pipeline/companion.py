"""One process beside this one to work in: a fork of it, which is there at once and may end without harm.

What is done there can be ended by force, which a process cannot do to itself and still tell of it.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn, TypeVar

from pipeline import limits

Task = TypeVar("Task")
Done = TypeVar("Done")


class EndedError(Exception):
    """The companion ended before it was done."""


class Companion:
    """A process that does what it is told, one thing after the other; it starts with this object, and ends with it."""

    def __init__(self) -> None:
        """Start it. What another thread of this process holds at this moment stays held there, so let none do such work."""
        self.given = 0
        """How many tasks it was given."""
        told, tell = os.pipe()
        hear, said = os.pipe()
        watched, self._here = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            for ours in (tell, hear, self._here):
                os.close(ours)
            _serve(told, said, watched)
        for others in (told, said, watched):
            os.close(others)
        self._tell, self._hear = os.fdopen(tell, "wb"), os.fdopen(hear, "rb")

    def prepare(self, work: Callable[[Task], object], task: Task) -> None:
        """Let it do something before what it is told next; nobody waits for that, or hears what came of it."""
        with suppress(OSError):
            self._say(work, task, answered=False)

    def do(self, work: Callable[[Task], Done], task: Task, meanwhile: Callable[[], object] = lambda: None) -> Done:
        """What ``work``, a function of a module that never raises, makes of a task; raises EndedError.

        ``meanwhile`` is done in this process.
        """
        self.given += 1
        try:
            self._say(work, task, answered=True)
        except OSError as error:
            raise EndedError from error
        meanwhile()
        try:
            done: Done = pickle.load(self._hear)  # noqa: S301 -- it is this very program
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise EndedError from error
        return done

    def _say(self, work: Callable[[Task], object], task: Task, *, answered: bool) -> None:
        pickle.dump((work, task, answered), self._tell)
        self._tell.flush()

    def close(self) -> None:
        """End it, whatever it is doing."""
        with suppress(OSError):
            os.kill(self._pid, signal.SIGKILL)
        for pipe in (self._tell, self._hear):
            with suppress(OSError):
                pipe.close()
        os.close(self._here)
        with suppress(OSError):
            os.waitpid(self._pid, 0)


def _serve(told: int, said: int, watched: int) -> NoReturn:
    """Work until there is nobody any more to tell what, or to hear what came of it."""
    try:
        gc.freeze()  # else looking for garbage would copy each page of memory that both share as yet
        signal.signal(
            signal.SIGINT, signal.SIG_IGN
        )  # it goes to all processes of a terminal; ours ends this one itself
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        limits.expendable = True
        threading.Thread(target=_end_with, args=(watched,), daemon=True).start()
        with os.fdopen(told, "rb") as tasks, os.fdopen(said, "wb") as results:
            while True:
                work, task, answered = pickle.load(tasks)  # noqa: S301 -- from this very program
                if answered:
                    pickle.dump(work(task), results)
                    results.flush()
                else:
                    with suppress(Exception):  # whoever needs it for a task is told
                        work(task)
                    gc.freeze()
    finally:
        os._exit(1)


def _end_with(pipe: int) -> None:
    """End when the other end of a pipe is closed, also in the middle of a task."""
    os.read(pipe, 1)
    os._exit(1)
