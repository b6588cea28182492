"""What takes too much is stopped and named, and the rest goes on."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from pipeline import limits
from pipeline.executor import Job, run_job
from pipeline.limits import OverLimitError, within_limits
from pipeline.manifest import CheckCounts
from pipeline.workers import Lost, Workers
from tests.publications import sample


def spin() -> None:
    while True:
        pass


def test_what_takes_too_long_is_interrupted(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "SECONDS", 0.1)
    before = signal.getsignal(signal.SIGPROF)
    with pytest.raises(OverLimitError), within_limits():
        spin()
    assert signal.getsignal(signal.SIGPROF) == before
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


def test_one_that_swallows_its_end_is_told_again(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "SECONDS", 0.05)
    monkeypatch.setattr(limits, "AGAIN", 0.05)
    told = 0
    with within_limits():
        while told < 2:
            try:
                while True:
                    pass
            except OverLimitError:
                told += 1
        signal.setitimer(signal.ITIMER_PROF, 0)
    assert told == 2


def test_a_book_has_time_for_each_of_its_articles(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "SECONDS", 100.0)
    with within_limits(7):
        assert 600 < signal.getitimer(signal.ITIMER_PROF)[0] <= 701


def test_an_export_that_takes_too_long_fails_by_name_and_the_next_is_made(monkeypatch: pytest.MonkeyPatch):
    publication = sample()
    job = Job(publication, "pdf", "pdf/hip.pdf", "key", CheckCounts())
    with monkeypatch.context() as patch:
        patch.setattr(limits, "SECONDS", 0.02)
        stopped = run_job(job).error
    assert stopped is not None
    assert stopped.path == "pdf/hip.pdf"
    assert "seconds of processor time" in stopped.message
    assert "Divide the article" in stopped.help
    assert run_job(job).error is None


def busy(number: int) -> int:
    """Work that never ends where the number is 2, and that no signal reaches."""
    limits.SECONDS, limits.GRACE = 0.1, 1.0
    with within_limits():
        if number == 2:
            signal.signal(signal.SIGPROF, signal.SIG_IGN)
            while True:
                pass
    return number


def greedy(number: int) -> int:
    """Work that wants more memory than there is where the number is 2."""
    limits.MEMORY = 256 * 1024**2
    try:
        with within_limits():
            return len(bytearray(10**9)) if number == 2 else number
    except MemoryError:
        return -1


def test_a_worker_that_cannot_be_interrupted_is_ended_and_the_rest_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    with Workers(2) as workers:
        done = dict(workers.each(busy, range(6), few=0))
    assert isinstance(done.pop(2), Lost)
    assert done == {number: number for number in (0, 1, 3, 4, 5)}


def test_work_that_wants_too_much_memory_fails_alone():
    with Workers(2) as workers:
        done = dict(workers.each(greedy, range(4), few=0))
    assert done == {0: 0, 1: 1, 2: -1, 3: 3}
