"""How long we take beside others: ``make bench``, or ``python -m tests.benchmarks.bench PEERS OUT [ARTICLES [STAGES]]``.

Everything is run in turn on the same files in one go, so that only ratios count. What takes others long is run on a sample of
the files and multiplied; the table says so. ``PEERS`` is the folder with their programs, ``OUT`` takes table, JSON and chart;
they are written after each row, so that what was found stays when it is interrupted.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from tests.benchmarks import stages
from tests.benchmarks.corpus import Corpus
from tests.benchmarks.measure import FailedError
from tests.benchmarks.rows import Row, write

ARTICLES = 1_000

STAGES: MappingProxyType[str, Callable[[Corpus], Iterator[Row]]] = MappingProxyType(
    {
        "checks": stages.checks,
        "formats": stages.formats,
        "engine": stages.engine,
        "again": stages.again,
        "copies": stages.copies,
        "books": stages.books,
        "memory": stages.memory,
    }
)


def main() -> None:
    """Measure, print and write."""
    peers, out = (Path(given).resolve() for given in sys.argv[1:3])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else ARTICLES
    wanted = sys.argv[4:] or list(STAGES)
    rows: list[Row] = []
    failed: list[str] = []
    with TemporaryDirectory() as folder:
        corpus = Corpus(Path(folder), peers, count)
        for stage in wanted:
            try:
                for row in STAGES[stage](corpus):
                    rows.append(row)
                    write(rows, count, out)
                    corpus.say(row.line)
            except (FailedError, subprocess.CalledProcessError) as failure:
                failed.append(stage)
                corpus.say(str(failure))
        corpus.say("done")
    if failed:
        sys.exit(f"Not measured to the end: {', '.join(failed)}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("Interrupted; what was found by then is kept.")
