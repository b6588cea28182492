"""Where the marks of the report's charts go. Places across are shares of the width, so that a chart fits any screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from pipeline.frozen import dataclass
from pipeline.report.facts import Facts

MOST = 40
"""Rows of a chart; all the others are in the table."""
ROW = 46
"""Height of a row in pixels: a line of words and its mark."""
HEAD = 28
"""Height of the axis above the rows."""
NARROW = 27
WIDE = 90
"""Characters of a title that there is room for on the smallest phone, and elsewhere."""
LESS_IS_EASIER = "flesch-kincaid"


@dataclass(frozen=True, slots=True)
class Bar:
    """One article's score."""

    narrow: str
    """As much of its title as a phone has room for."""
    title: str
    score: float
    share: float
    """Of the chart's width, in per cent."""
    hard: bool
    top: int


@dataclass(frozen=True, slots=True)
class BarChart:
    """Scores on one scale, the hardest text first."""

    scale: str
    bars: tuple[Bar, ...]
    limits: tuple[tuple[float, float], ...]
    """What house rules allow: the score, and its place in per cent."""
    ticks: tuple[tuple[int, float], ...]
    articles: int
    hard: int
    height: int


@dataclass(frozen=True, slots=True)
class Term:
    """How long one article's review holds; places in per cent."""

    narrow: str
    title: str
    reviewed: date | None
    due: date
    start: float
    end: float
    top: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Reviews over the years, the next one due first."""

    terms: tuple[Term, ...]
    years: tuple[tuple[int, float], ...]
    first: date
    last: date
    articles: int
    undated: int
    height: int


def bar_charts(rows: Iterable[Facts]) -> list[BarChart]:
    """A chart for each scale that texts were measured on."""
    measured = sorted((row for row in rows if row.reading.score is not None), key=lambda row: row.reading.scale)
    return [_bars(scale, list(group)) for scale, group in groupby(measured, lambda row: row.reading.scale)]


def _bars(scale: str, rows: Sequence[Facts]) -> BarChart:
    sign = -1 if scale == LESS_IS_EASIER else 1
    ordered = sorted(rows, key=lambda row: (sign * (row.reading.score or 0), row.source))
    limits = sorted({row.reading.limit for row in rows})
    if scale == LESS_IS_EASIER:
        widest = int(max(*(row.reading.score or 0 for row in rows), *limits)) + 2
        step = 2
    else:
        widest, step = 100, 20
    share = 100 / widest
    bars = (
        Bar(
            shortened(row.title, NARROW),
            shortened(row.title, WIDE),
            row.reading.score or 0,
            round(min(max(row.reading.score or 0, 0) * share, 100), 2),
            row.reading.hard,
            HEAD + number * ROW,
        )
        for number, row in enumerate(ordered[:MOST])
    )
    return BarChart(
        scale,
        tuple(bars),
        tuple((limit, round(limit * share, 2)) for limit in limits),
        tuple((tick, round(tick * share, 2)) for tick in range(0, widest, step)),
        len(rows),
        sum(row.reading.hard for row in rows),
        HEAD + min(len(rows), MOST) * ROW,
    )


def timeline(rows: Sequence[Facts]) -> Timeline | None:
    """When reviews were made and are due; None where no article gives a date."""
    dated = sorted(((row.due, row) for row in rows if row.due), key=lambda pair: (pair[0], pair[1].source))
    shown = dated[:MOST]
    if not shown:
        return None
    first = date(min(min(row.reviewed or due, due) for due, row in shown).year, 1, 1)
    last = date(min(max(due for due, _ in shown).year + 1, date.max.year), 1, 1)
    days = max((last - first).days, 1)

    def place(day: date) -> float:
        return round(100 * (day - first).days / days, 2)

    terms = tuple(
        Term(
            shortened(row.title, NARROW),
            shortened(row.title, WIDE),
            row.reviewed,
            due,
            place(min(row.reviewed or due, due)),
            place(due),
            HEAD + number * ROW,
        )
        for number, (due, row) in enumerate(shown)
    )
    years = range(first.year, last.year, -(-(last.year - first.year) // 8) or 1)
    marks = tuple((year, place(date(year, 1, 1))) for year in years)
    return Timeline(terms, marks, first, last, len(dated), len(rows) - len(dated), HEAD + len(terms) * ROW)


def shortened(title: str, length: int) -> str:
    """As much of a title as there is room for."""
    return title if len(title) <= length else f"{title[: length - 1].rstrip()}…"
