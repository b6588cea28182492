"""How far long work has come: a bar with rate and time left on a terminal, now and then a plain line elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any

import rich_click as click

QUIET = 10.0
"""Seconds between two lines, and before the first: short work goes without."""
SHOWN = 40
"""Characters of a path; its end tells more than its start."""

Progress = Callable[[int, int, str], None]
"""Called with how much is done, of how much, and what was last."""


@contextmanager
def progress(verb: str) -> Iterator[Progress]:
    """What to tell how far the work has come; ``verb`` says what is being done."""
    if not sys.stderr.isatty():
        yield _Lines(verb, sys.stderr)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn(verb),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TextColumn("elapsed"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, rate="")
        start = time.monotonic()

        def show(done: int, total: int, path: str) -> None:
            rate = f"{done / max(time.monotonic() - start, 0.001):.1f}/s"
            bar.update(task, completed=done, total=total, rate=rate, description=path[-SHOWN:])

        yield show


class _Lines:
    """A line from time to time, for logs."""

    def __init__(self, verb: str, stream: IO[str], clock: Callable[[], float] = time.monotonic) -> None:
        self._verb, self._stream, self._clock = verb, stream, clock
        self._start = self._last = clock()

    def __call__(self, done: int, total: int, _path: str) -> None:
        now = self._clock()
        if now - self._last < QUIET or done >= total:
            return
        self._last = now
        rate = done / (now - self._start)
        line = f"{self._verb} {done} of {total} ({done * 100 // total}%), {rate:.1f} a second, {_left((total - done) / rate)} left"
        click.echo(line, file=self._stream)


def _left(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"about {minutes} min" if minutes else f"about {round(seconds)} s"


def timetable(timings: Any) -> str:
    """How long each stage took, a line each."""
    lines = [f"{seconds:9.2f} s  {stage}\n" for stage, seconds in timings.here.items()]
    if timings.there:
        lines.append("processor time of the workers, all together:\n")
        lines += [f"{seconds:9.2f} s  {stage}\n" for stage, seconds in timings.there.items()]
    return "".join(lines)
