"""A content tree as it is on disk, and what the checks say of it."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipeline import articles
from pipeline.books import Books
from pipeline.errors import PipelineError, UsageError
from pipeline.examination import check_all
from pipeline.export import FORMATS
from pipeline.held import Held
from pipeline.model.proof import OutputFile
from pipeline.model.publication import Publication
from pipeline.newsletters import Newsletters
from pipeline.overview import source_facts
from pipeline.publication import for_anyone
from pipeline.report.facts import KINDS, Facts
from pipeline.source import Unreadable, source_name
from pipeline.workspace import Checked, Workspace, open_workspace


@dataclass(frozen=True, slots=True)
class Opened:
    """One article, newsletter or book as it is now."""

    workspace: Workspace
    checked: Checked
    facts: Facts

    @property
    def path(self) -> str:
        """Of the file, as messages show it."""
        return self.checked.article.path

    def publication(self) -> Publication:
        """What would be exported of it; raises PipelineError where that cannot be told."""
        workspace, article = self.workspace, self.checked.article
        held = Held(workspace, (self.checked,))
        for newsletter in workspace.newsletters:
            return Newsletters(workspace, held).publication(newsletter, workspace.config)
        for book in workspace.books:
            return Books(workspace, held).publication(book, workspace.config)
        return articles.publication(workspace, article, workspace.config)


class Desk:
    """What the pages of the desk show. Its methods may be called from any thread."""

    def __init__(self, content: Path, as_of: date | None = None) -> None:
        self.content = content
        self.as_of = as_of
        self.facts: dict[str, Facts] = {}
        """By source; what has been looked at so far."""
        self.left = 0
        """How many sources are still to be looked at."""
        self.trouble: PipelineError | None = None
        """What keeps the whole tree from being read."""
        self.unreadable: tuple[Unreadable, ...] = ()
        """Files that cannot be read at all."""
        self.name = ""
        """Who publishes; empty where that could not be read yet."""
        self._lock = threading.RLock()
        self._known: dict[str, tuple[object, Opened]] = {}
        self._version = 0
        self._linked: frozenset[str] | None = None
        """Slugs that something in the tree leads to, as the last scan saw it; None before one has ended."""

    def scan(self) -> Iterator[int]:
        """Look at the whole tree; yields how many sources are left after each."""
        try:
            workspace = self._open(())
        except PipelineError as error:
            with self._lock:
                self.trouble, self.facts, self.left = error, {}, 0
            yield 0
            return
        with self._lock:
            self.trouble, self.unreadable = None, workspace.unreadable
            self.left = len(workspace.articles) + len(workspace.newsletters) + len(workspace.books)
        found: list[Checked] = []
        for one in _check_all(workspace, found):
            with self._lock:
                self.left -= 1
                self._note(workspace, one)
            yield self.left
        there = {source_name(workspace.content, one.article.path) for one in found}
        linked = frozenset(workspace.library.referenced)
        with self._lock:
            self.facts = {source: facts for source, facts in self.facts.items() if source in there}
            if linked != self._linked:
                self._linked = linked
                self._known.clear()

    def changed(self) -> None:
        """Forget what was read: something in the tree is another."""
        with self._lock:
            self._version += 1
            self._known.clear()

    def open(self, source: str) -> Opened:
        """One source as it is on disk now. Raises UsageError where there is none, and other PipelineErrors."""
        path = self.content / source
        if source.partition("/")[0] not in KINDS or ".." in Path(source).parts or path.is_dir():
            raise UsageError(f"there is no article {source}", help="Go back to the list.")
        with self._lock:
            stamp = (self._version, _stamp(path), _stamp(self.content / "publisher.toml"))
            known = self._known.get(source)
            if known and known[0] == stamp:
                return known[1]
            opened = self._look(path, source)
            self._known[source] = (stamp, opened)
            return opened

    def pages(self, opened: Opened) -> list[OutputFile]:
        """Its web pages with all that they need, the one to open first; raises PipelineError."""
        publication = opened.publication()
        return FORMATS["html"].export(for_anyone(publication) if publication.issue else publication)

    def _look(self, path: Path, source: str) -> Opened:
        workspace = self._open((path,))
        if self._linked is not None:  # so that a page says of its article what the list says
            library = replace(workspace.library, whole=True, referenced=self._linked, unused_pictures=())
            workspace = replace(workspace, library=library)
        checked = next(iter(_check_all(workspace, [])), None)
        if checked is None:
            reason = workspace.unreadable[0] if workspace.unreadable else None
            raise UsageError(
                reason.message if reason else f"there is no article {source}",
                path=str(path),
                help=reason.help if reason else "Go back to the list.",
            )
        return Opened(workspace, checked, self._note(workspace, checked))

    def _open(self, paths: Iterable[Path]) -> Workspace:
        workspace = open_workspace(self.content, tuple(paths), as_of=self.as_of)
        self.name = workspace.config.name
        return workspace

    def _note(self, workspace: Workspace, checked: Checked) -> Facts:
        facts = source_facts(workspace, checked, self.facts.get(source_name(workspace.content, checked.article.path)))
        self.facts[facts.source] = facts
        return facts


def _check_all(workspace: Workspace, found: list[Checked]) -> Iterator[Checked]:
    """Everything that was asked for, checked; ``found`` gathers it for newsletters and books, which come last."""
    for one in check_all(workspace):
        found.append(one)
        yield one
    held = Held(workspace, tuple(found))
    for holders in (Newsletters(workspace, held), Books(workspace, held)):
        for one in holders.check():
            found.append(one)
            yield one


def _stamp(path: Path) -> tuple[int, int]:
    """What tells whether a file is still the same; zeros where there is none."""
    try:
        state = path.stat()
    except OSError:
        return 0, 0
    return state.st_mtime_ns, state.st_size
