"""Runs the checks on one article and lets policy decide what becomes of what they find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.checks.bad_allow import bad_allow, unused_allows
from pipeline.checks.context import Context
from pipeline.checks.orphan import orphan, unused
from pipeline.checks.over_limit import over_limit
from pipeline.checks.registry import Check, checks
from pipeline.checks.reported import reported
from pipeline.errors import UsageError, did_you_mean
from pipeline.frozen import dataclass
from pipeline.limits import DIVIDE, OVER, excess, within_limits
from pipeline.model.article import Article
from pipeline.model.diagnostic import Diagnostic, Finding, Severity
from pipeline.model.nodes import Span

ARTICLES_ONLY = frozenset({"S05", "S06", "S10", "S11", "S13", "S14", "S15", "M02", "M03", "M04", "M05"})
"""What is asked of articles alone: a newsletter's note is short, signed by the publisher and read once."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks found in one article."""

    diagnostics: tuple[Diagnostic, ...]
    """Sorted by file, place and code, each once."""
    suppressed: int
    """Findings silenced by ``allow``."""


def run_checks(
    article: Article, context: Context, *, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> Checked:
    """Run the checks whose codes start with one of ``select`` (none means all) and with none of ``ignore``.

    Raises UsageError for a code that no check starts with. House rules decide how bad a finding is, or that it is
    off; ``allow`` in the metadata silences findings of a code, with a reason.
    """
    try:
        found = find(article, context, select=select, ignore=ignore)
    except OVER as error:
        return unchecked(article, error)
    return judge(article, found, context, select=select, ignore=ignore)


def find(
    article: Article, context: Context, *, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> tuple[Diagnostic, ...]:
    """What those checks find that need no more of the tree than the articles linked to, before any is silenced.

    Raises OverLimitError or MemoryError where they take too much.
    """
    if not article.parsed:
        return tuple(_unread(article, select, ignore))
    found: list[Diagnostic] = []
    with within_limits():
        for check in _chosen(context, select, ignore):
            if findings := tuple(check.run(article, context)):
                found.extend(_each_once(check, findings, article, context))
    return tuple(found)


def _unread(article: Article, select: Sequence[str], ignore: Sequence[str]) -> Iterator[Diagnostic]:
    """Of a file whose text could not be had there is nothing to say but that, and no house rule makes it sound."""
    for check in chosen_checks(select, ignore):
        for finding in dict.fromkeys(reported(article, check.code)):
            yield _diagnostic(check, finding, article, finding.severity or check.severity)


def unchecked(article: Article, error: BaseException) -> Checked:
    """What is said of an article whose checks took too much; whatever they found before, it is not sound."""
    finding = Finding(f"checking it {excess(error)}", Span(1, 1, 1, 1), DIVIDE)
    return Checked((_diagnostic(over_limit, finding, article, Severity.ERROR),), 0)


def judge(
    article: Article,
    found: Iterable[Diagnostic],
    context: Context,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> Checked:
    """What becomes of what was found, and what only the whole tree shows. Of the article no more than its outline is read."""
    every = not select and not ignore
    codes = frozenset() if every else frozenset(check.code for check in chosen_checks(select, ignore))
    found = [diagnostic for diagnostic in found if every or diagnostic.code in codes]
    metadata = article.metadata
    if article.parsed and not context.issue and (every or orphan.code in codes) and _is_on(orphan, context):
        found += _each_once(orphan, unused(article, context.library), article, context)
    allowed = {code for code, reason in metadata.allow.items() if reason.strip()}
    kept = [diagnostic for diagnostic in found if diagnostic.code not in allowed]
    if allowed and bad_allow.code not in allowed and (every or bad_allow.code in codes) and _is_on(bad_allow, context):
        used = {diagnostic.code for diagnostic in found} & allowed
        judged = {check.code for check in _chosen(context, select, ignore)} - {bad_allow.code}
        kept += _diagnostics(bad_allow, unused_allows(article, used, judged), article, context)
    ordered = dict.fromkeys(sorted(kept, key=lambda diagnostic: diagnostic.sort_key))
    return Checked(tuple(ordered), sum(diagnostic.code in allowed for diagnostic in found))


def _chosen(context: Context, select: Sequence[str], ignore: Sequence[str]) -> list[Check]:
    return [
        check
        for check in chosen_checks(select, ignore)
        if _is_on(check, context) and not (context.issue and check.code in ARTICLES_ONLY)
    ]


def _is_on(check: Check, context: Context) -> bool:
    return context.severity(check.code) is not Severity.OFF


def _each_once(check: Check, findings: Iterable[Finding], article: Article, context: Context) -> Iterable[Diagnostic]:
    return dict.fromkeys(_diagnostics(check, findings, article, context))


def chosen_checks(select: Sequence[str], ignore: Sequence[str]) -> list[Check]:
    """The checks that codes or their beginnings choose, by code; raises UsageError for one that means no check."""
    known = checks()
    if not select and not ignore:
        return list(known.values())
    wanted, unwanted = ([_known(code) for code in given] for given in (select, ignore))
    return [
        check
        for code, check in known.items()
        if (not wanted or code.startswith(tuple(wanted))) and not code.startswith(tuple(unwanted))
    ]


def _known(given: str) -> str:
    prefix = given.strip().upper()
    known = checks()
    if not prefix or not any(code.startswith(prefix) for code in known):
        by_name = {check.name: code for code, check in known.items()}
        if given.strip().lower() in by_name:
            return by_name[given.strip().lower()]
        mend = did_you_mean(prefix, known) or did_you_mean(given, by_name) or "`pipeline rules` lists the codes."
        raise UsageError(f"no check has the code `{given}`", help=mend)
    return prefix


def _diagnostics(check: Check, findings: Iterable[Finding], article: Article, context: Context) -> Iterator[Diagnostic]:
    for finding in findings:
        yield _diagnostic(check, finding, article, context.severity(check.code) or finding.severity or check.severity)


def _diagnostic(check: Check, finding: Finding, article: Article, severity: Severity) -> Diagnostic:
    span = finding.span
    return Diagnostic(
        code=check.code,
        name=check.name,
        severity=severity,
        message=finding.message,
        path=finding.path or article.path,
        line=span.line,
        column=span.column,
        end_line=span.end_line,
        end_column=span.end_column,
        help=finding.help,
        fixable=bool(finding.edits),
        edits=finding.edits,
    )
