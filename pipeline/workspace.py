"""A content tree, opened: settings, rules, articles, and what the checks say of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.checks.context import Context, Issue
from pipeline.checks.run import run_checks
from pipeline.config import Config, load_config
from pipeline.disclaimers import DisclaimerKind, load_disclaimers, triggered
from pipeline.errors import ContentError, PipelineError, UnreadableError
from pipeline.files import display_path
from pipeline.frozen import dataclass
from pipeline.limits import OVER, within_limits
from pipeline.locales import load_locale
from pipeline.model.article import Article, Library
from pipeline.model.book import Book
from pipeline.model.diagnostic import Diagnostic, Severity
from pipeline.model.newsletter import Newsletter
from pipeline.profiles import Profile, know_kinds, load_profiles
from pipeline.records import Record, Records, rules_digest
from pipeline.report.summary import Report, Rule
from pipeline.source import Shelf, Shelved, SourceFile, Unreadable, content_resources, load_tree, reparse
from pipeline.source.discover import BOOKS, ENDINGS


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything below ``content/`` that a command works on."""

    content: Path
    config: Config
    profiles: Mapping[str, Profile]
    kinds: Mapping[str, DisclaimerKind]
    articles: tuple[Article, ...]
    """Those that were asked for, sorted by path."""
    library: Library
    """All of the tree, for links between articles."""
    unreadable: tuple[Unreadable, ...]
    """Files that could not be read at all."""
    as_of: date
    newsletters: tuple[Newsletter, ...] = ()
    """Those that were asked for, sorted by path."""
    article: Callable[[str], Article | None] = lambda _: None
    """An article of the tree by its slug, asked for or not; None where there is none, or it cannot be read."""
    books: tuple[Book, ...] = ()
    """Those that were asked for, sorted by path."""
    holders: tuple[str, ...] = ()
    """Paths of all newsletters and books of the tree, relative to the working directory."""
    records: Records = Records()
    """What earlier runs have found."""
    shelf: Shelf | None = None
    """Where articles of the tree can be put to be read."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One article and what the checks found."""

    article: Article
    diagnostics: tuple[Diagnostic, ...]
    suppressed: int
    record: Record | None = None
    """What is kept of it, where it is an article of the tree."""

    @property
    def sound(self) -> bool:
        """Whether it may be exported: no finding is an error."""
        return not any(diagnostic.severity is Severity.ERROR for diagnostic in self.diagnostics)


def open_workspace(content: Path, paths: Sequence[Path] | None = (), *, as_of: date | None = None) -> Workspace:
    """Read ``content`` and what is at ``paths`` (empty means all, None nothing). Raises UsageError and ContentError."""
    rules = rules_digest(content)
    config = load_config(content)
    profiles = load_profiles(content)
    kinds = load_disclaimers(content)
    know_kinds(profiles, kinds)
    # what somebody edits meanwhile is kept under no digest
    records = Records(content, rules) if rules == rules_digest(content) else Records()
    tree = load_tree(content, paths, config=config, profiles=profiles, kinds=kinds, known=records.outline)
    return Workspace(
        content=content,
        config=config,
        profiles=profiles,
        kinds=kinds,
        articles=tree.articles,
        library=replace(tree.library, reasons=_Reasons(content)),
        unreadable=tree.unreadable,
        as_of=as_of or date.today(),  # noqa: DTZ011 -- a review date is a day on the editor's own calendar
        newsletters=tree.newsletters,
        article=tree.article,
        books=tree.books,
        holders=tree.holders,
        records=records,
        shelf=tree.shelf,
    )


class _Reasons(Mapping[str, str]):
    """Why articles were withdrawn, by slug; the record is read when somebody asks.

    One that somebody edited gives no reasons here: the commands that need it say what is wrong with it.
    """

    def __init__(self, content: Path) -> None:
        self._content = content
        self._found: dict[str, str] | None = None

    def _read(self) -> dict[str, str]:
        if self._found is None:
            from pipeline.editions import load_ledger

            try:
                withdrawals = load_ledger(self._content).withdrawals
            except PipelineError:
                withdrawals = {}
            self._found = {slug: withdrawal.reason for slug, withdrawal in withdrawals.items()}
        return self._found

    def __getitem__(self, slug: str) -> str:
        return self._read()[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())


def rewritten(workspace: Workspace, article: Article, source: str) -> Article:
    """An article of the workspace as it would be with another text in its file."""
    return reparse(
        article,
        source,
        content=workspace.content,
        config=workspace.config,
        profiles=workspace.profiles,
        kinds=workspace.kinds,
    )


