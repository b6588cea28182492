"""What ``make bench`` measures is measured, and is told as it is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.benchmarks.chart import GOOD, MISSED, draw
from tests.benchmarks.measure import FailedError, Peaks, looking_at, timed, watched
from tests.benchmarks.rows import Row, table, write

MET = Row("checking", 1.0, 4.0, 0.3, "another tool")
OVER = Row("setting", 9.0, 4.0, 0.3, "another tool")


def test_a_ratio_over_its_target_is_called_missed():
    assert (MET.ratio, MET.met, OVER.ratio, OVER.met) == (0.25, True, 2.25, False)
    first, second = table([MET, OVER]).splitlines()[2:]
    assert "| 0.250 |" in first
    assert "| 2.250 **missed** |" in second


def test_the_chart_has_a_bar_for_each_row_in_the_colour_of_its_verdict(tmp_path: Path):
    draw([MET, OVER], "Two tools", tmp_path / "chart.png")
    with Image.open(tmp_path / "chart.png") as image:
        colours = {colour for _, colour in image.convert("RGB").getcolors(1 << 20) or []}
    assert {tuple(bytes.fromhex(colour[1:])) for colour in (GOOD, MISSED)} <= colours


def test_time_is_that_of_the_command(tmp_path: Path):
    spent = timed([sys.executable, "-c", "import time; time.sleep(.3)"], tmp_path)
    assert spent.wall > 0.3 > spent.processor > 0
    busy = timed([sys.executable, "-c", "import time\nwhile time.process_time() < .5: pass"], tmp_path)
    assert busy.processor > 0.5


def test_findings_are_no_failure_and_crashes_are(tmp_path: Path):
    timed([sys.executable, "-c", "raise SystemExit(1)"], tmp_path)
    with pytest.raises(FailedError, match="ended with 3: so it is"):
        timed([sys.executable, "-c", "import sys; print('so it is', file=sys.stderr); sys.exit(3)"], tmp_path)


def test_memory_is_that_of_the_commands_own_process(tmp_path: Path):
    _, peaks = watched(["--version"], tmp_path, {})
    assert 10 < peaks.own < 200


def test_memory_of_what_a_command_starts_is_told_apart():
    held = "held = bytearray(60 << 20); import time; time.sleep(1)"
    starts = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {held!r}])"
    with subprocess.Popen([sys.executable, "-c", starts], start_new_session=True) as process:
        peaks = Peaks()
        with looking_at(process.pid, peaks):
            process.wait()
    assert process.pid not in peaks.workers
    assert [60 < peak < 120 for peak in peaks.workers.values()] == [True]


def test_what_was_found_so_far_is_kept(tmp_path: Path):
    for rows in ([MET], [MET, OVER]):
        write(rows, 5, tmp_path)
        assert len(json.loads((tmp_path / "bench.json").read_text())["rows"]) == len(rows)
        assert (tmp_path / "bench.md").read_text() == table(rows)
        assert (tmp_path / "bench.png").stat().st_size > 0
