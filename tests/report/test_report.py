"""Findings in every form that people and machines read them in."""

from __future__ import annotations

import json

import pytest
from lxml import etree

from pipeline.report import FORMATTERS, Report, text
from tests.findings import REPORT, SOURCES, finding


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
