"""Diagnostics as GitHub Actions workflow commands, which GitHub shows beside the lines of a change."""

from __future__ import annotations

from pipeline.model.diagnostic import Diagnostic
from pipeline.report.summary import Report


def render(report: Report) -> str:
    """One ``::error`` or ``::warning`` command a diagnostic."""
    return "".join(_command(diagnostic) for diagnostic in report.diagnostics)


def _command(diagnostic: Diagnostic) -> str:
    properties = {
        "file": diagnostic.path,
        "line": str(diagnostic.line),
        "endLine": str(diagnostic.end_line),
        "title": f"{diagnostic.code} {diagnostic.name}",
    }
    if diagnostic.line == diagnostic.end_line:
        # GitHub ignores columns of a finding that spans lines.
        properties |= {"col": str(diagnostic.column), "endColumn": str(diagnostic.end_column)}
    fields = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    message = diagnostic.message + (f"\n{diagnostic.help}" if diagnostic.help else "")
    return f"::{diagnostic.severity.value} {fields}::{_data(message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
