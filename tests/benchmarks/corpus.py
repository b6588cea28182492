"""The articles that ``make bench`` measures with, and how commands, ours and those of others, are run on them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from functools import cached_property
from pathlib import Path

from tests.articles import TODAY
from tests.benchmarks.articles import make_tree
from tests.benchmarks.measure import Peaks, Spent, timed, watched

SAMPLE = 10
"""Files that others are run on one by one."""
DAY = ("--as-of", TODAY.isoformat())


class Corpus:
    """So many articles in a folder, and the folder with the others' programs."""

    def __init__(self, folder: Path, peers: Path, articles: int) -> None:
        self.folder, self.peers, self.count = folder, peers, articles
        self.content = make_tree(folder, articles)
        self.files = sorted((self.content / "articles").glob("*.md"))
        self.peaks: dict[str, Peaks] = {}
        """Of builds that were watched, by name."""
        self.loop: Spent | None = None
        """What WeasyPrint takes in a bare loop, once it is known."""
        self._caches = 0
        self._start = time.monotonic()

    def say(self, what: str) -> None:
        """Tell what is going on, with minutes and seconds since the start."""
        minutes, seconds = divmod(int(time.monotonic() - self._start), 60)
        print(f"{minutes:3d}:{seconds:02d} {what}", file=sys.stderr, flush=True)  # noqa: T201 -- what it is for

    def ours(self, *arguments: str | Path, again: bool = False, folder: Path | None = None) -> Spent:
        """One of our commands, with nothing known from earlier ones unless it is run ``again``."""
        self._caches += not again
        self.say(f"pipeline {' '.join(map(str, arguments))}")
        return timed([sys.executable, "-m", "pipeline", *arguments], folder or self.folder, self._environment())

    def ours_watched(self, name: str, *arguments: str | Path, folder: Path | None = None) -> Spent:
        """As ``ours``, its memory being noted under a name."""
        self._caches += 1
        self.say(f"pipeline {' '.join(map(str, arguments))}")
        spent, self.peaks[name] = watched(arguments, folder or self.folder, self._environment())
        return spent

    def before(self) -> None:
        """Let the next command know what was known before the last one."""
        self._caches -= 1

    def _environment(self) -> dict[str, str]:
        return {"PIPELINE_CACHE": str(self.folder / f"cache-{self._caches}"), "PYTHONDONTWRITEBYTECODE": ""}

    def one_by_one(self, *command: str | Path) -> Spent:
        """A peer that is started for each file: ``{}`` is its slug. Run on a sample, and multiplied."""
        sample = self.files[:SAMPLE]
        self.say(f"{Path(command[0]).name}, {len(sample)} files one by one")
        path = {"PATH": f"{self.peers / 'bin'}{os.pathsep}{os.environ['PATH']}"}
        spent = [timed([str(part).replace("{}", file.stem) for part in command], self.content, path) for file in sample]
        times = len(self.files) / len(sample)
        return Spent(sum(each.wall for each in spent) * times, sum(each.processor for each in spent) * times)

    @cached_property
    def pandoc(self) -> str:
        """Where pypandoc-binary keeps it."""
        code = "import pypandoc; print(pypandoc.get_pandoc_path())"
        return subprocess.run(
            [self.peers / "bin" / "python", "-c", code], check=True, capture_output=True, text=True
        ).stdout.strip()
