"""Findings in every form that people and machines read them in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

import pytest
from lxml import etree
from pydantic import BaseModel
from sarif_pydantic import Sarif

from pipeline.checks.registry import checks
from pipeline.model.diagnostic import Diagnostic, Severity
from pipeline.report import FORMATTERS, Report, text
from pipeline.report.summary import Rule

SOURCE = 'One line.\n\tIndented, with a tab and "quotes" & <angles>.\nThird\x1b[31m line.\n'


def finding(**changes: object) -> Diagnostic:
    values: dict[str, object] = {
        "code": "S01",
        "name": "missing-section",
        "severity": Severity.ERROR,
        "message": "the section 'risks' is missing",
        "path": "content/articles/a b.md",
        "line": 2,
        "column": 2,
        "end_line": 2,
        "end_column": 10,
        "help": "Write it.",
        "fixable": True,
    }
    return Diagnostic(**{**values, **changes})  # type: ignore[arg-type]


RULE = Rule("S01", "missing-section", Severity.ERROR, "A section is missing.", "A section is missing.\n\nWhy.")
WARNING = finding(
    code="R03",
    name="long-sentence",
    severity=Severity.WARNING,
    line=3,
    column=1,
    end_line=3,
    end_column=6,
    fixable=False,
)
REPORT = Report(
    (finding(), WARNING),
    files=2,
    suppressed=1,
    rules=(RULE,),
    paths=("content/articles/a b.md", "content/articles/sound.md"),
)
SOURCES: Mapping[str, str] = {"content/articles/a b.md": SOURCE}


def test_text_shows_the_place_the_line_and_the_mend():
    shown = text.render(REPORT, SOURCES)
    assert "content/articles/a b.md:2:2: error S01 missing-section: the section 'risks' is missing\n" in shown
    assert '2 |     Indented, with a tab and "quotes" & <angles>.\n  |     ^^^^^^^^\n' in shown
    assert "= help: Write it." in shown
    assert shown.endswith(
        "1 error, 1 warning in 2 files (1 allowed).\n1 can be mended with --fix (see them first with --diff).\n"
    )


def test_text_lets_no_control_character_of_a_source_reach_the_terminal():
    assert "\x1b" not in text.render(REPORT, SOURCES)


def test_text_cuts_a_very_long_line_round_what_is_marked():
    long = "word " * 5000
    shown = text.render(
        Report((finding(line=1, column=10001, end_line=1, end_column=10005),), 1), {"content/articles/a b.md": long}
    )
    assert max(map(len, shown.splitlines())) < 200
    marked = [line for line in shown.splitlines() if "^" in line]
    assert marked
    assert marked[0].count("^") == 4


def test_text_survives_a_span_outside_the_source():
    assert "S01" in text.render(Report((finding(line=99, end_line=99),), 1), SOURCES)


def test_a_sound_tree_and_an_empty_one_say_so():
    assert text.render(Report((), 3), {}) == "All checks passed: 3 files.\n"
    assert text.render(Report((), 0), {}) == "No articles found below content/articles/.\n"


def test_json_has_exactly_the_keys_of_the_contract():
    document = json.loads(FORMATTERS["json"](REPORT))
    keys = "code name severity message path line column end_line end_column help fixable"
    assert set(document) == {"schema_version", "diagnostics", "summary"}
    assert [set(row) for row in document["diagnostics"]] == [set(keys.split())] * 2
    assert document["summary"] == {"files": 2, "errors": 1, "warnings": 1, "suppressed": 1}


def test_sarif_points_at_the_rule_and_the_place():
    (run,) = json.loads(FORMATTERS["sarif"](REPORT))["runs"]
    first = run["results"][0]
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"] == "S01"
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "content/articles/a%20b.md"
    assert place["region"] == {"startLine": 2, "startColumn": 2, "endLine": 2, "endColumn": 10}


LATER_IN_SARIF = {".runs[0].columnKind"}
"""Properties of the standard (3.14.17) that the library does not know."""


def unknown(value: object, place: str = "") -> Iterator[str]:
    """The properties that SARIF does not have."""
    if isinstance(value, BaseModel):
        yield from (f"{place}.{name}" for name in value.model_extra or ())
        for name in type(value).model_fields:
            yield from unknown(getattr(value, name), f"{place}.{name}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from unknown(item, f"{place}[{number}]")


def test_sarif_is_what_the_standard_has_and_nothing_else():
    rules = tuple(Rule(one.code, one.name, one.severity, one.summary, one.doc) for one in checks().values())
    odd = finding(
        message='<U+0001> \x01 "漢" \U0001f600', path="content/articles/é #1?.md", line=99, end_line=99, help=""
    )
    for report in (REPORT, Report((), 0, rules=rules), Report((finding(code="X99"), odd), 1, rules=rules)):
        document = FORMATTERS["sarif"](report)
        assert set(unknown(Sarif.model_validate_json(document))) <= LATER_IN_SARIF
        (run,) = json.loads(document)["runs"]
        assert run["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}
        for result in run["results"]:
            assert result["level"] in {"none", "note", "warning", "error"}
            (location,) = result["locations"]
            assert min(location["physicalLocation"]["region"].values()) >= 1
            assert re.fullmatch(r"[!#-;=?-\[\]_a-z~]+", location["physicalLocation"]["artifactLocation"]["uri"])
        assert len({one["id"] for one in run["tool"]["driver"]["rules"]}) == len(run["tool"]["driver"]["rules"])


def test_sarif_has_what_github_shows_of_a_finding():
    """The properties that GitHub Docs, "SARIF support for code scanning", calls required or shows."""
    rules = tuple(Rule(one.code, one.name, one.severity, one.summary, one.doc) for one in checks().values())
    (run,) = json.loads(FORMATTERS["sarif"](Report((finding(),), 1, rules=rules)))["runs"]
    assert run["tool"]["driver"]["version"]
    assert run["automationDetails"]["id"].endswith("/")
    for rule in run["tool"]["driver"]["rules"]:
        assert len(rule["shortDescription"]["text"]) <= 1024
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"] == rule["help"]["markdown"]
        assert rule["properties"]["tags"]
        assert rule["properties"]["problem.severity"] in {"error", "warning", "recommendation"}
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note", "none"}
    (result,) = run["results"]
    assert result["partialFingerprints"].keys() == {"primaryLocationLineHash"}
    assert not result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].startswith("/")


def test_sarif_knows_a_finding_again_when_its_line_moves():
    def fingerprint(report: Report) -> object:
        return json.loads(FORMATTERS["sarif"](report))["runs"][0]["results"][0]["partialFingerprints"]

    assert fingerprint(Report((finding(),), 1)) == fingerprint(Report((finding(line=40, end_line=40),), 1))
    assert fingerprint(Report((finding(),), 1)) != fingerprint(Report((finding(message="another"),), 1))


def test_junit_fails_the_files_with_errors_and_names_the_sound_ones():
    suites = etree.fromstring(FORMATTERS["junit"](REPORT).encode())
    assert suites.get("tests") == "2"
    assert suites.get("failures") == "1"
    cases = {case.get("name"): case.find("failure") for case in suites.iter("testcase")}
    assert cases["content/articles/sound.md"] is None
    failure = cases["content/articles/a b.md"]
    assert failure is not None
    assert "content/articles/a b.md:2:2: S01 missing-section" in (failure.text or "")


@pytest.mark.parametrize("message", ['<&>"', "\x00\x1b", "]]>", "ü 漢 \U0001f600"])
def test_junit_is_well_formed_whatever_a_message_holds(message: str):
    etree.fromstring(FORMATTERS["junit"](Report((finding(message=message),), 1)).encode())


def test_github_escapes_what_would_end_the_command():
    line = FORMATTERS["github"](Report((finding(message="50 %\nof it", path="a,b:c.md"),), 1))
    assert line == (
        "::error file=a%2Cb%3Ac.md,line=2,endLine=2,title=S01 missing-section,col=2,endColumn=10::50 %25%0Aof it%0AWrite it.\n"
    )
