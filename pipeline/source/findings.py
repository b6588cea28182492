"""What reading an article finds wrong by itself, collected while it goes on."""

from __future__ import annotations

from pipeline.model.diagnostic import Finding
from pipeline.model.nodes import Span

MOST_OF_A_KIND = 100
"""Findings of one code in one file; a broken file shows itself long before."""


class Findings:
    """A list of findings that stays short, whatever the file holds."""

    def __init__(self) -> None:
        self._found: list[Finding] = []
        self._counts: dict[str, int] = {}

    def add(self, code: str, message: str, span: Span, help: str = "") -> None:
        """Note one finding; beyond MOST_OF_A_KIND of a code, only the count goes on."""
        self._counts[code] = self._counts.get(code, 0) + 1
        if self._counts[code] <= MOST_OF_A_KIND:
            self._found.append(Finding(message, span, help, code=code))

    def extend(self, findings: tuple[Finding, ...]) -> None:
        """Take over what another stage has found."""
        self._found.extend(findings)

    def all(self) -> tuple[Finding, ...]:
        """Everything found, in the order of the file."""
        return tuple(sorted(self._found, key=lambda finding: (finding.span.line, finding.span.column)))
