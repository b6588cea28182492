"""What personal copies cost: ``python -m tests.benchmarks.personal [COPIES]``, against as many handouts set one by one.

Each copy is stamped, proven and read again; of the handout for everybody, which is fitted to its sheet, several are made and
the least processor time counts.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.model.layout import Line
from pipeline.model.publication import Copy, Publication
from pipeline.plan import COPIES_A_JOB
from pipeline.publication import in_layout
from tests.benchmarks.articles import make_tree
from tests.benchmarks.book import verdict
from tests.benchmarks.pdf import ours, publications

COPIES = 250
ROUNDS = 3
SHARE = 0.1
"""The most that a copy may cost, of a handout."""

LINES: tuple[Line, ...] = ("name", "date", "coach")


def costs(folder: Path, copies: int) -> tuple[float, float]:
    """Seconds of the processor for a handout by itself, and for so many copies of it."""
    article = next(publications(make_tree(folder, 1)))
    handout = in_layout(article, "handout", lines=LINES)
    ours(handout)
    alone = min(_seconds(handout) for _ in range(ROUNDS))
    rows = [Copy(f"copy-{at}", (("name", f"Person Number {at}"),), "members.csv", at + 2) for at in range(copies)]
    parts = [tuple(rows[at : at + COPIES_A_JOB]) for at in range(0, copies, COPIES_A_JOB)]
    return alone, sum(_seconds(replace(handout, copies=part)) for part in parts)


def lines(folder: Path, copies: int) -> Iterator[str]:
    """What was measured, in words."""
    alone, together = costs(folder, copies)
    yield f"one handout {alone * 1000:.0f} ms, {copies} copies {together:.1f} s, {together * 1000 / copies:.0f} ms each"
    yield verdict(f"{copies} personal copies against as many handouts", together / copies / alone, SHARE)


def _seconds(publication: Publication) -> float:
    start = time.process_time()
    ours(publication)
    return time.process_time() - start


def main() -> None:
    """Measure and print."""
    copies = int(sys.argv[1]) if len(sys.argv) > 1 else COPIES
    with TemporaryDirectory() as folder:
        for line in lines(Path(folder), copies):
            print(line, flush=True)  # noqa: T201 -- what it is for


if __name__ == "__main__":
    main()
