"""Diagnostics as JUnit XML: a test case for each checked file, failed where it has errors."""

from __future__ import annotations

from itertools import groupby

from pipeline.model.diagnostic import Diagnostic, Severity
from pipeline.report.summary import Report


def render(report: Report) -> str:
    """One JUnit XML document."""
    found = {path: list(group) for path, group in groupby(report.diagnostics, key=lambda diagnostic: diagnostic.path)}
    paths = sorted({*report.paths, *found})
    failures = sum(any(d.severity is Severity.ERROR for d in found.get(path, [])) for path in paths)
    cases = "".join(_case(path, found.get(path, [])) for path in paths)
    totals = f'tests="{len(paths)}" failures="{failures}" errors="0"'
    suite = f'<testsuite name="pipeline check" {totals} skipped="0">\n{cases}</testsuite>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites {totals}>\n{suite}\n</testsuites>\n'


def _case(path: str, diagnostics: list[Diagnostic]) -> str:
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR]
    warnings = [diagnostic for diagnostic in diagnostics if diagnostic.severity is not Severity.ERROR]
    inside = ""
    if errors:
        first = _quoted(f"{errors[0].code} {errors[0].message}")
        inside += f'<failure type="error" message={first}>{_lines(errors)}</failure>\n'
    if warnings:
        inside += f"<system-out>{_lines(warnings)}</system-out>\n"
    return f'<testcase classname="content" name={_quoted(path)}>\n{inside}</testcase>\n'


def _lines(diagnostics: list[Diagnostic]) -> str:
    from xml.sax.saxutils import escape  # it brings urllib and ssl along, which only this form pays for

    lines = [f"{d.path}:{d.line}:{d.column}: {d.code} {d.name}: {d.message}" for d in diagnostics]
    return escape(_printable("\n".join(lines)))


def _quoted(text: str) -> str:
    from xml.sax.saxutils import quoteattr

    return quoteattr(_printable(text))


def _printable(text: str) -> str:
    """Replace what XML 1.0 cannot hold (section 2.2, Characters)."""
    return "".join(
        c if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c >= "\U00010000" else "�"
        for c in text
    )
