"""Long work says in a log how far it has come, and short work says nothing."""

from __future__ import annotations

import io

from pipeline.cli.progress import _Lines, timetable
from pipeline.timings import Timings


class Clock:
    """Goes only when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_line_comes_every_ten_seconds_with_rate_and_time_left():
    clock, stream = Clock(), io.StringIO()
    lines = _Lines("exporting", stream, clock)
    for done in range(1, 101):
        clock.now += 1
        lines(done, 100, f"html/{done}.html")
    said = stream.getvalue().splitlines()
    assert said[0] == "exporting 10 of 100 (10%), 1.0 a second, about 2 min left"
    assert said[-1] == "exporting 90 of 100 (90%), 1.0 a second, about 10 s left"
    assert len(said) == 9


def test_short_work_is_silent():
    clock, stream = Clock(), io.StringIO()
    lines = _Lines("checking", stream, clock)
    for done in range(1, 10):
        clock.now += 1
        lines(done, 9, "")
    assert stream.getvalue() == ""


def test_the_timetable_has_a_line_for_each_stage():
    timings = Timings()
    with timings.of("reading"):
        pass
    timings.add([("exporting html", 1.25), ("exporting html", 1.0)])
    first, _, last = timetable(timings).splitlines()
    assert first.endswith("s  reading")
    assert last == "     2.25 s  exporting html"
