"""Findings for tests of reports: one error, one warning, in a file with an odd name and odd lines."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.model.diagnostic import Diagnostic, Severity
from pipeline.report import Report
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
