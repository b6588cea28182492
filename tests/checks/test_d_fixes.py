"""``--fix`` of the disclaimer checks: it mends what it names, once, and keeps every other byte."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.mend import apply
from tests.articles import check_source

CORPUS = Path(__file__).parents[1] / "corpus"
FIXABLE = ("d01", "d03", "d05", "d06", "d07")
MOVING = ("d01", "d03")
"""Checks whose mending leaves every line as it is, but may move some."""
LEFT = {"emphasis does not hide it (en-US)", "a right number and a wrong one (en-US)"}
"""Where only a person can tell what to keep."""


def article(case: dict[str, Any]) -> str:
    source = (CORPUS / "base" / f"{case['base']}.md").read_text("utf-8")
    for change in case["change"]:
        source = source.replace(change["from"], change["to"])
    return source


CASES: list[Any] = [
    pytest.param(code, article(case), id=f"{code}-{case['name']}")
    for code in FIXABLE
    for case in yaml.safe_load((CORPUS / f"{code}.yaml").read_text("utf-8"))
    if case["name"] not in LEFT
]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fixes")


def mended(source: str, folder: Path) -> str:
    found = check_source(source, folder).diagnostics
    return apply(source, [diagnostic for diagnostic in found if diagnostic.code.startswith("D")])


def codes(source: str, folder: Path) -> set[str]:
    return {one.code for one in check_source(source, folder).diagnostics if one.code.startswith("D")}


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize(("code", "text"), CASES)
def test_mending_leaves_nothing_to_mend(code: str, text: str, end: str, folder: Path):
    source = text.replace("\n", end)
    once = mended(source, folder)
    assert codes(source, folder) == {code.upper()}
    assert codes(once, folder) == set()
    assert mended(once, folder) == once
    assert once.replace("\r\n", "").count("\n") == (0 if end == "\r\n" else once.count("\n"))
    if code in MOVING:
        before, after = source.split(end), once.split(end)
        kept = [line for line in before if line.strip() and not line.startswith(":::")]
        assert sorted(kept) == sorted(line for line in after if line.strip() and not line.startswith(":::"))


@pytest.mark.parametrize("ending", ["", "\n", "\n\n", "   \n"], ids=["none", "one", "two", "blanks"])
def test_a_disclaimer_at_the_very_end_moves_whole(ending: str, folder: Path):
    source = next(case.values[1] for case in CASES if case.id == "d03-clearance at the end").rstrip("\n") + ending
    once = mended(source, folder)
    assert codes(once, folder) == set()
    assert once.count(":::disclaimer clearance\n:::") == 1


def test_missing_disclaimers_of_one_place_come_in_order_with_a_blank_line_between(folder: Path):
    case = next(case.values[1] for case in CASES if case.id == "d01-no info")
    source = case.replace(":::disclaimer clearance\n:::\n\n", "").replace(":::disclaimer stop\n:::\n\n", "")
    once = mended(source, folder)
    assert "floor.\n\n:::disclaimer info\n:::\n\n:::disclaimer clearance\n:::\n\n## Muscles worked\n" in once
    assert "## Technique\n\n:::disclaimer stop\n:::\n\n1. Breathe in" in once
