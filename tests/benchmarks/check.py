"""How long checking takes: ``make bench``, or ``python -m tests.benchmarks.check [ARTICLES]``.

Times are of the processor, not of the clock, and the least of several runs: what else the machine does then counts least.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.workspace import check_all, check_article, open_workspace
from tests.articles import TODAY
from tests.benchmarks.articles import make_tree

ARTICLES = 100
RUNS = 5
LIMIT = 20
"""How many times a normal article's time for a kilobyte the hard ones may take."""
SENTENCE = "Lift the bar with a straight back, and some studies of creatine show that 3 of 10 people may lift more. "


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


def hard_ones(front: str) -> Mapping[str, str]:
    """Articles of a kind that nobody writes, and that must not stop a build."""
    return {
        "a paragraph of 1 MB": front + SENTENCE * (1_000_000 // len(SENTENCE)),
        "10,000 headings": front + "".join(f"## Part {n}\n\nA short text.\n\n" for n in range(10_000)),
        "100,000 list items": front + "## Notes\n\n" + "".join(f"- note {n} of it\n" for n in range(100_000)),
        "10,000 steps": front + "## Technique\n\n" + "".join(f"- Lift bar {n}.\n" for n in range(10_000)),
        "5,000 bold lines": front + "".join(f"**Part {n}**\n\nA short text.\n\n" for n in range(5_000)),
    }


def per_kilobyte(content: Path, file: Path, runs: int) -> float:
    """Milliseconds of reading and checking one article, for each kilobyte of it."""

    def work() -> None:
        workspace = open_workspace(content, [file], as_of=TODAY)
        check_article(workspace, workspace.articles[0])

    return seconds(work, runs) * 1_000 / (file.stat().st_size / 1_024)


def lines(folder: Path, articles: int) -> Iterator[str]:
    """What was measured, in words."""
    content = make_tree(folder, articles)
    files = sorted((content / "articles").glob("*.md"))
    size = sum(file.stat().st_size for file in files) / 1_024
    whole = seconds(lambda: list(check_all(open_workspace(content, as_of=TODAY))), 3)
    yield f"{articles} articles, {size:.0f} KB: {articles / whole:.1f} articles a second, {whole * 1_000 / size:.2f} ms a KB"

    yield f"pipeline --help: {command_seconds('-m', 'pipeline', '--help', folder=folder):.2f} s"
    one = f"content/articles/{files[0].name}"
    yield f"pipeline check, one article: {command_seconds('-m', 'pipeline', 'check', one, folder=folder):.2f} s"

    normal = per_kilobyte(content, files[0], RUNS)
    yield f"a normal article: {normal:.2f} ms a KB"
    front = files[0].read_text("utf-8").split("\n---\n")[0] + "\n---\n\n"
    for name, text in hard_ones(front).items():
        file = content / "articles" / "hard.md"
        file.write_text(text, "utf-8")
        taken = per_kilobyte(content, file, 1)
        verdict = "" if taken <= LIMIT * normal else f" -- over {LIMIT}"
        yield f"{name}: {taken:.2f} ms a KB, {taken / normal:.1f} times as long{verdict}"


def main() -> None:
    """Measure and print."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    with TemporaryDirectory() as folder:
        for line in lines(Path(folder), articles):
            print(line, flush=True)  # noqa: T201 -- what it is for


if __name__ == "__main__":
    main()
