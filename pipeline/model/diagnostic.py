"""Findings and diagnostics: what a check says of an article."""

from __future__ import annotations

from enum import StrEnum

from pipeline.frozen import dataclass
from pipeline.model.nodes import NOWHERE, Span


class Severity(StrEnum):
    """How bad a finding is: an error stops the article's export, a warning does not, off is not reported."""

    ERROR = "error"
    WARNING = "warning"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace ``source[start:end]`` by ``text``; offsets count characters of the decoded source, line ends as they are."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check or the parser found, before policy decides its severity."""

    message: str
    span: Span = NOWHERE
    help: str = ""
    """What to do about it, in one sentence."""
    severity: Severity | None = None
    """Where a check has two severities; None takes the check's own."""
    edits: tuple[Edit, ...] = ()
    """What ``--fix`` would change; empty when it cannot be mended by itself."""
    code: str = ""
    """Set on what the parser found itself (P01 ... P07, M01); checks leave it empty."""
    path: str = ""
    """The file it is in when that is not the article's own, for example ``content/publisher.toml``."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding as reported. Lines and columns count from 1; the end column is exclusive."""

    code: str
    name: str
    severity: Severity
    message: str
    path: str
    """Relative to the working directory, with forward slashes."""
    line: int
    column: int
    end_line: int
    end_column: int
    help: str = ""
    fixable: bool = False
    edits: tuple[Edit, ...] = ()

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order of report: by file, place, code."""
        return (self.path, self.line, self.column, self.code, self.message)
