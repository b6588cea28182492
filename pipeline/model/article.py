"""One source file as a structured article."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import field
from datetime import date
from typing import Literal

from pipeline.frozen import dataclass
from pipeline.model.diagnostic import Finding
from pipeline.model.nodes import NOWHERE, Block, Footnote, Span

Status = Literal["draft", "ready", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Person:
    """An author or reviewer."""

    name: str
    credentials: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class ArticleMetadata:
    """The YAML at the top of a file.

    A key that is absent or wrong keeps its default here and is reported as M01, so that the rest can still be checked.
    """

    title: str = ""
    description: str = ""
    profile: str = ""
    authors: tuple[Person, ...] = ()
    language: str = ""
    """BCP 47; the publisher's language when the article names none."""
    subtitle: str = ""
    reviewer: Person | None = None
    published: date | None = None
    reviewed: date | None = None
    next_review: date | None = None
    topics: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    cover: str = ""
    disclaimers: tuple[str, ...] = ()
    allow: Mapping[str, str] = field(default_factory=dict)
    status: Status = "ready"
    funding: str = ""
    spans: Mapping[str, Span] = field(default_factory=dict)
    """Where each key's line is: ``title``, ``authors``, and nested ones as ``authors.0.name``, ``allow.S06``."""

    def span(self, *keys: str) -> Span:
        """Span of the first of ``keys`` that the metadata has, else of ``profile``, ``title``, or line 1."""
        for key in (*keys, "profile", "title"):
            if key in self.spans:
                return self.spans[key]
        return NOWHERE


@dataclass(frozen=True, slots=True)
class Resource:
    """A local file that an article refers to (picture, cover, linked file), as reading found it."""

    reference: str
    """As written, relative to ``content/``."""
    state: Literal["ok", "missing", "outside", "damaged", "wrong-kind", "too-large"]
    """``outside``: the path, or a link on it, leaves ``content/``."""
    media_type: str = ""
    width: int = 0
    """In pixels (SVG: user units); 0 when unknown or not a picture."""
    height: int = 0
    detail: str = ""
    """In words, what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Article:
    """A parsed article: metadata, text as nodes, and what the parser found wrong."""

    path: str
    """Of the source file, relative to the working directory, with forward slashes."""
    slug: str
    """The file name without ``.md``."""
    source: str
    """The decoded text of the whole file, byte order mark taken away, line ends as they are."""
    metadata: ArticleMetadata
    body: tuple[Block, ...]
    """Blocks before the first heading, then Sections."""
    footnotes: tuple[Footnote, ...] = ()
    """In order of first reference; those that nothing refers to come last."""
    body_line: int = 1
    """The line on which the text below the metadata starts."""
    findings: tuple[Finding, ...] = ()
    """What reading and parsing found, each with its code."""

    parsed: bool = True
    """False when there is no text to be had (empty, not UTF-8, too large, no plain file): only ``findings`` count."""
    stopped: bool = False
    """Whether reading it was given up, since it took too much; another machine, or another time, may read it."""

    resources: Mapping[str, Resource] = field(default_factory=dict)
    """The local files that the article refers to, by reference as written."""

    @property
    def language(self) -> str:
        """The article's BCP 47 language tag."""
        return self.metadata.language

    @property
    def digest(self) -> str:
        """What tells whether its text has changed: SHA-256 of it."""
        return hashlib.sha256(self.source.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Outline:
    """What others, and the plan of a build, need to know of an article: all but its text."""

    metadata: ArticleMetadata
    anchors: AbstractSet[str]
    """The ids of its headings."""
    links: frozenset[str]
    """Slugs of the articles that it links to or lists, but for its own."""
    files: tuple[str, ...]
    """The local files that it refers to, as written."""
    body_line: int
    parsed: bool
    digest: str
    """Of its text; see ``Article.digest``."""


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """What other articles need to know of an article."""

    slug: str
    path: str
    title: str
    status: Status
    anchors: AbstractSet[str]
    """The ids of its headings."""
    description: str = ""
    profile: str = ""
    language: str = ""
    reviewed: date | None = None


@dataclass(frozen=True, slots=True)
class Library:
    """All articles of a content tree, for links between them."""

    entries: Mapping[str, LibraryEntry] = field(default_factory=dict)
    """By slug."""
    referenced: AbstractSet[str] = frozenset()
    """Slugs that some other article, book or newsletter links to or lists."""
    whole: bool = False
    """Whether the whole tree is being checked, so that what nothing uses can be told."""
    unused_pictures: Sequence[str] = ()
    """Paths, relative to the working directory, of pictures that nothing in the tree shows."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Why articles were withdrawn, by slug, where that was written down."""