def with_unsaved(workspace: Workspace, path: Path, source: str) -> Workspace:
    """The workspace asked for one newsletter, or one book, as it would be with this text in its file."""
    from pipeline.source.books import parse_book
    from pipeline.source.findings import Findings
    from pipeline.source.newsletters import parse_newsletter
    from pipeline.source.text import Rules

    file = SourceFile(path, display_path(path), path.stem)
    rules = Rules(workspace.config, workspace.profiles, workspace.kinds, content_resources(workspace.content))
    if path.suffix == ENDINGS[BOOKS]:
        return replace(workspace, articles=(), newsletters=(), books=(parse_book(file, source, rules, Findings()),))
    newsletter = parse_newsletter(file, source, rules, Findings())
    return replace(workspace, articles=(), newsletters=(newsletter,), books=())


def check_article(
    workspace: Workspace,
    article: Article,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    issue: Issue | None = None,
) -> Checked:
    """Run the checks on one article; ``issue`` is there where it is a newsletter's note."""
    whole = article.whole() if isinstance(article, Shelved) else article
    result = run_checks(whole, context_of(workspace, whole, issue), select=select, ignore=ignore)
    return Checked(article, result.diagnostics, result.suppressed)


def context_of(workspace: Workspace, article: Article, issue: Issue | None = None) -> Context:
    """What the checks may know besides an article."""
    return Context(
        config=workspace.config,
        profile=workspace.profiles.get(article.metadata.profile),
        profiles=workspace.profiles,
        disclaimers=workspace.kinds,
        locale=load_locale(article.language),
        library=workspace.library,
        as_of=workspace.as_of,
        issue=issue,
    )


class Texts(Mapping[str, str]):
    """The text of articles by path, taken from their bytes when it is asked for: of thousands a few are shown."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles = {article.path: article for article in articles}

    def __getitem__(self, path: str) -> str:
        return self._articles[path].source

    def __iter__(self) -> Iterator[str]:
        return iter(self._articles)

    def __len__(self) -> int:
        return len(self._articles)


def report(workspace: Workspace, checked: Iterable[Checked]) -> Report:
    """Gather what was found; files that could not be read count as an error each."""
    checked = list(checked)
    found = [diagnostic for one in checked for diagnostic in one.diagnostics]
    found += [unreadable_diagnostic(file) for file in workspace.unreadable]
    unique = dict.fromkeys(sorted(found, key=lambda diagnostic: diagnostic.sort_key))
    paths = [one.article.path for one in checked] + [file.path for file in workspace.unreadable]
    return Report(
        diagnostics=tuple(unique),
        files=len(paths),
        suppressed=sum(one.suppressed for one in checked),
        rules=_Rules(),
        paths=tuple(sorted(paths)),
    )


class _Rules(Sequence[Rule]):
    """All checks as rules of a report; few forms of it name them, and each check is a file to open."""

    def __getitem__(self, at: Any) -> Any:
        return self._all()[at]

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> tuple[Rule, ...]:
        from pipeline.checks.registry import checks

        return tuple(Rule(c.code, c.name, c.severity, c.summary, c.doc) for c in checks().values())


def refused(problem: ContentError | UnreadableError) -> Report:
    """What a tree's own settings or house rules have wrong, where nothing else can be checked for it.

    A mistake in them is one in what everything below ``content/`` goes by (M01); a file of them that cannot be read is no
    plain one (P07).
    """
    from pipeline.checks.registry import checks

    known = checks()["P07" if isinstance(problem, UnreadableError) else "M01"]
    mistakes = (problem, *(problem.others if isinstance(problem, ContentError) else ()))
    found = [
        Diagnostic(
            code=known.code,
            name=known.name,
            severity=Severity.ERROR,
            message=mistake.message,
            path=mistake.path or "",
            line=mistake.line or 1,
            column=1,
            end_line=mistake.line or 1,
            end_column=1,
            help=mistake.help,
        )
        for mistake in mistakes
    ]
    paths = tuple(sorted({diagnostic.path for diagnostic in found}))
    return Report(tuple(found), len(paths), rules=_Rules(), paths=paths)


def unreadable_diagnostic(file: Unreadable) -> Diagnostic:
    """A file that cannot be read at all, in the form of a finding."""
    return Diagnostic(
        code="P07",
        name="not-a-plain-file",
        severity=Severity.ERROR,
        message=file.message,
        path=file.path,
        line=1,
        column=1,
        end_line=1,
        end_column=1,
        help=file.help,
    )


def reasons(workspace: Workspace) -> str:
    """Why each disclaimer is wanted, one line a reason with where it starts and ends; for ``check --verbose``."""
    lines = []
    for article in workspace.articles:
        profile = workspace.profiles.get(article.metadata.profile)
        with suppress(*OVER), within_limits():  # an article that takes too much is reported by the checks
            for trigger in triggered(article, profile, workspace.kinds):
                span = trigger.span
                place = f"{article.path}:{span.line}:{span.column}-{span.end_line}:{span.end_column}"
                lines.append(f"{place}: wants the {trigger.kind} disclaimer: {trigger.reason}\n")
    return "".join(lines)
