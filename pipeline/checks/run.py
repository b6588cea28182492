"""Running the checks on one article: which of them, how bad their findings are, and what is allowed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from pipeline.checks.context import Context
from pipeline.checks.registry import Check, checks
from pipeline.errors import UsageError
from pipeline.model.article import Article
from pipeline.model.diagnostic import Diagnostic, Finding, Severity
from pipeline.model.nodes import Span

ALLOWANCES = "P01"
"""Code of the check on ``allow`` itself."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What the checks say of one article."""

    diagnostics: tuple[Diagnostic, ...]
    """Sorted by place."""
    suppressed: int
    """Findings that the article's ``allow`` silences."""


def may_be_allowed(code: str) -> bool:
    """Whether an article may silence a check: not one without which it cannot be read or built."""
    return code != "M01" and not code.startswith("P")


def run_checks(
    article: Article, context: Context, *, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> CheckResult:
    """Run the checks of ``select`` (none means all) but those of ``ignore``: codes or their beginnings.

    Raises UsageError for a code that no check has.
    """
    chosen = {check.code: check for check in _chosen(select, ignore)}
    found: dict[Diagnostic, None] = {}
    suppressed: set[tuple[str, Span, str]] = set()
    used: set[str] = set()
    allowed = {code for code, why in article.metadata.allow.items() if why.strip() and may_be_allowed(code)}
    for check in chosen.values():
        for finding in check.run(article, context) if article.parsed else _reported(article, check):
            severity = _severity(check, finding, context)
            if severity is Severity.OFF:
                continue
            if check.code in allowed:
                used.add(check.code)
                suppressed.add((check.code, finding.span, finding.message))
                continue
            found[_diagnostic(check, finding, severity, article)] = None
    if ALLOWANCES in chosen:
        found |= dict.fromkeys(_unused(article, context, chosen, allowed - used))
    return CheckResult(tuple(sorted(found, key=lambda diagnostic: diagnostic.sort_key)), len(suppressed))


def _chosen(select: Sequence[str], ignore: Sequence[str]) -> Iterator[Check]:
    for given in (*select, *ignore):
        if not _matches(checks(), given):
            near = get_close_matches(given.upper(), checks(), 1)
            hint = f"Did you mean {near[0]}?" if near else "`pipeline rules` lists them all."
            raise UsageError(f"there is no check {given}", help=hint)
    wanted = {code for given in select for code in _matches(checks(), given)} if select else set(checks())
    unwanted = {code for given in ignore for code in _matches(checks(), given)}
    return (check for code, check in checks().items() if code in wanted - unwanted)


def _matches(known: Mapping[str, Check], given: str) -> list[str]:
    """Codes that a code, the beginning of one, or a name means."""
    start = given.upper()
    return [code for code, check in known.items() if given and (code.startswith(start) or check.name == given.lower())]


def _reported(article: Article, check: Check) -> Iterable[Finding]:
    """What reading said of a file that could not be parsed: no check has anything to look at."""
    return (finding for finding in article.findings if finding.code == check.code)


def _severity(check: Check, finding: Finding, context: Context) -> Severity:
    """The publisher's severity for the code, else the finding's own, else the check's."""
    return context.config.policy.severity.get(check.code) or finding.severity or check.severity


def _diagnostic(check: Check, finding: Finding, severity: Severity, article: Article) -> Diagnostic:
    return Diagnostic(
        code=check.code,
        name=check.name,
        severity=severity,
        message=finding.message,
        path=finding.path or article.path,
        line=finding.span.line,
        column=finding.span.column,
        end_line=finding.span.end_line,
        end_column=finding.span.end_column,
        help=finding.help,
        fixable=bool(finding.edits),
        edits=finding.edits,
    )


def _unused(
    article: Article, context: Context, chosen: Mapping[str, Check], unused: Collection[str]
) -> Iterator[Diagnostic]:
    """A warning for each allowance that silences nothing; one for a check that was not run cannot be told."""
    check = chosen[ALLOWANCES]
    for code in sorted(unused & chosen.keys()):
        finding = Finding(
            f"nothing is found that `allow` of {code} would silence",
            article.metadata.span(f"allow.{code}", "allow"),
            "Delete it.",
            Severity.WARNING,
        )
        severity = _severity(check, finding, context)
        if severity is not Severity.OFF:
            yield _diagnostic(check, finding, severity, article)
