"""What a benchmark found, row by row: as a table, as JSON and as a chart."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.benchmarks.chart import draw

SECONDS, MILLISECONDS, MEGABYTES, KILOBYTES = "s", "ms", "MB", "KB an article"


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

    @property
    def line(self) -> str:
        """In one line."""
        verdict = "" if self.met else ", missed"
        return f"{self.what}: {self.ratio:.3f} of {self.target}{verdict} ({self.ours:.2f} to {self.theirs:.2f} {self.unit})"


def table(rows: Sequence[Row]) -> str:
    """The rows as Markdown."""
    lines = ["| what | ours | theirs | ratio | target | beside |", "| --- | --- | --- | --- | --- | --- |"]
    for row in rows:
        verdict = "" if row.met else " **missed**"
        lines.append(
            f"| {row.what} | {row.ours:.2f} {row.unit} | {row.theirs:.2f} | {row.ratio:.3f}{verdict} | {row.target} | {row.peer} |"
        )
    return "\n".join(lines) + "\n"


def write(rows: Sequence[Row], articles: int, out: Path) -> None:
    """Table, JSON and chart of what was found so far, in a folder."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "bench.md").write_text(table(rows), "utf-8")
    document = {"articles": articles, "rows": [{**asdict(row), "ratio": row.ratio, "met": row.met} for row in rows]}
    (out / "bench.json").write_text(json.dumps(document, indent=1) + "\n", "utf-8")
    draw(rows, f"{articles} articles: what we take where others take one (line: target)", out / "bench.png")
