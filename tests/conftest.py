"""What holds for every test."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.desk import Desk, build_content

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the golden pictures of pages be made anew, to be looked at and committed."""
    parser.addoption("--refresh-goldens", action="store_true", help="make the golden pictures in tests/golden anew")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that is skipped where nobody is looking: what CI lacks must not pass for what ran."""
    report = yield
    if not hasattr(report, "wasxfail"):
        _fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Fail a file that is skipped as a whole, for the same reason."""
    report = yield
    _fail_if_skipped(report)
    return report


def _fail_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    if os.environ.get("CI") and report.skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{reason}\nNothing is skipped where CI is set: `make test` installs all that the tests need."


@pytest.fixture(scope="session", autouse=True)
def _cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what is found between the runs of one session, and out of the user's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIPELINE_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The real content, built once in every format; tests that change it take a copy."""
    return build_content(tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="session")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The real content with its newsletter, built once; tests that use it are of the group ``newsletter``."""
    from tests.newsletters import build_issue

    return build_issue(tmp_path_factory.mktemp("issue"))


@pytest.fixture(scope="session")
def bound(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The real content with its book, built once; tests that use it are of the group ``books``."""
    from tests.books import bind_book

    return bind_book(tmp_path_factory.mktemp("bound"))
