"""Articles that nobody writes take time that grows with their length, not with its square; so do reports of them.

Small ones show it: the time of a whole is compared with that of its quarter. Each stands between long runs of commas, which
cost next to nothing unless something goes through the whole text for each part of it. ``make bench`` measures full sizes.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator

import pytest

from pipeline.report import FORMATTERS, text
from pipeline.workspace import check_article, open_workspace, report
from tests.articles import TODAY
from tests.benchmarks.articles import make_tree
from tests.benchmarks.shapes import Shape, shapes

WHOLE = 8 * 1_024
"""Characters of the larger article, about, without its commas."""
COMMAS = 15
"""How many times as many there are of those."""
LEAST = 8
"""Pieces of the smaller one, at least."""
GROWTH = 1.5
"""How many times as long a character of the whole may take as one of its quarter: 1 is a line, 4 a square."""
ATTEMPTS = 4
"""Times to measure before it is said that one takes too long: something else may have kept the machine busy."""

Measure = Callable[[str], float]


@pytest.fixture(scope="module")
def measure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Measure]:
    """Processor time of reading and checking an article and of reporting it in every form, in seconds."""
    content = make_tree(tmp_path_factory.mktemp("shapes"), 1)
    file = content / "articles" / "hard.md"

    def measured(source: str) -> float:
        file.write_text(source, "utf-8", newline="")
        start = time.process_time()
        workspace = open_workspace(content, [file], as_of=TODAY)
        found = report(workspace, [check_article(workspace, workspace.articles[0])])
        for render in FORMATTERS.values():
            render(found)
        text.render(found, {article.path: article.source for article in workspace.articles})
        return time.process_time() - start

    gc.disable()  # its time grows with what other tests have left behind
    yield measured
    gc.enable()


def _whole(shape: Shape) -> int:
    """How many pieces make an article of ``WHOLE`` characters; a multiple of four."""
    count = 4 * LEAST
    while len(shape.article(2 * count)) <= WHOLE and 2 * count <= shape.count:
        count *= 2
    return count


def _padded(shape: Shape, count: int) -> str:
    """The article with so many pieces, between two runs of commas."""
    source = shape.article(count)
    commas = ", " * (len(source) * COMMAS // 4)
    return f"{shape.metadata}{commas}\n{source.removeprefix(shape.metadata)}{commas}"


def _growth(shape: Shape, measure: Measure) -> float:
    count = _whole(shape)
    quarter, whole = (_padded(shape, number) for number in (count // 4, count))
    smaller = larger = float("inf")
    for _ in range(ATTEMPTS):
        smaller, larger = min(smaller, measure(quarter)), min(larger, measure(whole))
        if larger / len(whole) <= GROWTH * smaller / len(quarter):
            break
    return larger / len(whole) / (smaller / len(quarter))


def _in_turn() -> list[Shape]:
    """Every shape in one language: they share all code, and differ in the data that patterns are made of."""
    by_name: dict[str, list[Shape]] = {}
    for shape in shapes():
        by_name.setdefault(shape.name, []).append(shape)
    return [alike[number % len(alike)] for number, alike in enumerate(by_name.values())]


@pytest.mark.parametrize("shape", _in_turn(), ids=str)
def test_time_grows_with_the_length(shape: Shape, measure: Measure):
    assert _growth(shape, measure) <= GROWTH


def test_a_square_would_be_seen():
    def squared(source: str) -> float:
        start = time.process_time()
        for place in range(0, len(source), 32):
            source.count("!,", place)
        return time.process_time() - start

    assert _growth(shapes()[0], squared) > GROWTH
