"""What a build may make something of, and what a worker made of it by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.errors import PipelineError
from pipeline.executor import Job, Outcome
from pipeline.manifest import CheckCounts
from pipeline.model.publication import Publication
from pipeline.plan import Planned
from pipeline.source import Shelved
from pipeline.state import Parts


@dataclass(frozen=True, slots=True)
class Prospect:
    """A sound source of which something is to be there."""

    source: str
    """Relative to ``content/``."""
    checks: CheckCounts
    texts: tuple[str, ...]
    """Digests of its source, and of those that it holds."""
    publication: Callable[[], Publication]
    """Puts it together; raises PipelineError."""
    plan: Planned | None = None
    """What was planned of the same source before; None where that is not known."""
    keep: Callable[[Planned], None] = lambda _plan: None
    """Takes the plan, for the next time."""
    article: Shelved | None = None
    """The article that it is, where it is one of the tree."""


Hand = Callable[[Sequence[Prospect]], list[Prospect]]
"""Gives prospects to whoever reads and makes them; returns those that are left over."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What a worker made of a source that it read itself."""

    plan: Planned | None = None
    parts: Parts = field(default_factory=dict)
    made: tuple[tuple[Job, Outcome], ...] = ()
    """What was stale; the publications of these jobs are without chapters."""
    error: PipelineError | None = None
    """Why there is no plan."""
