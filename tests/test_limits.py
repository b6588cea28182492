"""What takes too much is stopped and named, and the rest goes on."""

from __future__ import annotations

import gc
import resource
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline import limits
from pipeline.build import Request, build
from pipeline.checks.context import Context
from pipeline.checks.registry import Check
from pipeline.examination import check_all
from pipeline.executor import Job, run_job
from pipeline.limits import OverLimitError, within_limits
from pipeline.manifest import CheckCounts
from pipeline.model.article import Article
from pipeline.model.diagnostic import Diagnostic, Severity
from pipeline.workers import Lost, Workers
from pipeline.workspace import open_workspace
from tests.articles import TODAY
from tests.benchmarks.articles import make_tree
from tests.publications import sample

pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning")
"""An interrupt may fall into a callback that Python lets nothing out of, as those of weak sets; it is told again soon after."""


@pytest.fixture(autouse=True)
def no_callbacks() -> Iterator[None]:
    """Hypothesis watches the search for garbage in a callback: an interrupt that falls into it is lost, and told much later."""
    kept = gc.callbacks[:]
    gc.callbacks.clear()
    yield
    gc.callbacks[:] = kept


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
    assert run_job(job).error is None  # all is imported now: an interrupted import leaves files open
    with monkeypatch.context() as patch:
        patch.setattr(limits, "SECONDS", 0.02)
        patch.setattr(limits, "AGAIN", 0.05)  # what C calls back swallows an interrupt
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


@pytest.mark.parametrize("workers", [Workers(2), Workers(1), Workers(1, apart=True)], ids=["two", "here", "apart"])
def test_work_that_wants_too_much_memory_fails_alone(workers: Workers, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "MEMORY", limits.MEMORY)
    before = resource.getrlimit(resource.RLIMIT_DATA)
    with workers:
        done = dict(workers.each(greedy, range(4), few=0))
    assert done == {0: 0, 1: 1, 2: -1, 3: 3}
    assert resource.getrlimit(resource.RLIMIT_DATA) == before


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is done in this process")
def test_one_of_few_that_cannot_be_interrupted_is_ended_and_the_rest_is_done():
    with Workers(4, apart=True) as workers:
        done = dict(workers.each(busy, (1, 2, 3)))
    assert isinstance(done.pop(2), Lost)
    assert done == {1: 1, 3: 3}


def test_what_takes_too_long_in_any_other_thread_is_interrupted_too(monkeypatch: pytest.MonkeyPatch):
    """As tasks do on a cluster."""
    monkeypatch.setattr(limits, "SECONDS", 0.1)
    said: list[str] = []

    def work() -> None:
        for _ in range(2):
            try:
                with within_limits():
                    spin()
            except OverLimitError:
                said.append("stopped")
        with within_limits():
            said.append("done")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(30)
    assert said == ["stopped", "stopped", "done"]


def test_the_time_of_one_article_stands_still_while_another_is_read_for_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "SECONDS", 100.0)
    with within_limits(7):
        with within_limits():
            assert 50 < signal.getitimer(signal.ITIMER_PROF)[0] <= 101
        assert 600 < signal.getitimer(signal.ITIMER_PROF)[0] <= 701


SLOW = "*a " * 200_000
"""A text that takes seconds."""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Two articles, the first of which takes too long and may silence what is said of that."""
    content = make_tree(tmp_path, 2)
    article = min((content / "articles").glob("*.md"))
    allowed = article.read_text("utf-8").replace("\n---\n", '\nallow:\n  P06: "It is meant to be so."\n---\n', 1)
    article.rename(article.with_name("a-slow.md")).write_text(f"{allowed}\n{SLOW}\n", "utf-8")
    return content


def endless_for(slug: str) -> Callable[..., list[Diagnostic]]:
    """A check that finds nothing, and never ends for one article."""

    def each_once(_check: Check, _findings: object, article: Article, _context: Context) -> list[Diagnostic]:
        if article.slug == slug:
            spin()
        return []

    return each_once


@pytest.mark.parametrize("stage", ["reading it", "checking it"])
def test_an_article_that_takes_too_long_is_reported_and_the_rest_is_checked_and_built(
    tree: Path, stage: str, monkeypatch: pytest.MonkeyPatch
):
    with (tree / "publisher.toml").open("a") as file:
        file.write('\n[policy.severity]\nP06 = "off"\n')
    if stage == "checking it":
        slow = tree / "articles" / "a-slow.md"
        slow.write_text(slow.read_text("utf-8").replace(SLOW, "Rest."), "utf-8")
        monkeypatch.setattr("pipeline.checks.run._each_once", endless_for("a-slow"))
    monkeypatch.setattr(limits, "SECONDS", 0.5)
    monkeypatch.setattr(limits, "AGAIN", 0.5)  # one that Python swallows comes again before the text is read to its end
    workspace = open_workspace(tree, as_of=TODAY)
    for _ in range(2):  # it is not taken from the cache what another machine may have time for
        stopped, other = check_all(workspace, select=["S"])
        (found,) = stopped.diagnostics
        assert (found.code, found.severity, found.line) == ("P06", Severity.ERROR, 1)
        assert found.message.startswith(f"{stage} took more than 0.5 seconds of processor time")
        assert other.sound
        workspace = open_workspace(tree, as_of=TODAY)
    result = build(Request(tree, tree.parent / "build", ("html",), as_of=TODAY))
    assert result.exit_code == 1
    assert [row.path for row in result.outputs] == [f"html/{other.article.slug}.html"]
