"""Precision and recall of every check, measured on labelled articles.

Each ``*.yaml`` file is a list of cases: ``name``, ``expect`` (the codes that the article deserves, none for a sound one) and
either ``article`` (the whole file) or ``base`` (a sound article in ``base/``) with ``change``, a list of texts to put in the
place of others. Every change is one planted defect, or a trap that a check must not fall into. ``place`` says where the file
stands and what is around it, when that matters (see ``tests.articles.Place``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.checks.registry import checks
from pipeline.checks.run import Checked, run_checks
from pipeline.model.diagnostic import Diagnostic, Severity
from pipeline.workspace import Checked as CheckedNote
from tests.articles import Place, check_source, load_in_place
from tests.newsletters import check_newsletter

HERE = Path(__file__).parent
pytestmark = pytest.mark.xdist_group("corpus")

PRECISION = 0.98
RECALL = 0.95
LEAST_OF_A_CODE = 0.9
LEAST_CASES = 3
FEWEST_ARTICLES = 150


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled article."""

    name: str
    expect: frozenset[str]
    source: str
    place: Place | None = None


@dataclass(slots=True)
class Score:
    """How often a check was right."""

    hits: Counter[str] = field(default_factory=Counter)
    misses: Counter[str] = field(default_factory=Counter)
    false_alarms: Counter[str] = field(default_factory=Counter)

    def precision(self, code: str) -> float:
        found = self.hits[code] + self.false_alarms[code]
        return self.hits[code] / found if found else 1.0

    def recall(self, code: str) -> float:
        there = self.hits[code] + self.misses[code]
        return self.hits[code] / there if there else 1.0


def read_case(file: str, data: Mapping[str, Any]) -> Case:
    """A case of a YAML file; a change must find its text exactly once, or the case would not be what it says."""
    source: str = data.get("article", "")
    if not source:
        source = (HERE / "base" / f"{data['base']}.md").read_text("utf-8")
        for change in data["change"]:
            if source.count(change["from"]) != 1:
                message = f"{file}: {data['name']}: {change['from']!r} stands {source.count(change['from'])} times in the base"
                raise ValueError(message)
            source = source.replace(change["from"], change["to"])
    place = Place(**data["place"]) if "place" in data else None
    return Case(f"{file}: {data['name']}", frozenset(data["expect"]), source, place)


@cache
def cases() -> tuple[Case, ...]:
    """All labelled articles; the bases are sound ones."""
    found = [
        Case(f"base: {file.stem}", frozenset(), file.read_text("utf-8")) for file in sorted(HERE.glob("base/*.md"))
    ]
    for file in sorted(HERE.glob("*.yaml")):
        found += [read_case(file.name, data) for data in yaml.safe_load(file.read_text("utf-8"))]
    return tuple(found)


@pytest.fixture(scope="session")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[Diagnostic, ...]]:
    """What the checks find in each article, by the case's name."""
    folder = tmp_path_factory.mktemp("corpus")
    return {case.name: judge(case, folder, number).diagnostics for number, case in enumerate(cases())}


def judge(case: Case, folder: Path, number: int) -> Checked | CheckedNote:
    """Check one case, in the common tree unless it needs its own."""
    if case.place is None:
        return check_source(case.source, folder)
    if case.place.file.startswith("newsletters/"):
        return check_newsletter(case.source, case.place, folder / str(number))
    return run_checks(*load_in_place(case.source, case.place, folder / str(number)))


@pytest.fixture(scope="session")
def score(found: Mapping[str, tuple[Diagnostic, ...]]) -> Score:
    """The count of hits, misses and false alarms; a warning in an article that has an error beside it is none of these."""
    score = Score()
    for case in cases():
        codes = {diagnostic.code for diagnostic in found[case.name]}
        errors = {diagnostic.code for diagnostic in found[case.name] if diagnostic.severity is Severity.ERROR}
        score.hits.update(case.expect & codes)
        score.misses.update(case.expect - codes)
        score.false_alarms.update((errors or codes) - case.expect)
    return score


def test_the_corpus_is_large_enough_and_names_each_case_once() -> None:
    names = Counter(case.name for case in cases())
    assert [name for name, count in names.items() if count > 1] == []
    assert len(names) >= FEWEST_ARTICLES


def test_every_check_has_its_cases() -> None:
    planted = Counter(code for case in cases() for code in case.expect)
    assert {code: planted[code] for code in checks() if planted[code] < LEAST_CASES} == {}
    assert planted.keys() - checks().keys() == set()


def test_sound_articles_have_no_error(found: Mapping[str, tuple[Diagnostic, ...]]) -> None:
    wrong = [
        f"{case.name}: {diagnostic.code} in line {diagnostic.line}: {diagnostic.message}"
        for case in cases()
        if not case.expect
        for diagnostic in found[case.name]
        if diagnostic.severity is Severity.ERROR
    ]
    assert wrong == []


def test_what_the_checks_find_is_what_was_planted(
    score: Score, found: Mapping[str, tuple[Diagnostic, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    codes = sorted({*score.hits, *score.misses, *score.false_alarms})
    table = [
        f"{code}  precision {score.precision(code):.2f}  recall {score.recall(code):.2f}  ({score.hits[code]} found)"
        for code in codes
    ]
    errors = [code for code in codes if checks()[code].severity is Severity.ERROR]
    hits = sum(score.hits[code] for code in errors)
    precision = hits / (hits + sum(score.false_alarms[code] for code in errors))
    recall = hits / (hits + sum(score.misses[code] for code in errors))
    with capsys.disabled():
        print("", *table, f"errors  precision {precision:.3f}  recall {recall:.3f}", sep="\n")  # noqa: T201
    assert precision >= PRECISION, differences(found)
    assert recall >= RECALL, differences(found)
    low = [code for code in codes if min(score.precision(code), score.recall(code)) < LEAST_OF_A_CODE]
    assert low == [], differences(found)


def differences(found: Mapping[str, tuple[Diagnostic, ...]]) -> str:
    """Each case in which something else was found than planted, for whoever mends it."""
    lines = []
    for case in cases():
        codes = {diagnostic.code: diagnostic for diagnostic in found[case.name]}
        missed = sorted(case.expect - codes.keys())
        alarms = [f"{code} ({codes[code].message})" for code in sorted(codes.keys() - case.expect)]
        if missed or alarms:
            lines.append(f"{case.name}: missed {missed}, beside them {alarms}")
    return "\n".join(lines)
