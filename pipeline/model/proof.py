"""Finished files and what was proven of them."""

from __future__ import annotations

from dataclasses import field

from pipeline.frozen import dataclass
from pipeline.model.passage import PageStart, Passage


@dataclass(frozen=True, slots=True)
class FilledLine:
    """Words that were written on a line of a page to be filled in, and nothing else."""

    page: int
    """Index from 0."""
    left: float
    bottom: float
    right: float
    top: float
    """In points from the page's bottom left."""
    words: str


@dataclass(frozen=True, slots=True)
class OutputFile:
    """One finished file, as bytes."""

    path: str
    """Relative to ``build/``, with forward slashes."""
    media_type: str
    data: bytes = field(repr=False)
    pages: int | None = None
    """Pages of a PDF; None where there are none."""
    filled: tuple[FilledLine, ...] = ()
    """What a personal copy says and others of the same handout do not."""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A finished file whose bytes are not sent, since whoever asked for it has them."""

    path: str
    """As ``OutputFile.path``."""
    media_type: str
    sha256: str
    size: int
    """In bytes."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """A safety text that a finished file must show."""

    kind: str
    version: str
    texts: tuple[str, ...]
    """Any one of these, word for word (white space, quotation marks and hyphenation apart); none for an article's own
    words that only the file itself tells."""
    location: str = ""
    """Where it was found when the file was made: looked at first among places that are as good; empty when not known."""

    @property
    def words(self) -> Requirement:
        """The same, wherever it is."""
        return Requirement(self.kind, self.version, self.texts)


@dataclass(frozen=True, slots=True)
class DisclaimerProof:
    """Where a required text was found in a finished file."""

    kind: str
    version: str
    location: str
    """``page 1`` in a PDF, ``#disclaimer-info`` in HTML, ``text/article.xhtml#disclaimer-info`` in an EPUB."""
    visible: bool
    before_instructions: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """Where on a page a proven text stands: a rectangle in points from the page's bottom left."""

    page: int
    """From 1, in the order in which pages are read."""
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Proof:
    """What re-opening a finished file showed."""

    disclaimers: tuple[DisclaimerProof, ...]
    problems: tuple[str, ...]
    """Each a sentence for a person; empty when all is proven."""
    pages: int | None = None
    passages: tuple[Passage, ...] | None = field(default=None, repr=False)
    """What the file says, in order, but for imprint and colophon; None where a format has no reader for it."""
    page_starts: tuple[PageStart, ...] = field(default=(), repr=False)
    """Where each page starts; none in a format without pages."""
    spots: tuple[Spot, ...] = field(default=(), repr=False)
    """Where each of the disclaimers starts, in their order; none in a format without pages."""
