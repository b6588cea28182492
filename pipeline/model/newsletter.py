"""One newsletter's source file: the editor's note, the articles that it holds, events and offers."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pipeline.frozen import dataclass
from pipeline.model.article import Article
from pipeline.model.nodes import NOWHERE, Span

PROFILE = "newsletter"
"""The article type that the editor's note is checked as."""

Mode = Literal["full", "summary"]


@dataclass(frozen=True, slots=True)
class Item:
    """An article that an issue holds."""

    article: str
    """Its slug."""
    mode: Mode = "summary"
    """``summary``: title, description and picture with a link; ``full``: the whole text."""
    span: Span = NOWHERE
    """Where its slug stands."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that readers can come to."""

    name: str
    when: str
    """As the editor wrote it; a date as year-month-day, with a time behind it or not, is printed as the language has it."""
    where: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that readers can have."""

    name: str
    text: str = ""
    until: date | None = None
    """Its last day."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Newsletter:
    """A parsed newsletter.

    A key that is absent or wrong keeps its default here and is reported as M01 among the note's findings.
    """

    note: Article
    """The editor's note as an article of the type ``newsletter``, with the file's path, source, status and findings."""
    issue: int = 0
    published: date | None = None
    subject: str = ""
    preheader: str = ""
    """What mail programs show behind the subject."""
    items: tuple[Item, ...] = ()
    events: tuple[Event, ...] = ()
    offers: tuple[Offer, ...] = ()

    @property
    def path(self) -> str:
        """Of the source file, relative to the working directory."""
        return self.note.path

    @property
    def slug(self) -> str:
        """The file name without ``.md``."""
        return self.note.slug

    @property
    def title(self) -> str:
        """The newsletter's title."""
        return self.note.metadata.title

    def span(self, *keys: str) -> Span:
        """Span of the first of ``keys`` that the metadata has, else of ``title``, or line 1."""
        return self.note.metadata.span(*keys)
