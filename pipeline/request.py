"""What a build is asked to do, and what it did."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Literal

from pipeline.errors import PipelineError, UsageError
from pipeline.manifest import MANIFEST, Output
from pipeline.model.layout import Layout
from pipeline.model.publication import Copy
from pipeline.report.summary import Report
from pipeline.timings import Timings
from pipeline.workers import FEW

SET = frozenset({"pdf", "epub"})
"""Formats of which something is set on pages, with libraries that take longer to read than an article."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a build is asked to do."""

    content: Path
    out: Path
    formats: tuple[str, ...]
    paths: tuple[Path, ...] = ()
    as_of: date | None = None
    paper: Literal["A4", "Letter", "A5"] | None = None
    drafts: bool = False
    force: bool = False
    fail_fast: bool = False
    jobs: int | None = None
    executor: str = "local"
    """Where publications are exported: here, or ``dask://HOST:PORT``."""
    apart: bool = False
    """Whether few outputs too are made in a process of their own, which their limits end by force; see ``Workers``."""
    layout: Layout = "standard"
    """Of PDFs; any other than the standard one wants ``pdf`` as the only format."""
    copies: tuple[Copy, ...] = ()
    """Personal copies to make of handouts; see ``source.names.read_copies``."""
    standalone: bool = False
    """Whether each article's web page is to be one file."""

    @property
    def is_the_first_of_many(self) -> bool:
        """Whether nothing is there yet of a tree with more than a few articles."""
        try:
            with os.scandir(self.content / "articles") as found:
                several = len(list(islice(found, FEW + 1))) > FEW
        except OSError:
            return False
        return several and not self.paths and not (self.out / MANIFEST).exists()

    @property
    def sets_few_articles(self) -> bool:
        """Whether it names a few, one of which has changed since the last build; so most likely there is something to set."""
        try:
            last = (self.out / MANIFEST).stat().st_mtime if (self.out / MANIFEST).exists() else 0.0
            new = [path for path in self.paths if path.suffix == ".md" and path.stat().st_mtime > last]
        except OSError:
            return False
        return len(self.paths) <= FEW and self.sets(len(new))

    def sets(self, changed: int) -> bool:
        """Whether there is most likely something to set where so many articles have changed: a few, of which workers need not start."""
        return 0 < changed <= FEW and not SET.isdisjoint(self.formats)


@dataclass(frozen=True, slots=True)
class Failure:
    """An output that could not be made or proven."""

    path: str
    error: PipelineError


@dataclass(slots=True)
class Result:
    """What a build did. Paths are relative to ``out``."""

    out: Path
    report: Report
    sources: Mapping[str, str] = field(default_factory=dict)
    """Text of the checked files by path, for code frames."""
    outputs: tuple[Output, ...] = ()
    """The publication files that this build was asked for and has: made now, or unchanged since."""
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    passed_over: tuple[str, ...] = ()
    """Articles that were not asked to be built: drafts and withdrawn ones."""
    unreadable: bool = False
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Why each publication file was made, or was not, by its path."""
    timings: Timings = field(default_factory=Timings)

    @property
    def exit_code(self) -> int:
        """That of the worst that happened: 4 over 3 over 1."""
        codes = [failure.error.exit_code for failure in self.failures]
        return max([*codes, 3 if self.unreadable else 0, 1 if self.report.errors else 0])


def refuse_layout(request: Request) -> None:
    """Raise UsageError for a layout of what has none, and for copies of what has no lines for a name."""
    if request.layout != "standard" and request.formats != ("pdf",):
        raise UsageError(f"only PDFs have the layout {request.layout}", help="Build pdf, or leave --layout out.")
    if request.copies and request.layout != "handout":
        raise UsageError("personal copies are made of handouts", help="Add --layout handout.")
