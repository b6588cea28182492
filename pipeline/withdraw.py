"""Withdraw an article: a line in the record of editions, and ``status: withdrawn`` in its metadata; and the way back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipeline.editions import EDITIONS, Record, load_ledger, open_record
from pipeline.errors import ContentError, UnreadableError, UsageError, did_you_mean, shorten
from pipeline.mend import Mended, byte_order_mark
from pipeline.model.article import Article, Status
from pipeline.model.edition import Entry, Ledger, Reinstated, Released, Withdrawn
from pipeline.source import discover
from pipeline.source.status import with_status, with_status_put_back
from pipeline.workspace import Workspace, open_workspace, rewritten

MAX_REASON = 1000
"""Characters; the reason is printed on the pages that take the article's place."""


@dataclass(frozen=True, slots=True)
class Subject:
    """An article that is to be withdrawn, or put back."""

    slug: str
    title: str
    language: str
    article: Article | None
    """None when only the record knows it: it was released, and its file is gone."""
    workspace: Workspace | None
    released: tuple[Released, ...]
    """What was released of it, alone or with others."""
    withdrawal: Withdrawn | None
    """The withdrawal in force."""

    @property
    def marked(self) -> bool:
        """Whether its metadata says that it is withdrawn."""
        return self.article is not None and self.article.metadata.status == "withdrawn"


@dataclass(frozen=True, slots=True)
class Change:
    """What was done: to the record, to the metadata, to both or, where all was so already, to none."""

    subject: Subject
    entry: Entry | None
    source: Mended | None


def find(content: Path, slug: str) -> Subject:
    """The article of a slug, from the tree or else from the record.

    Raises UsageError for one that neither has, ContentError for a slug of two articles or a broken record, and
    UnreadableError.
    """
    return _find(content, slug, load_ledger(content))


def _find(content: Path, slug: str, ledger: Ledger) -> Subject:
    files = discover(content)
    named = [file for file in files if file.slug == slug and file.plain]
    released = tuple(entry for entry in ledger.entries if isinstance(entry, Released) and slug in entry.articles)
    withdrawal = ledger.withdrawals.get(slug)
    if len(named) > 1:
        message = f"{len(named)} articles have the slug {slug}: {', '.join(file.name for file in named)}"
        raise ContentError(message, path=named[0].name, help="Rename all but one of them first.")
    if named:
        workspace = open_workspace(content, [named[0].path])
        if not workspace.articles:
            raise UnreadableError(
                workspace.unreadable[0].message, path=named[0].name, help=workspace.unreadable[0].help
            )
        [article] = workspace.articles
        title, language = article.metadata.title or slug, article.language
        return Subject(slug, title, language, article, workspace, released, withdrawal)
    last = withdrawal or (released[-1] if released else None)
    if last is None:
        known = {file.slug for file in files} | {
            entry.slug for entries in ledger.releases.values() for entry in entries
        }
        help_ = did_you_mean(slug, known) or "Name it by its file, without .md."
        raise UsageError(f"there is no article {shorten(slug)}", help=help_)
    title = last.title if last.slug == slug else slug
    return Subject(slug, title, last.language, None, None, released, withdrawal)


def withdraw(content: Path, slug: str, reason: str, day: date) -> Change:
    """Withdraw an article. Done twice it changes nothing more. Raises what ``find`` raises, and ExportError."""
    reason = _reason(reason)
    with open_record(content) as record:
        subject = _find(content, slug, record.ledger)
        entry = None
        if subject.withdrawal is None:
            source = _marked(subject, "withdrawn")
            before = source[1] if source else ""
            entry = Withdrawn(slug, subject.title, subject.language, reason, day, before)
        elif subject.withdrawal.reason != reason:
            raise UsageError(
                f"{slug} is withdrawn already, since {subject.withdrawal.since}: {subject.withdrawal.reason}",
                help="To give another reason, undo that first: `pipeline withdraw --undo`.",
            )
        else:
            source = _marked(subject, "withdrawn")
        return _apply(record, Change(subject, entry, source[0] if source else None))


def undo(content: Path, slug: str, day: date) -> Change:
    """Take back the last withdrawal of an article: its editions are current again, its metadata is as it was.

    Raises UsageError where it is not withdrawn, and what ``withdraw`` raises.
    """
    with open_record(content) as record:
        subject = _find(content, slug, record.ledger)
        if subject.withdrawal is None and not subject.marked:
            raise UsageError(f"{slug} is not withdrawn", help="There is nothing to undo.")
        entry = Reinstated(slug, day) if subject.withdrawal else None
        before = subject.withdrawal.status if subject.withdrawal else ""
        return _apply(record, Change(subject, entry, _unmarked(subject, before)))


def _reason(reason: str) -> str:
    """The reason in one line."""
    words = " ".join(reason.split())
    if not words:
        raise UsageError("the reason is empty", help="Say what was wrong, in words that readers understand.")
    if len(words) > MAX_REASON:
        raise UsageError(f"the reason has more than {MAX_REASON} characters", help="Say it in a sentence or two.")
    if not words.isprintable():
        raise UsageError("the reason holds characters that cannot be printed", help="Write it in plain text.")
    return words


def _apply(record: Record, change: Change) -> Change:
    """Write the metadata, then the record; where that fails, the metadata is as before."""
    if change.source:
        change.source.write()
    if change.entry:
        try:
            record.append([change.entry])
        except BaseException:
            if change.source:
                replace(change.source, before=change.source.after, after=change.source.before).write()
            raise
    return change


def _marked(subject: Subject, status: Status) -> tuple[Mended, str] | None:
    """The metadata with another status, and what it said before; None where there is nothing to change."""
    article = subject.article
    if article is None or article.metadata.status == status:
        return None
    try:
        source, before = with_status(article, status)
    except ValueError:
        raise _by_hand(article, status) from None
    return _checked(subject, article, source, status), before


def _unmarked(subject: Subject, before: str) -> Mended | None:
    article = subject.article
    if article is None or not subject.marked:
        return None
    try:
        source = with_status_put_back(article, before)
    except ValueError:
        raise _by_hand(article, "ready") from None
    return _checked(subject, article, source, "draft" if "draft" in before else "ready")


def _checked(subject: Subject, article: Article, source: str, status: Status) -> Mended:
    """The change, once it is sure that it changes the status alone."""
    assert subject.workspace is not None
    after = rewritten(subject.workspace, article, source)
    if replace(article.metadata, status=status, spans={}) != replace(after.metadata, spans={}):
        raise _by_hand(article, status)
    return Mended(article.path, article.source, source, byte_order_mark(article))


def _by_hand(article: Article, status: Status) -> ContentError:
    return ContentError(
        "the status cannot be set by itself in this metadata",
        path=article.path,
        line=article.metadata.span("status").line,
        help=f"Write a line `status: {status}` there yourself, then run the command again; {EDITIONS} is as it was.",
    )
