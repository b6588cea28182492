"""Every check's own examples: the bad one is found, the good one is not."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

import pytest

from pipeline.checks.registry import Check, checks
from tests.articles import load_snippet
from tests.newsletters import check_newsletter_snippet

if TYPE_CHECKING:
    from pathlib import Path

ALL_CHECKS = list(checks().values())


def example(check: Check, name: str) -> str:
    """The indented block behind ``Bad:`` or ``Good:`` in a check's documentation; empty when there is none."""
    found = re.search(rf"^{name}:\n\n((?:    .*\n|\n)+)", check.doc + "\n", re.MULTILINE)
    return textwrap.dedent(found[1]).strip("\n") + "\n" if found else ""


def codes(check: Check, text: str, folder: Path) -> list[str]:
    if check.code.startswith("N"):
        found = check_newsletter_snippet(text, folder).diagnostics
        return [diagnostic.message for diagnostic in found if diagnostic.code == check.code]
    article, context = load_snippet(text, folder)
    return [finding.message for finding in check.run(article, context)]


@pytest.mark.parametrize("check", ALL_CHECKS, ids=lambda check: check.code)
def test_a_check_finds_its_bad_example(check: Check, tmp_path: Path) -> None:
    assert example(check, "Bad"), "the documentation has no example after `Bad:`"
    assert codes(check, example(check, "Bad"), tmp_path)


@pytest.mark.parametrize("check", ALL_CHECKS, ids=lambda check: check.code)
def test_a_check_is_silent_on_its_good_example(check: Check, tmp_path: Path) -> None:
    assert example(check, "Good"), "the documentation has no example after `Good:`"
    assert codes(check, example(check, "Good"), tmp_path) == []


@pytest.mark.parametrize("check", ALL_CHECKS, ids=lambda check: check.code)
def test_a_check_says_what_it_is_and_where_it_comes_from(check: Check) -> None:
    assert check.summary.endswith((".", "”."))
    assert len(check.summary) <= 120
    assert check.source
