"""One book's source file: who made it, and which articles are its chapters."""

from __future__ import annotations

from datetime import date

from pipeline.frozen import dataclass
from pipeline.model.article import Article, Person
from pipeline.model.nodes import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that a book holds."""

    article: str
    """Its slug."""
    span: Span = NOWHERE
    """Where the slug stands."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a book."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """A parsed book.

    A key that is absent or wrong keeps its default here and is reported as M01 among the sheet's findings.
    """

    sheet: Article
    """The book's own words (title, subtitle, description, names of parts) as an article, for the checks that read words; with
    the file's path, source, metadata and findings."""
    editors: tuple[Person, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def path(self) -> str:
        """Of the source file, relative to the working directory."""
        return self.sheet.path

    @property
    def slug(self) -> str:
        """The file name without ``.toml``."""
        return self.sheet.slug

    @property
    def published(self) -> date | None:
        """When it comes out."""
        return self.sheet.metadata.published

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The articles of all parts, in order."""
        return tuple(entry for part in self.parts for entry in part.entries)
