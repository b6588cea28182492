"""Diagnostics as SARIF 2.1.0 (OASIS standard), the form that code scanning services read.

What GitHub's code scanning shows beyond the standard's own needs is there too: tags and severity of a rule, help in
Markdown, and the fingerprint under the name by which it knows a finding again (GitHub Docs, "SARIF support for code scanning").
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any
from urllib.parse import quote

from pipeline import __version__
from pipeline.model.diagnostic import Diagnostic, Severity
from pipeline.report.summary import Report, Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

GROUPS = {
    "S": "structure",
    "R": "readability",
    "C": "claims",
    "D": "disclaimers",
    "M": "metadata",
    "A": "accessibility",
    "L": "links",
    "P": "parsing",
    "N": "newsletters",
}
"""What the first letter of a code stands for."""


def render(report: Report) -> str:
    """One SARIF log with one run."""
    indices = {rule.code: index for index, rule in enumerate(report.rules)}
    seen: Counter[str] = Counter()
    run = {
        "tool": {
            "driver": {"name": "pipeline", "version": __version__, "rules": [_rule(rule) for rule in report.rules]}
        },
        "automationDetails": {"id": "pipeline/check/"},
        "columnKind": "unicodeCodePoints",
        "results": [_result(diagnostic, indices, seen) for diagnostic in report.diagnostics],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": rule.doc, "markdown": rule.doc},
        "defaultConfiguration": {"level": _level(rule.severity.value)},
        "properties": {
            "tags": [GROUPS[rule.code[0]]],
            "precision": "high",
            "problem.severity": "error" if rule.severity is Severity.ERROR else "warning",
        },
    }


def _level(severity: str) -> str:
    return "none" if severity == "off" else severity


def _result(diagnostic: Diagnostic, indices: dict[str, int], seen: Counter[str]) -> dict[str, Any]:
    region = {"startLine": diagnostic.line, "startColumn": diagnostic.column}
    region |= {"endLine": diagnostic.end_line, "endColumn": diagnostic.end_column}
    text = diagnostic.message + (f" {diagnostic.help}" if diagnostic.help else "")
    # The place is left out of the fingerprint, so that a finding stays the same one when lines move.
    key = f"{diagnostic.path}\0{diagnostic.code}\0{diagnostic.message}"
    seen[key] += 1
    fingerprint = hashlib.sha256(f"{key}\0{seen[key]}".encode()).hexdigest()[:32]
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "level": _level(diagnostic.severity.value),
        "message": {"text": text},
        "locations": [
            {"physicalLocation": {"artifactLocation": {"uri": quote(diagnostic.path)}, "region": region}},
        ],
        "partialFingerprints": {"primaryLocationLineHash": fingerprint},
    }
    if diagnostic.code in indices:
        result["ruleIndex"] = indices[diagnostic.code]
    return result
