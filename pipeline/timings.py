"""How long the stages of a build take."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Timings:
    """Seconds by stage, in the order in which the stages were first met."""

    here: dict[str, float] = field(default_factory=dict)
    """On the clock, in this process."""
    there: dict[str, float] = field(default_factory=dict)
    """Of a processor, in all workers together."""

    @contextmanager
    def of(self, stage: str) -> Iterator[None]:
        """Count what is done inside to a stage."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.here[stage] = self.here.get(stage, 0.0) + time.perf_counter() - start

    def add(self, seconds: Iterable[tuple[str, float]]) -> None:
        """Count what a worker needed."""
        for stage, spent in seconds:
            self.there[stage] = self.there.get(stage, 0.0) + spent


@contextmanager
def spent(on: list[tuple[str, float]], stage: str) -> Iterator[None]:
    """Note the processor time of what is done inside."""
    start = time.process_time()
    try:
        yield
    finally:
        on.append((stage, time.process_time() - start))
