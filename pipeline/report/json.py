"""Diagnostics as the JSON document of ``check --format json``."""

from __future__ import annotations

import json
from typing import Any

from pipeline.model.diagnostic import Diagnostic
from pipeline.report.summary import Report

SCHEMA_VERSION = 1


def diagnostic_json(diagnostic: Diagnostic) -> dict[str, Any]:
    """One diagnostic as the plain values of its schema."""
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "path": diagnostic.path,
        "line": diagnostic.line,
        "column": diagnostic.column,
        "end_line": diagnostic.end_line,
        "end_column": diagnostic.end_column,
        "help": diagnostic.help,
        "fixable": diagnostic.fixable,
    }


def document(report: Report) -> dict[str, Any]:
    """The whole report as plain values."""
    return {
        "schema_version": SCHEMA_VERSION,
        "diagnostics": [diagnostic_json(diagnostic) for diagnostic in report.diagnostics],
        "summary": {
            "files": report.files,
            "errors": report.errors,
            "warnings": report.warnings,
            "suppressed": report.suppressed,
        },
    }


def render(report: Report) -> str:
    """The whole report as one JSON document."""
    return json.dumps(document(report), ensure_ascii=False, indent=1) + "\n"
