"""What a book has beside the articles that are its chapters."""

from __future__ import annotations

from datetime import date

from pipeline.frozen import dataclass
from pipeline.model.article import Person
from pipeline.model.nodes import Disclaimer, ListItem


@dataclass(frozen=True, slots=True)
class VolumePart:
    """A part of a book."""

    title: str
    chapters: tuple[str, ...]
    """Slugs."""


@dataclass(frozen=True, slots=True)
class SharedBox:
    """A disclaimer in the front matter of a book."""

    chapter: str
    """Slug of the first chapter that has it, whose language it is in."""
    box: Disclaimer
    everywhere: bool
    """Whether all chapters share it, and so leave it to the front matter."""


@dataclass(frozen=True, slots=True)
class Work:
    """A source that chapters name."""

    chapter: str
    """Slug of the first chapter that names it."""
    item: ListItem


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a chapter."""

    chapter: str
    """Slug."""
    anchor: str = ""
    """Id of a heading in it; empty for the chapter as a whole."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise in the index, with the places where it is shown."""

    name: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Volume:
    """The matter of a book."""

    subtitle: str
    description: str
    authors: tuple[Person, ...]
    editors: tuple[Person, ...]
    published: date | None
    cover: str
    """Path of a Picture, or empty."""
    parts: tuple[VolumePart, ...]
    front: tuple[SharedBox, ...]
    """The general disclaimers of all chapters, each text once."""
    works: tuple[Work, ...]
    """The sources of all chapters, each once, by name."""
    exercises: tuple[Exercise, ...]
    """By name."""
