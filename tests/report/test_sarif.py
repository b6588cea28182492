"""Findings as SARIF: by the standard, and as GitHub's code scanning wants them."""

from __future__ import annotations

import gzip
import json
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import pytest

from pipeline.checks.registry import checks
from pipeline.model.diagnostic import Severity
from pipeline.report import FORMATTERS, Report, sarif
from pipeline.report.summary import Rule
from tests.findings import REPORT, finding
from tests.validators import validate_sarif

RULES = tuple(Rule(one.code, one.name, one.severity, one.summary, one.doc) for one in checks().values())
MOST = 25_000
"""Results of one run, of which GitHub takes no more (GitHub Docs, "SARIF results exceed limits"), and so of rules."""


def run_of(report: Report) -> dict[str, Any]:
    (run,) = json.loads(FORMATTERS["sarif"](report))["runs"]
    assert isinstance(run, dict)
    return run


def test_a_finding_points_at_its_rule_and_its_place():
    run = run_of(REPORT)
    first = run["results"][0]
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"] == "S01"
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "content/articles/a%20b.md", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 2, "startColumn": 2, "endLine": 2, "endColumn": 10}
    assert run["columnKind"] == "unicodeCodePoints"


@pytest.mark.validator
def test_every_report_is_valid_by_the_oasis_schema_and_by_the_rules_of_code_scanning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sarif, "MOST_RESULTS", 2)
    odd = finding(
        message='<U+0001> \x01 "漢" \U0001f600', path="content/articles/é #1?.md", line=99, end_line=99, help=""
    )
    reports = {
        "two": REPORT,
        "none": Report((), 0, rules=RULES),
        "odd": Report((finding(code="X99"), odd), 1, rules=RULES),
        "cut": Report((finding(),) * 3, 1, rules=RULES),
    }
    for name, report in reports.items():
        (tmp_path / f"{name}.sarif").write_text(FORMATTERS["sarif"](report), "utf-8")
    assert validate_sarif(sorted(tmp_path.iterdir())) == []


def test_rules_have_what_github_shows_and_no_more_than_it_takes():
    """The properties that GitHub Docs, "SARIF support for code scanning", calls required or shows."""
    driver = run_of(Report((), 1, rules=RULES))["tool"]["driver"]
    assert driver["version"]
    assert len({rule["id"] for rule in driver["rules"]}) == len(driver["rules"]) <= MOST
    for rule in driver["rules"]:
        assert len(rule["name"]) <= 255
        assert 0 < len(rule["shortDescription"]["text"]) <= len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"] == rule["help"]["markdown"] != ""
        assert 0 < len(rule["properties"]["tags"]) <= 10
        # with a security severity, findings would stand among those of attacks
        assert rule["properties"].keys() == {"tags", "precision", "problem.severity"}
        assert rule["properties"]["problem.severity"] == rule["defaultConfiguration"]["level"] in {"error", "warning"}


def test_a_result_has_what_github_wants_of_it():
    run = run_of(Report((finding(), finding(path="content/articles/é #1?.md")), 1, rules=RULES))
    assert run["automationDetails"]["id"].endswith("/")
    for result in run["results"]:
        assert result["level"] in {"error", "warning"}
        assert result["partialFingerprints"].keys() == {"primaryLocationLineHash"}
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"].startswith("content/")
        assert min(location["physicalLocation"]["region"].values()) >= 1


@pytest.mark.parametrize(
    ("message", "help_", "text"),
    [
        ("the section is missing", "Write it.", "the section is missing. Write it."),
        ("is it `squat`?", "Name it.", "is it `squat`? Name it."),
        ("the section is missing", "", "the section is missing"),
    ],
)
def test_a_message_is_sentences_of_which_the_first_says_what_is_wrong(message: str, help_: str, text: str):
    (result,) = run_of(Report((finding(message=message, help=help_),), 1))["results"]
    assert result["message"]["text"] == text


def test_a_finding_is_known_again_when_its_line_moves():
    def fingerprint(report: Report) -> object:
        return run_of(report)["results"][0]["partialFingerprints"]

    assert fingerprint(Report((finding(),), 1)) == fingerprint(Report((finding(line=40, end_line=40),), 1))
    assert fingerprint(Report((finding(),), 1)) != fingerprint(Report((finding(message="another"),), 1))


def test_equal_findings_have_fingerprints_of_their_own():
    run = run_of(Report((finding(), finding(line=40, end_line=40)), 1))
    assert len({result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]}) == 2


def test_as_many_findings_as_code_scanning_takes_are_all_there_and_nothing_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sarif, "MOST_RESULTS", 2)
    run = run_of(Report((finding(), finding()), 1))
    assert len(run["results"]) == 2
    assert run["invocations"] == [{"executionSuccessful": True}]


def test_what_code_scanning_would_not_take_is_left_out_warnings_first_and_said():
    """A file of more results, or of more than 10 MB packed, is turned away as a whole."""
    kinds = chain(repeat(Severity.WARNING, MOST), repeat(Severity.ERROR, 1_000))
    found = [finding(severity=kind, message=f"“claim {n}” claims a cure") for n, kind in enumerate(kinds)]
    document = FORMATTERS["sarif"](Report(tuple(found), 1, rules=RULES))
    (run,) = json.loads(document)["runs"]
    levels = [result["level"] for result in run["results"]]
    assert len(levels) == MOST
    assert levels[:1_001] == ["error"] * 1_000 + ["warning"]
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert "1,000 of 26,000 findings are left out" in notification["message"]["text"]
    assert len(gzip.compress(document.encode())) < 10_000_000
