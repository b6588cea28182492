"""How long checking takes: ``make bench``, or ``python -m tests.benchmarks.check [ARTICLES [SHARE]]``.

``SHARE`` is how much of its full size each article of ``shapes.yaml`` has, from 0 to 1; a few are always measured whole.

Times are of the processor, not of the clock, and the least of several runs: what else the machine does then counts least.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.examination import check_all
from pipeline.report import FORMATTERS, text
from pipeline.workspace import check_article, open_workspace, report
from tests.articles import TODAY
from tests.benchmarks.articles import make_tree
from tests.benchmarks.shapes import shapes

ARTICLES = 100
RUNS = 5
LIMIT = 20
"""How many times a normal article's time for a kilobyte the hard ones may take."""
SHARE = 0.1
SHOWN = 10
"""How many of the slowest shapes are named again at the end."""
WHOLE = frozenset({"a paragraph of 1 MB", "10,000 headings", "100,000 list items"})
"""Shapes that are measured at full size whatever the share."""
FINDINGS = "10,000 headings that skip a level"
"""A shape with three findings for each piece."""


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """The least processor time of several runs."""
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def command_seconds(*arguments: str, folder: Path) -> float:
    """The least processor time of a command in a process of its own, start-up included."""

    def spent() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    best = float("inf")
    for _ in range(RUNS):
        start = spent()
        subprocess.run([sys.executable, *arguments], cwd=folder, stdout=subprocess.DEVNULL, check=True)
        best = min(best, spent() - start)
    return best


def per_kilobyte(content: Path, file: Path, runs: int) -> float:
    """Milliseconds of reading and checking one article, for each kilobyte of it."""

    def work() -> None:
        workspace = open_workspace(content, [file], as_of=TODAY)
        check_article(workspace, workspace.articles[0])

    return seconds(work, runs) * 1_000 / (file.stat().st_size / 1_024)


def lines(folder: Path, articles: int, share: float) -> Iterator[str]:
    """What was measured, in words."""
    content = make_tree(folder, articles)
    files = sorted((content / "articles").glob("*.md"))
    size = sum(file.stat().st_size for file in files) / 1_024
    # what was found in a tree is kept beside it, so that each run has a tree of its own
    fresh = iter([content, *(make_tree(folder / str(run), articles) for run in range(2))])
    whole = seconds(lambda: list(check_all(open_workspace(next(fresh), as_of=TODAY))), 3)
    yield f"{articles} articles, {size:.0f} KB: {articles / whole:.1f} articles a second, {whole * 1_000 / size:.2f} ms a KB"

    yield f"pipeline --help: {command_seconds('-m', 'pipeline', '--help', folder=folder):.2f} s"
    one = f"content/articles/{files[0].name}"
    yield f"pipeline check, one article: {command_seconds('-m', 'pipeline', 'check', one, folder=folder):.2f} s"

    normal = per_kilobyte(content, files[0], RUNS)
    yield f"a normal article: {normal:.2f} ms a KB"
    yield from _shapes(content, normal, share)
    yield from _reports(content, share)


def _shapes(content: Path, normal: float, share: float) -> Iterator[str]:
    """How many times as long as a normal article's a kilobyte of each shape takes, the worst at the end."""
    (content / "articles" / "other.md").write_bytes((content / "articles" / "move-0.md").read_bytes())
    file = content / "articles" / "hard.md"
    worst: dict[str, float] = {}
    for shape in shapes():
        part = 1 if shape.name in WHOLE else share
        file.write_text(shape.article(max(1, round(shape.count * part))), "utf-8", newline="")
        taken = per_kilobyte(content, file, 1)
        worst[str(shape)] = taken / normal
        verdict = "" if taken <= LIMIT * normal else f" -- over {LIMIT}"
        yield f"{shape}, {part:.0%}: {taken:.2f} ms a KB, {taken / normal:.1f} times as long{verdict}"
    for name, times in sorted(worst.items(), key=lambda item: -item[1])[:SHOWN]:
        yield f"slowest: {name}: {times:.1f} times as long"


def _reports(content: Path, share: float) -> Iterator[str]:
    """What reports of many findings take, in each form."""
    shape = next(shape for shape in shapes() if shape.name == FINDINGS)
    file = content / "articles" / "hard.md"
    file.write_text(shape.article(round(shape.count * share)), "utf-8")
    workspace = open_workspace(content, [file], as_of=TODAY)
    found = report(workspace, check_all(workspace))
    sources = {article.path: article.source for article in workspace.articles}
    forms = {**FORMATTERS, "text": lambda found: text.render(found, sources)}
    for name, render in forms.items():
        taken = seconds(partial(render, found), 1)
        yield f"{len(found.diagnostics):,} findings as {name}: {taken * 1e6 / len(found.diagnostics):.0f} µs each"


def main() -> None:
    """Measure and print."""
    given = sys.argv[1:]
    articles = int(given[0]) if given else ARTICLES
    share = float(given[1]) if len(given) > 1 else SHARE
    with TemporaryDirectory() as folder:
        for line in lines(Path(folder), articles, share):
            print(line, flush=True)  # noqa: T201 -- what it is for


if __name__ == "__main__":
    main()
