"""What one run of the checks found, over all its files."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.frozen import dataclass
from pipeline.model.diagnostic import Diagnostic, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """What a report says of a check that found something."""

    code: str
    name: str
    severity: Severity
    summary: str
    doc: str


@dataclass(frozen=True, slots=True)
class Report:
    """Diagnostics in order, and how many files they come from."""

    diagnostics: tuple[Diagnostic, ...]
    files: int
    suppressed: int = 0
    rules: Sequence[Rule] = ()
    """All checks that could have found something."""
    paths: tuple[str, ...] = ()
    """The files that were checked."""

    @property
    def errors(self) -> int:
        """Number of findings that stop an export."""
        return sum(diagnostic.severity is Severity.ERROR for diagnostic in self.diagnostics)

    @property
    def warnings(self) -> int:
        """Number of findings that do not."""
        return sum(diagnostic.severity is Severity.WARNING for diagnostic in self.diagnostics)


def plural(number: int, word: str) -> str:
    """``1 error``, ``2 errors``."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
