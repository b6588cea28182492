"""How long we take beside others: ``make bench``, or ``python -m tests.benchmarks.bench PEERS OUT [ARTICLES]``.

Everything is run in turn on the same files in one go, so that only ratios count. What takes others long is run on a sample of
the files and multiplied; the table says so. ``PEERS`` is the folder with their programs, ``OUT`` takes table, JSON and chart.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from tests.articles import TODAY
from tests.benchmarks.articles import make_tree
from tests.benchmarks.chart import draw
from tests.benchmarks.measure import Spent, peak, timed
from tests.benchmarks.pages import our_loop, publications, write_pages

ARTICLES = 1_000
SAMPLE = 10
"""Files that others are run on one by one."""
DAY = ("--as-of", TODAY.isoformat())
SECONDS, MEGABYTES, KILOBYTES = "s", "MB", "KB an article"


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison."""

    what: str
    ours: float
    theirs: float
    """Of the peer; where there is none, what is allowed at most."""
    target: float
    """The most that the ratio of the two may be."""
    peer: str
    unit: str = SECONDS

    @property
    def ratio(self) -> float:
        """How much we take of what they take."""
        return self.ours / self.theirs

    @property
    def met(self) -> bool:
        """Whether the target is."""
        return self.ratio <= self.target


class Bench:
    """One run on one corpus."""

    def __init__(self, folder: Path, peers: Path, articles: int) -> None:
        self.folder, self.peers, self.count = folder, peers, articles
        self.content = make_tree(folder, articles)
        self.files = sorted((self.content / "articles").glob("*.md"))
        self._caches = 0

    def ours(self, *arguments: str | Path, again: bool = False) -> Spent:
        """One of our commands, with nothing known from earlier ones unless it is run ``again``."""
        self._caches += not again
        return timed([sys.executable, "-m", "pipeline", *arguments], self.folder, self._environment())

    def _environment(self) -> dict[str, str]:
        return {"PIPELINE_CACHE": str(self.folder / f"cache-{self._caches}"), "PYTHONDONTWRITEBYTECODE": ""}

    def one_by_one(self, *command: str | Path) -> Spent:
        """A peer that is started for each file: ``{}`` is its slug. Run on a sample, and multiplied."""
        sample = self.files[:SAMPLE]
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

    def checks(self) -> Iterator[Row]:
        """Checking, the first time and again."""
        lint = self.peers / "node_modules" / ".bin" / "markdownlint-cli2"
        theirs = timed([lint, "content/articles/*.md"], self.folder)
        yield Row(
            "check, cold, one process",
            self.ours("check", "--jobs", "1", *DAY).wall,
            theirs.wall,
            0.8,
            "markdownlint-cli2",
        )
        again = self.ours("check", *DAY, again=True)
        yield Row("check, nothing changed", again.wall, theirs.wall, 0.05, "markdownlint-cli2")

    def formats(self) -> Iterator[Row]:
        """Each format, on two processors, against pandoc started for each file."""
        outputs = self.folder / "pandoc"
        outputs.mkdir()
        resources = ("--resource-path", self.content)
        pdf = ("--pdf-engine", self.peers / "bin" / "weasyprint")
        for name, more, target in (("html", ("-s",), 0.1), ("epub", (), 0.25), ("pdf", pdf, 0.14)):
            theirs = self.one_by_one(self.pandoc, *resources, *more, "articles/{}.md", "-o", outputs / f"{{}}.{name}")
            ours = self.ours("build", name, "--jobs", "2", "--out", f"only-{name}", *DAY)
            peer = f"pandoc once per file, {min(SAMPLE, self.count)} files × {self.count / min(SAMPLE, self.count):g}"
            yield Row(f"{name}, two jobs, checks and proof included", ours.wall, theirs.wall, target, peer)

    def engine(self) -> Iterator[Row]:
        """PDFs against WeasyPrint by itself."""
        made = publications(self.content)
        write_pages(made, self.folder / "pages")
        bare = Path(__file__).with_name("bare.py")
        python = self.peers / "bin" / "python"
        said = subprocess.run([python, bare, self.folder / "pages"], check=True, capture_output=True, text=True).stdout
        wall, processor = map(float, said.split())
        yield Row("pdf, one job, mended and proven (processor)", our_loop(made), processor, 1.2, "bare WeasyPrint loop")
        two = self.ours("build", "pdf", "--jobs", "2", "--out", "two-jobs", *DAY)
        yield Row("pdf, two jobs, the whole build (clock)", two.wall, wall, 0.65, "bare WeasyPrint loop")
        one, page = self.files[0], self.folder / "pages" / f"{self.files[0].stem}.html"
        command: list[str | Path] = [
            self.peers / "bin" / "weasyprint",
            "-s",
            page.with_name("style.css"),
            page,
            self.folder / "one.pdf",
        ]
        theirs = timed(command, self.folder)
        ours = self.ours("build", "pdf", one, "--out", "one", *DAY)
        yield Row("one article, cold, built as PDF", ours.wall, theirs.wall, 1.2, "weasyprint command")

    def again(self) -> Iterator[Row]:
        """What it costs when little has changed, in three formats."""
        build = ("build", "all", "--out", "all", *DAY)
        self.ours(*build)
        unchanged = self.ours(*build, again=True)
        yield Row("nothing changed, three formats (processor)", unchanged.processor, 1.0, 1.0, "one second")
        file = self.files[-1]
        text = file.read_text("utf-8").replace("Keep the", "Hold the")
        alone = self.folder / "alone" / "content"
        make_tree(alone.parent, 1)
        (alone / "articles" / "move-0.md").write_text(text, "utf-8")
        render = self.ours("--content", alone, "build", "all", "--out", "alone/build", *DAY)
        self._caches -= 1
        file.write_text(text, "utf-8")
        changed = self.ours(*build, again=True)
        yield Row("one changed, over its own build", max(changed.wall - render.wall, 0), 1.0, 1.0, "one second")

    def memory(self) -> Iterator[Row]:
        """How the build's own process grows with the number of articles, and how large a worker gets."""
        sizes = (max(self.count // 4, 1), self.count)
        peaks = []
        for number, size in enumerate(sizes):
            folder = self.folder / f"memory-{number}"
            make_tree(folder, size)
            self._caches += 1
            peaks.append(peak(["build", "html", "--jobs", "2", *DAY], folder, self._environment()))
        growth = (peaks[1] - peaks[0]) * 1024 / max(sizes[1] - sizes[0], 1)
        yield Row(
            f"memory of the build, {sizes[0]} to {sizes[1]} articles", growth, 20, 1.0, "20 KB an article", KILOBYTES
        )


STAGES: MappingProxyType[str, Callable[[Bench], Iterator[Row]]] = MappingProxyType(
    {
        "checks": Bench.checks,
        "formats": Bench.formats,
        "engine": Bench.engine,
        "again": Bench.again,
        "memory": Bench.memory,
    }
)


def table(rows: list[Row]) -> str:
    """The rows as Markdown."""
    lines = ["| what | ours | theirs | ratio | target | beside |", "| --- | --- | --- | --- | --- | --- |"]
    for row in rows:
        verdict = "" if row.met else " **missed**"
        lines.append(
            f"| {row.what} | {row.ours:.2f} {row.unit} | {row.theirs:.2f} | {row.ratio:.3f}{verdict} | {row.target} | {row.peer} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print and write."""
    peers, out = (Path(given).resolve() for given in sys.argv[1:3])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else ARTICLES
    wanted = sys.argv[4:] or list(STAGES)
    rows: list[Row] = []
    with TemporaryDirectory() as folder:
        bench = Bench(Path(folder), peers, count)
        for stage in wanted:
            for row in STAGES[stage](bench):
                rows.append(row)
                print(f"{row.what}: {row.ratio:.3f} of {row.target} ({row.ours:.2f} to {row.theirs:.2f})", flush=True)  # noqa: T201
    out.mkdir(parents=True, exist_ok=True)
    (out / "bench.md").write_text(table(rows), "utf-8")
    document = {"articles": count, "rows": [{**asdict(row), "ratio": row.ratio, "met": row.met} for row in rows]}
    (out / "bench.json").write_text(json.dumps(document, indent=1) + "\n", "utf-8")
    draw(rows, f"{count} articles: what we take where others take one (line: target)", out / "bench.png")


if __name__ == "__main__":
    main()
