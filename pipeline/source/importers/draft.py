"""What an importer makes of a file before it is an article: blocks, facts about it, and all that was left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from pipeline.model.nodes import Block, Footnote, Inline, Span
from pipeline.model.walk import block_lines, plain_text


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something of the file that is not in the article."""

    what: str
    """What it was, in words: ``share buttons``, ``a comment``."""
    text: str = ""
    """Its words, whole."""
    line: int = 0
    """Where it stood in a text or HTML file, from 1; 0 where that cannot be said."""


@dataclass(slots=True)
class Draft:
    """An article in the making. Blocks are flat: headings stand beside what they govern."""

    blocks: list[Block] = field(default_factory=list)
    footnotes: list[Footnote] = field(default_factory=list)
    title: str = ""
    subtitle: str = ""
    suggested_title: str = ""
    """What the file says of itself where its text may say better."""
    site: str = ""
    """Name of the site that it comes from."""
    description: str = ""
    authors: dict[str, str] = field(default_factory=dict)
    """Names, and the credentials that stand behind them."""
    reviewer: str = ""
    reviewer_credentials: str = ""
    published: date | None = None
    language: str = ""
    """BCP 47, as the file says."""
    keywords: list[str] = field(default_factory=list)
    address: str = ""
    """Of the page on the web, to which its relative references are added."""
    pictures: dict[str, bytes] = field(default_factory=dict)
    """What the file itself holds, by the reference under which the blocks show it."""
    structured: bool = True
    """Whether the file could say what a heading or a list is; plain text cannot."""
    dropped: list[Dropped] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    """What is there in another form than in the file, in words."""

    def add_authors(self, people: Iterable[tuple[str, str]]) -> None:
        """Note names and credentials; what was known of somebody before stays."""
        for name, credentials in people:
            self.authors[name] = self.authors.get(name, "") or credentials

    def drop(self, what: str, text: str = "", line: int = 0) -> None:
        """Note something that is left out."""
        self.dropped.append(Dropped(what, " ".join(text.split()), line))


def at(line: int) -> Span:
    """The span of what starts on a line of the file that is imported."""
    return Span(line, 1, line, 1)


def words_of(block: Block) -> str:
    """All words of a block on one line."""
    return " ".join(" ".join(block_lines([block])).split())


def said(children: tuple[Inline, ...]) -> str:
    """The words of inline nodes, blanks made single."""
    return " ".join(plain_text(children).split())
