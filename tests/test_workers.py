"""Work comes back whole whatever becomes of those who do it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing.forkserver import _forkserver
from pathlib import Path

import pytest

from pipeline import workers
from pipeline.workers import Lost, Workers
from tests.benchmarks.articles import make_tree


def squared(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


def deadly(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def end(process: int) -> None:
    """Kill it, and go on when those who watch it know."""
    os.kill(process, signal.SIGKILL)
    time.sleep(0.5)


def server() -> int:
    """The process that workers are forked from."""
    process: int = vars(_forkserver)["_forkserver_pid"]
    return process


def test_each_task_is_done_once_and_by_others():
    with Workers(2) as crew:
        done = {task: result for task, result in crew.each(squared, range(12)) if not isinstance(result, Lost)}
    assert {task: result[0] for task, result in done.items()} == {number: number * number for number in range(12)}
    assert os.getpid() not in {result[1] for result in done.values()}


@pytest.mark.parametrize(("count", "tasks"), [(1, 9), (4, workers.FEW)])
def test_few_tasks_are_done_here(count: int, tasks: int):
    with Workers(count) as crew:
        done = list(crew.each(squared, range(tasks)))
    assert done == [(number, (number * number, os.getpid())) for number in range(tasks)]


def test_the_task_that_kills_its_worker_is_lost_and_no_other():
    with Workers(2) as crew:
        done = dict(crew.each(deadly, range(10)))
    assert isinstance(done.pop(3), Lost)
    assert done == {number: number for number in range(10) if number != 3}


def test_a_worker_that_dies_while_nobody_waits_for_it_costs_no_task():
    done: dict[int, tuple[int, int]] = {}
    with Workers(2) as crew:
        for number, result in crew.each(squared, range(12)):
            assert not isinstance(result, Lost)
            if not done:
                end(result[1])
            done[number] = result
    assert {number: result[0] for number, result in done.items()} == {number: number * number for number in range(12)}


@pytest.mark.parametrize("finished", [0, 1, 5])
def test_when_what_workers_are_forked_from_dies_all_tasks_are_done(finished: int):
    done: dict[int, int] = {}
    with Workers(2) as crew:
        crew.expect_many()
        if not finished:
            end(server())
        for number, result in crew.each(squared, range(12)):
            assert not isinstance(result, Lost)
            done[number] = result[0]
            if len(done) == finished:
                end(server())
    assert done == {number: number * number for number in range(12)}


def test_tasks_are_taken_as_fast_as_they_are_worked_off():
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(40):
            taken.append(number)
            yield number

    with Workers(2) as crew:
        for number, _ in enumerate(crew.each(squared, tasks()), 1):
            assert len(taken) <= number + 2 * workers.AHEAD


def test_workers_are_replaced_before_they_grow(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(workers, "TASKS_A_WORKER", 3)
    with Workers(2) as crew:
        done = dict(crew.each(squared, range(20)))
    assert set(done) == set(range(20))
    processes = [result[1] for result in done.values() if not isinstance(result, Lost)]
    assert max(processes.count(process) for process in processes) <= 6
    assert len(set(processes)) >= 4


def stopped_after(wanted: int) -> Iterator[int]:
    """The processes of so many finished tasks, with more waiting; then somebody presses Ctrl-C."""
    with Workers(2) as crew:
        for _, (_, result) in zip(range(wanted), crew.each(squared, range(99)), strict=False):
            assert not isinstance(result, Lost)
            yield result[1]
        raise KeyboardInterrupt


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_work_that_is_no_longer_wanted_ends_its_workers():
    processes: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        processes.extend(stopped_after(4))
    end = time.monotonic() + 30
    while any(map(is_there, processes)):
        assert time.monotonic() < end
        time.sleep(0.05)


INTERRUPTED = """
import os, signal, threading
from pipeline.workers import Workers
from tests.test_workers import squared

threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    with Workers(2, warm="slow") as crew:
        list(crew.each(squared, range(9)))
except KeyboardInterrupt:
    print("interrupted")
"""


def test_ctrl_c_while_workers_start_leaves_none_to_complain(tmp_path: Path):
    (tmp_path / "slow.py").write_text("import time; time.sleep(1.5)")
    path = os.pathsep.join((str(tmp_path), str(Path(__file__).parent.parent)))
    run = subprocess.run(
        [sys.executable, "-c", INTERRUPTED],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.stdout, run.stderr) == ("interrupted\n", "")


def test_a_script_that_asks_for_nothing_before_it_builds_is_not_run_by_its_workers(tmp_path: Path):
    make_tree(tmp_path, workers.FEW + 2)
    script = tmp_path / "script.py"
    script.write_text(
        "from pathlib import Path\n"
        "from pipeline.build import Request, build\n"
        "result = build(Request(Path('content'), Path('build'), ('html',), jobs=2))\n"
        "print(bool(result.written), len(result.failures))\n"
    )
    done = subprocess.run(
        [sys.executable, script], cwd=tmp_path, capture_output=True, text=True, timeout=100, check=False
    )
    assert (done.stdout, done.stderr) == ("True 0\n", "")


def imported(name: str) -> tuple[bool, int]:
    return name in sys.modules, os.getpid()


beside_this = pytest.mark.skipif(sys.platform != "linux", reason="a fork is no place for the libraries of macOS")


@beside_this
def test_who_works_beside_this_process_reads_what_it_needs_before_it_is_asked():
    with Workers(4, apart=True) as crew:
        crew.prepare("tests.benchmarks.bare")
        (_, done), *_ = crew.each(imported, ["tests.benchmarks.bare"])
    assert not isinstance(done, Lost)
    assert done[0]
    assert done[1] != os.getpid()
    assert "tests.benchmarks.bare" not in sys.modules


@beside_this
def test_what_cannot_be_read_beforehand_does_no_harm():
    with Workers(4, apart=True) as crew:
        crew.prepare("tests.that_is_not_there")
        assert [done for _, done in crew.each(abs, [-3])] == [3]


def test_nobody_stays_who_got_ready_for_nothing():
    with Workers(4, apart=True) as crew:
        crew.prepare("json")
        companion = crew._companion
    assert companion is None or not is_there(companion._pid)


@beside_this
@pytest.mark.parametrize(("tasks", "apart"), [(1, True), (9, False)], ids=["beside", "pool"])
def test_this_process_does_something_else_once_while_others_work(tasks: int, *, apart: bool):
    done: list[str] = []
    with Workers(2, apart=apart) as crew:
        crew.meanwhile = lambda: done.append("else")
        assert len(list(crew.each(squared, range(tasks)))) == tasks
        assert len(list(crew.each(squared, range(tasks)))) == tasks
    assert done == ["else"]


def test_who_expects_many_tasks_has_its_workers_start_sooner():
    with Workers(2) as crew:
        crew.expect_many()
        assert crew._crew is not None
        done = dict(crew.each(squared, range(9)))
    assert {result[0] for result in done.values() if not isinstance(result, Lost)} == {n * n for n in range(9)}
    with Workers(1) as crew:
        crew.expect_many()
        assert crew._crew is None
