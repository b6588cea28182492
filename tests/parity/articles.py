"""Articles made at random from everything that the model holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from pipeline.model.nodes import (
    Alert,
    AlertKind,
    Block,
    BlockQuote,
    BulletList,
    Code,
    CodeBlock,
    Disclaimer,
    Emphasis,
    Figure,
    Footnote,
    FootnoteReference,
    HardBreak,
    Heading,
    Image,
    Inline,
    Link,
    ListItem,
    OrderedList,
    Paragraph,
    Section,
    SoftBreak,
    Strikethrough,
    Strong,
    Table,
    TableCell,
    Text,
    ThematicBreak,
)
from tests.publications import sample, with_body

if TYPE_CHECKING:
    from pipeline.model.publication import Publication

WORDS = (
    "Hold the bar still.",
    "8–10 reps",
    "hip-width",
    "ﬁrm & steady",
    "one-and-a-half-legged",
    "≥ 80 % of 1RM",
    "3 × 8 @ 60\u00a0kg",
    "½ an hour",
    "<b>not bold</b>",
    "extra\u00adordinary",
    "Pneumonoultramicroscopicsilicovolcanoconiosis",
    "“So?” she said – twice…",
    "Exercise physiology describes extraordinary hypertrophy and cardiorespiratory conditioning. " * 6,
)
ALERTS: tuple[AlertKind, ...] = ("note", "tip", "important", "warning", "caution")
NOTES = 2

texts = st.sampled_from(WORDS).map(Text)
plain = st.lists(texts, min_size=1, max_size=2).map(lambda nodes: tuple(_parted(nodes)))
# a table's head that is higher than a page is not printed at all, and the pipeline refuses such a PDF
short = st.sampled_from(WORDS[:-1]).map(lambda words: (Text(words),))


def _parted(nodes: list[Text]) -> list[Inline]:
    """Words with a space between them, and never one at an end, as the parser leaves them."""
    pieces: list[Inline] = [piece for node in nodes for piece in (Text(" "), node)]
    return pieces[1:]


@st.composite
def inlines(draw: st.DrawFn, words: st.SearchStrategy[tuple[Inline, ...]] = plain) -> tuple[Inline, ...]:
    """Running words: something of everything that can stand in a paragraph."""
    wrapped = draw(words)
    pieces: list[Inline] = [
        Emphasis(wrapped),
        Strong((Emphasis(wrapped),)),
        Strikethrough(wrapped),
        Code("3x8"),
        Link("https://example.org/a", wrapped, title="A title"),
        Image("images/hip.svg", draw(st.sampled_from(WORDS[:4]))),
        Image("images/hip.svg", "", decorative=True),
        FootnoteReference("a", draw(st.integers(1, NOTES))),
    ]
    gaps: list[Inline] = [Text(" "), SoftBreak(), HardBreak()]
    chosen: list[Inline] = [*draw(words)]
    for piece in draw(st.lists(st.sampled_from(pieces), max_size=3)):
        chosen += [draw(st.sampled_from(gaps)), piece]
    return tuple(chosen)


paragraphs = inlines().map(Paragraph)
leaves: st.SearchStrategy[Block] = st.one_of(
    paragraphs,
    st.sampled_from(["a < b\n\nbar = 20\n", "x"]).map(CodeBlock),
    st.just(ThematicBreak()),
    st.builds(
        lambda decorative, caption: Figure(
            Image("images/hip.svg", "" if decorative else "A bar on a bench.", decorative=decorative), caption
        ),
        st.booleans(),
        st.sampled_from(WORDS[:5]),
    ),
    st.builds(Disclaimer, st.sampled_from(["stop", "info"]), paragraphs.map(lambda one: (one,)), title=st.just("Stop")),
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table, with empty cells and with cells that hold more than words."""
    width = draw(st.integers(1, 3))
    cell = st.one_of(st.just(TableCell(())), inlines(short).map(TableCell))
    row = st.lists(cell, min_size=width, max_size=width).map(tuple)
    return Table(draw(row), tuple(draw(st.lists(row, max_size=3))), (None,) * width)


def _nested(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    some = st.lists(inner, min_size=1, max_size=3).map(tuple)
    items = st.builds(
        ListItem,
        st.lists(inner, max_size=3).map(tuple),
        st.one_of(st.just(()), plain),
        st.sampled_from([None, None, None, True, False]),
    )
    lists = st.lists(items, min_size=1, max_size=4).map(tuple)
    return st.one_of(
        st.builds(BulletList, lists, st.booleans()),
        st.builds(OrderedList, lists, st.sampled_from([1, 1, 7]), st.booleans()),
        some.map(BlockQuote),
        st.builds(Alert, st.sampled_from(ALERTS), some),
        st.builds(lambda words: Heading(2, words, ""), inlines()),
    )


blocks = st.recursive(st.one_of(leaves, tables()), _nested, max_leaves=6)


@st.composite
def publications(draw: st.DrawFn) -> Publication:
    """A publication of one article with sections down to the third level, and notes of one paragraph and of more."""
    # a note without a mark is no part of a publication
    marks = Paragraph((Text("See both notes"), FootnoteReference("a", 1), FootnoteReference("b", 2)))
    body: list[Block] = [marks, *draw(st.lists(blocks, max_size=3))]
    for number in range(draw(st.integers(1, 3))):
        inner = Section(Heading(3, draw(inlines()), f"inner-{number}"), tuple(draw(st.lists(blocks, max_size=3))))
        own = draw(st.lists(blocks, max_size=4))
        role = draw(st.sampled_from(["", "technique", "sources", "key-points"]))
        body.append(Section(Heading(2, draw(plain), f"part-{number}"), (*own, inner), role))
    notes = (
        Footnote("a", 1, (draw(paragraphs),)),
        Footnote("b", 2, tuple(draw(st.lists(st.one_of(paragraphs, blocks), min_size=1, max_size=2)))),
    )
    publication = with_body(*body)
    return replace(sample(replace(publication.chapters[0], footnotes=notes)), edition="7x7x7x7x")
