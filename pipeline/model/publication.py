"""What is exported: one or more articles put in order, with their safety wording resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Literal

from pipeline.frozen import dataclass
from pipeline.model.article import Person
from pipeline.model.instructions import Instruction
from pipeline.model.layout import Layout, Line
from pipeline.model.newsletter import Event, Offer
from pipeline.model.nodes import Block, Footnote
from pipeline.model.passage import PageStart
from pipeline.model.volume import Volume

PublicationKind = Literal["article", "handout", "book", "newsletter"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's bytes; they travel with the publication, so that no exporter opens a file of ``content/``."""

    path: str
    """Relative to ``content/``; what ``Image.src`` says."""
    media_type: str
    data: bytes = field(repr=False)
    width: int
    """In pixels (SVG: user units)."""
    height: int


@dataclass(frozen=True, slots=True)
class Imprint:
    """The publisher's block."""

    name: str
    url: str
    contact: str
    postal_address: str = ""
    colour: str = "#0b5d4e"
    logo: str = ""
    """Path of a Picture, or empty."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One disclaimer that every finished file must show: what proof looks for."""

    kind: str
    version: str
    """Of the approved wording, as ``1.0``; ``own`` for the article's own words."""
    text: str
    """Its words, blocks separated by line ends."""


@dataclass(frozen=True, slots=True)
class RelatedLink:
    """A link to another article."""

    title: str
    slug: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One article within a publication."""

    slug: str
    title: str
    subtitle: str
    description: str
    language: str
    profile: str
    authors: tuple[Person, ...]
    reviewer: Person | None
    published: date | None
    reviewed: date | None
    next_review: date | None
    topics: tuple[str, ...]
    keywords: tuple[str, ...]
    funding: str
    cover: str
    """Path of a Picture, or empty."""
    front: tuple[Block, ...]
    """Front matter: the disclaimers that come before the text, as ``Disclaimer`` nodes with their wording."""
    body: tuple[Block, ...]
    """The text: lead blocks, then Sections; ``stop`` and ``emergency`` stand beside the steps."""
    footnotes: tuple[Footnote, ...]
    related: tuple[RelatedLink, ...]
    notices: tuple[Notice, ...]
    """What must be proven; each kind once."""
    first_instruction: Instruction | None
    """The node of ``body`` (the same object) before which every notice must stand; None where nothing instructs."""

    @property
    def blocks(self) -> tuple[Block | Footnote, ...]:
        """All that it says: front matter, text and footnotes."""
        return (*self.front, *self.body, *self.footnotes)


@dataclass(frozen=True, slots=True)
class Issue:
    """What a newsletter has beside the articles that are its chapters."""

    number: int
    published: date
    subject: str
    """Merge fields, here and in the rest, as ``{{name|member}}``."""
    preheader: str
    note: Chapter
    """The editor's note; the disclaimers that stand once for all articles are its front matter."""
    summaries: tuple[str, ...]
    """Slugs of the chapters of which only a few words and a picture are given, with a link."""
    events: tuple[Event, ...]
    offers: tuple[Offer, ...]
    sender: str
    """As ``Northside Strength <news@northside.example>``."""
    unsubscribe: str
    """Address with ``{{email}}`` in it, which stands for the reader's."""
    list_id: str

    @property
    def warns_first(self) -> bool:
        """Whether the note itself tells readers how to move, so that the disclaimers stand before it."""
        return self.note.first_instruction is not None


@dataclass(frozen=True, slots=True)
class Copy:
    """One person's copy of a handout."""

    file: str
    """Name of its file, without folder and ending."""
    values: tuple[tuple[Line, str], ...]
    """What stands on its lines."""
    origin: str = ""
    """Where the values come from: the path of a list of names, or empty."""
    row: int | None = None
    """Line of that list, from 1."""


@dataclass(frozen=True, slots=True)
class Publication:
    """All that an exporter needs, as one picklable value."""

    kind: PublicationKind
    slug: str
    title: str
    language: str
    chapters: tuple[Chapter, ...]
    imprint: Imprint
    edition: str
    """Eight characters, made from the content and wording alone."""
    theme: str = "default"
    paper: Literal["A4", "Letter", "A5"] = "A4"
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """By path."""
    sources: tuple[str, ...] = ()
    """Paths of the source files, relative to ``content/``; its own first, then those of articles that it holds."""
    issue: Issue | None = None
    """Of a newsletter."""
    volume: Volume | None = None
    """Of a book."""
    standalone: bool = False
    """Whether its web page is to be one file, with all that it needs in it."""
    page_starts: tuple[PageStart, ...] = ()
    """Where the pages of its PDF start, for formats that list them (``Format.pages_of``); empty where there is none."""
    layout: Layout = "standard"
    """How a PDF is laid out; other formats have no layouts."""
    lines: tuple[Line, ...] = ()
    """Lines to fill in on a handout."""
    copies: tuple[Copy, ...] = ()
    """Personal copies to make of a handout in place of the one for everybody."""
