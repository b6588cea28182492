"""Diagnostics as SARIF 2.1.0 (OASIS standard), the form that code scanning services read.

What GitHub's code scanning shows beyond the standard's own needs is there too: tags and severity of a rule, help in
Markdown, and the fingerprint under the name by which it knows a finding again (GitHub Docs, "SARIF support for code scanning").
Its limits are kept ("SARIF results exceed limits"): it turns away a whole file that holds more.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any
from urllib.parse import quote

from pipeline import __version__
from pipeline.model.diagnostic import Diagnostic
from pipeline.report.summary import Report, Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

MOST_RESULTS = 25_000
"""As many results of a run as GitHub takes; it shows the first 5,000, errors before warnings."""
MOST_OF_A_DESCRIPTION = 1024
"""Characters of a rule's descriptions."""
ROOT = "%SRCROOT%"
"""What paths are relative to, by the name that GitHub and CodeQL give the repository's root."""

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
    # Counted before some are left out, so that a finding keeps its fingerprint.
    results = [_result(diagnostic, indices, seen) for diagnostic in report.diagnostics]
    run = {
        "tool": {
            "driver": {"name": "pipeline", "version": __version__, "rules": [_rule(rule) for rule in report.rules]}
        },
        "automationDetails": {"id": "pipeline/check/"},
        "invocations": [_invocation(len(results))],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder that the check was run in."}}},
        "columnKind": "unicodeCodePoints",
        "results": _within_limit(results),
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _within_limit(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All results in their order; where there are more than are taken, errors stay and the last warnings go."""
    if len(results) <= MOST_RESULTS:
        return results
    return sorted(results, key=lambda result: bool(result["level"] != "error"))[:MOST_RESULTS]


def _invocation(found: int) -> dict[str, Any]:
    """That the check came to its end, and what of it is not in the report."""
    invocation: dict[str, Any] = {"executionSuccessful": True}
    if found > MOST_RESULTS:
        text = (
            f"{found - MOST_RESULTS:,} of {found:,} findings are left out, errors last: code scanning takes no more than "
            f"{MOST_RESULTS:,}. `pipeline check --format json` has them all."
        )
        invocation["toolExecutionNotifications"] = [{"level": "warning", "message": {"text": text}}]
    return invocation


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": _explanation(rule)},
        "help": {"text": rule.doc, "markdown": rule.doc},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {
            "tags": [GROUPS[rule.code[0]]],
            "precision": "high",
            "problem.severity": rule.severity.value,
        },
    }


def _explanation(rule: Rule) -> str:
    """What a rule's catalogue entry says before its examples, as far as there is room."""
    words = " ".join(rule.doc.partition("\nBad:")[0].split())
    return words if len(words) <= MOST_OF_A_DESCRIPTION else rule.summary


def _result(diagnostic: Diagnostic, indices: dict[str, int], seen: Counter[str]) -> dict[str, Any]:
    region = {"startLine": diagnostic.line, "startColumn": diagnostic.column}
    region |= {"endLine": diagnostic.end_line, "endColumn": diagnostic.end_column}
    # The place is left out of the fingerprint, so that a finding stays the same one when lines move.
    key = f"{diagnostic.path}\0{diagnostic.code}\0{diagnostic.message}"
    seen[key] += 1
    fingerprint = hashlib.sha256(f"{key}\0{seen[key]}".encode()).hexdigest()[:32]
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "level": diagnostic.severity.value,
        "message": {"text": _text(diagnostic)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(diagnostic.path), "uriBaseId": ROOT},
                    "region": region,
                }
            },
        ],
        "partialFingerprints": {"primaryLocationLineHash": fingerprint},
    }
    if diagnostic.code in indices:
        result["ruleIndex"] = indices[diagnostic.code]
    return result


def _text(diagnostic: Diagnostic) -> str:
    """What is wrong and how to mend it, as sentences: where room is short, only the first is shown."""
    if not diagnostic.help:
        return diagnostic.message
    stop = "" if diagnostic.message.endswith((".", "!", "?")) else "."
    return f"{diagnostic.message}{stop} {diagnostic.help}"
