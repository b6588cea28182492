"""The closed set of nodes that an article's text is made of.

``Block`` and ``Inline`` are closed unions: whoever handles nodes matches all of them and ends in ``assert_never``. There
is no node for raw HTML, so none can reach an output. The set follows CommonMark 0.31 and GitHub's extensions.
"""

from __future__ import annotations

from typing import Literal

from pipeline.frozen import dataclass

AlertKind = Literal["note", "tip", "important", "warning", "caution"]
Alignment = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Span:
    """Where something stands in its source file; lines and columns count from 1, the end column is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


NOWHERE = Span(1, 1, 1, 1)
"""The span of what has no place in a source file."""


# --- inline ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Words, entities and escapes resolved; each of these is a Text of its own, so that elsewhere offsets are columns."""

    value: str
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Code:
    """A code span."""

    value: str
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words between single ``*`` or ``_``."""

    children: tuple[Inline, ...]
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Strong:
    """Words between double ``**`` or ``__``."""

    children: tuple[Inline, ...]
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Strikethrough:
    """Words between ``~~``."""

    children: tuple[Inline, ...]
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Link:
    """A link."""

    href: str
    """The target as written, percent-encoded as CommonMark asks."""
    children: tuple[Inline, ...]
    title: str = ""
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Image:
    """A picture."""

    src: str
    """The picture's path relative to ``content/``, as written."""
    alt: str
    """The text alternative, with markup taken away."""
    title: str = ""
    decorative: bool = False
    """Marked ``{.decorative}``: readers need no text alternative."""
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class SoftBreak:
    """A line end in the source inside a paragraph."""

    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class HardBreak:
    """A line break that the writer asked for."""

    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class FootnoteReference:
    """A footnote mark, ``[^label]``."""

    label: str
    number: int
    """Order of first reference in the article, from 1."""
    span: Span = NOWHERE


Inline = Text | Code | Emphasis | Strong | Strikethrough | Link | Image | SoftBreak | HardBreak | FootnoteReference


# --- blocks ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    children: tuple[Inline, ...]
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading."""

    level: int
    """1 to 6, as written in the source."""
    children: tuple[Inline, ...]
    id: str = ""
    """Unique in the article: ``{#id}`` as written, else made from the text as GitHub does."""
    role: str = ""
    """``{role=technique}`` as written; empty when the writer gave none."""
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Section:
    """A top-level heading and all that it governs; sub-sections are Sections among ``blocks``."""

    heading: Heading
    blocks: tuple[Block, ...]
    role: str = ""
    """What the section is for, from its heading through the profile's synonyms; empty when there is none."""
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list."""

    blocks: tuple[Block, ...]
    label: tuple[Inline, ...] = ()
    """The words of ``**Label:** text``, with the colon taken away; ``blocks`` then holds the rest."""
    checked: bool | None = None
    """Of a task list item; None for any other."""
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list without numbers."""

    items: tuple[ListItem, ...]
    tight: bool = True
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class OrderedList:
    """A numbered list."""

    items: tuple[ListItem, ...]
    start: int = 1
    tight: bool = True
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class BlockQuote:
    """A quotation."""

    blocks: tuple[Block, ...]
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Alert:
    """GitHub's ``> [!WARNING]``."""

    kind: AlertKind
    blocks: tuple[Block, ...]
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines shown as written."""

    text: str
    info: str = ""
    """The info string after the fence."""
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class ThematicBreak:
    """A break between thoughts, ``---``."""

    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell of a table."""

    children: tuple[Inline, ...]
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its header row."""

    header: tuple[TableCell, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    alignments: tuple[Alignment | None, ...]
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Figure:
    """An image with a title that stands alone in its paragraph; the title is the caption."""

    image: Image
    caption: str
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Disclaimer:
    """A ``:::disclaimer KIND`` directive; without blocks it takes the approved wording."""

    kind: str
    blocks: tuple[Block, ...] = ()
    span: Span = NOWHERE
    title: str = ""
    """Heading of the box; empty until the publication stage fills it in."""
    version: str = ""
    """Of the approved wording, or ``own``; empty until the publication stage fills it in."""
    also: tuple[str, ...] = ()
    """Further kinds that the same words state, where a whole section is the disclaimer."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote's definition."""

    label: str
    number: int
    """Order of first reference, from 1; 0 when nothing refers to it."""
    blocks: tuple[Block, ...]
    span: Span = NOWHERE


Block = (
    Paragraph
    | Heading
    | Section
    | BulletList
    | OrderedList
    | BlockQuote
    | Alert
    | CodeBlock
    | ThematicBreak
    | Table
    | Figure
    | Disclaimer
)
"""A ``Section`` stands only at the top level or in another section; a ``Heading`` alone only inside other blocks."""

Node = Block | Inline | ListItem | TableCell | Footnote
