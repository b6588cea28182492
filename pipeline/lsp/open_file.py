"""A file as it stands in an editor, saved or not, and what the checks find in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from pipeline.books import Books
from pipeline.errors import ContentError, UnreadableError
from pipeline.files import display_path
from pipeline.held import Held
from pipeline.mend import mended_source
from pipeline.model.article import Article, ArticleMetadata
from pipeline.model.diagnostic import Diagnostic
from pipeline.model.lines import LineIndex, line_index
from pipeline.newsletters import Newsletters
from pipeline.source.discover import ARTICLES, ENDINGS
from pipeline.workspace import Workspace, check_article, open_workspace, refused, rewritten, with_unsaved

SETTINGS = "publisher.toml"
"""What a content tree is known by."""


def content_of(path: Path) -> Path | None:
    """The content tree that a file lies in; None where it lies in none."""
    return next((folder for folder in path.parents if (folder / SETTINGS).is_file()), None)


class Trees:
    """The content trees that files are open in, each read once until something in it is saved."""

    def __init__(self) -> None:
        self._read: dict[Path, Workspace] = {}
        self._held: dict[Path, Held] = {}

    def workspace(self, content: Path) -> Workspace:
        """A content tree, of which nothing is read but its rules and what an article asks of others.

        Raises ContentError and UnreadableError where its rules are wrong.
        """
        if content not in self._read:
            self._read[content] = open_workspace(content, None)
        return self._read[content]

    def held(self, content: Path) -> Held:
        """The articles that newsletters and books of a tree hold, each checked once."""
        if content not in self._held:
            self._held[content] = Held(self.workspace(content))
        return self._held[content]

    def forget(self) -> None:
        """Read the trees anew when they are asked for."""
        self._read.clear()
        self._held.clear()


class OpenFile:
    """One file that is open in an editor."""

    def __init__(self, trees: Trees, path: Path, source: str) -> None:
        self.path = path
        self.source = source.removeprefix("\ufeff")
        self.content = content_of(path)
        self._trees = trees

    @property
    def folder(self) -> str:
        """The folder of its content tree that it lies in, such as ``articles``; empty where it lies in none."""
        if self.content is None:
            return ""
        below = self.path.relative_to(self.content).parts
        return below[0] if len(below) > 1 else ""

    @cached_property
    def index(self) -> LineIndex:
        """Lines and columns of its text."""
        return line_index(self.source)

    @cached_property
    def workspace(self) -> Workspace:
        """The content tree that it lies in. Raises ContentError and UnreadableError where its rules are wrong."""
        assert self.content is not None
        return self._trees.workspace(self.content)

    @cached_property
    def article(self) -> Article:
        """The article that its text is. Raises ContentError and UnreadableError where the tree's rules are wrong."""
        empty = Article(display_path(self.path), self.path.stem, "", ArticleMetadata(), ())
        return rewritten(self.workspace, empty, self.source)

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the text as it stands here, or with the tree's rules.

        Articles that a newsletter or book holds count as they were last saved.
        """
        if self.content is None:
            return ()
        try:
            if self.folder == ARTICLES:
                return check_article(self.workspace, self.article).diagnostics
            return tuple(self._of_holder())
        except (ContentError, UnreadableError) as problem:
            return refused(problem).diagnostics

    def _of_holder(self) -> Iterator[Diagnostic]:
        """What is wrong with a newsletter or book."""
        workspace = self.workspace  # its rules may be wrong, whatever the file is
        if self.path.suffix != ENDINGS.get(self.folder):
            return
        assert self.content is not None
        held = self._trees.held(self.content)
        unsaved = with_unsaved(workspace, self.path, self.source)
        for holders in (Newsletters(unsaved, held), Books(unsaved, held)):
            for checked in holders.check():
                yield from checked.diagnostics

    @property
    def own(self) -> Sequence[Diagnostic]:
        """Those of the diagnostics that are about this file."""
        name = display_path(self.path)
        return [diagnostic for diagnostic in self.diagnostics if diagnostic.path == name]

    def mended(self) -> str:
        """Its text with all that can be mended by itself."""
        return mended_source(self.workspace, self.article) if self.folder == ARTICLES else self.source
