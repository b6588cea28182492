"""The books of a content tree, each checked together with the articles that are its chapters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.checks.run import chosen_checks
from pipeline.config import Config
from pipeline.config.settings import Paper
from pipeline.errors import PATH_LENGTH, did_you_mean, shorten
from pipeline.held import Held
from pipeline.model.book import Book, Entry
from pipeline.model.diagnostic import Finding
from pipeline.model.publication import Publication
from pipeline.publication import book_publication
from pipeline.source import source_name
from pipeline.workspace import Checked, Workspace, check_article

OF_BOOKS = ("C", "L01", "L02", "L04", "M01", "P03", "P04", "P06", "P07")
"""The checks, by the beginnings of their codes, that read a book's own words; its articles are checked by all."""

NEVER_OFF = ("L01", "M01", "P")
"""What no house rule lets pass: without it there is no book."""
PAPER: Paper = "A5"
"""What books are printed on."""


class Books:
    """The books that were asked for."""

    def __init__(self, workspace: Workspace, held: Held | None = None) -> None:
        self._workspace = workspace
        self._held = held or Held(workspace)

    def check(self, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Iterator[Checked]:
        """Run the checks on every book; the article of each result is the book's sheet."""
        if not self._workspace.books:
            return  # and no check is read for it
        codes = [one.code for one in chosen_checks(select, ignore) if one.code.startswith(OF_BOOKS)]
        strict = _without_leave(self._workspace)
        for book in self._workspace.books:
            findings = (*book.sheet.findings, *self._unusable(book))
            sheet = replace(book.sheet, findings=findings)
            found = check_article(strict, sheet, codes) if codes else Checked(sheet, (), 0)
            yield replace(found, article=book.sheet)

    def publication(self, book: Book, config: Config, paper: Paper | None = None) -> Publication:
        """The publication of a book that is sound; ``paper`` is that of its PDF, A5 unless told otherwise."""
        workspace = self._workspace
        articles = self._held.articles(entry.article for entry in book.entries)
        chapters, pictures = self._held.read(articles, config)
        return book_publication(
            book,
            chapters=chapters,
            config=config,
            pictures={**self._held.pictures(book.sheet, config), **pictures},
            sources=[source_name(workspace.content, one.path) for one in (book.sheet, *articles)],
            paper=paper or PAPER,
        )

    def _unusable(self, book: Book) -> Iterator[Finding]:
        """One finding for each article that can be no chapter, at its slug."""
        for entry in book.entries:
            message, mend = self._fault(entry)
            if message:
                yield Finding(message, entry.span, mend, code="L01")

    def _fault(self, entry: Entry) -> tuple[str, str]:
        """What keeps an article out of a book, and the mend; empty where nothing does."""
        slug, library = entry.article, self._workspace.library
        known = library.entries.get(slug)
        if known is None:
            mend = did_you_mean(slug, library.entries) or "Name an article by its file, without `.md`."
            return f"there is no article `{shorten(slug, PATH_LENGTH)}`", mend
        if known.status == "withdrawn":
            reason = library.reasons.get(slug, "")
            why = f"has been withdrawn: {reason}" if reason else "has been withdrawn"
            return f"the article `{slug}` {why}", "Take it out of the book."
        if known.status == "draft":
            return f"the article `{slug}` is a draft, and is not published", "Finish it, or take it out of the book."
        article = self._workspace.article(slug)
        if article is None:
            return f"the article `{slug}` cannot be read", "Check that you may read it."
        if fault := self._held.fault(article):
            return (
                f"the article `{slug}` {fault}",
                f"Mend it first: `pipeline check` shows what is wrong with `{slug}.md`.",
            )
        return "", ""


def _without_leave(workspace: Workspace) -> Workspace:
    """The workspace with house rules that turn off nothing which a book cannot be made without."""
    policy = workspace.config.policy
    severity = {code: each for code, each in policy.severity.items() if not code.startswith(NEVER_OFF)}
    return replace(workspace, config=replace(workspace.config, policy=replace(policy, severity=severity)))
