"""What is written reads back as the same words, links and marks, whatever stands in it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.nodes import (
    Block,
    BlockQuote,
    BulletList,
    Code,
    CodeBlock,
    Emphasis,
    HardBreak,
    Heading,
    Image,
    Inline,
    Link,
    ListItem,
    OrderedList,
    Paragraph,
    Strikethrough,
    Strong,
    Table,
    TableCell,
    Text,
)
from pipeline.model.walk import block_lines, find
from pipeline.source.findings import Findings
from pipeline.source.importers.inline_markdown import form, write_inlines
from pipeline.source.importers.markdown import write_markdown
from pipeline.source.markdown import parse_markdown

SIGNS = r"""\`*_{}[]<>()#+-.!|~&:;"'=^/0123456789aZé ñ"""
texts = st.text(alphabet=SIGNS, min_size=1, max_size=24) | st.sampled_from(
    [
        "word",
        "1. one",
        "- x",
        "# head",
        ":::disclaimer info",
        "&amp;",
        "<b>",
        "**",
        "[^1]",
        "a | b",
        "---",
        "{#id}",
        "{{name}}",
        "http://x.org",
    ]
)
leaves: st.SearchStrategy[Inline] = (
    texts.map(Text) | st.text(alphabet="ab`|* ", min_size=1, max_size=8).map(Code) | st.just(HardBreak())
)
inlines: st.SearchStrategy[Inline] = st.recursive(
    leaves,
    lambda inner: (
        st.builds(
            lambda kind, children: kind(tuple(children)),
            st.sampled_from([Emphasis, Strong, Strikethrough]),
            st.lists(inner, min_size=1, max_size=3),
        )
        | st.builds(
            lambda href, children: Link(href, tuple(children)),
            st.sampled_from(["https://a.org/b(c)?d=1&copy=2", "deadlift.md#technique", "https://a.org/ü \\<x>"]),
            st.lists(inner, min_size=1, max_size=2).map(lambda children: [Text("to "), *children]),
        )
        | st.builds(lambda alt, title: Image("images/a b.png", alt, title), texts, texts)
    ),
    max_leaves=6,
)
rows = st.lists(inlines, min_size=1, max_size=5).map(tuple)


def words(children: tuple[Inline, ...]) -> str:
    return "".join(block_lines([Paragraph(children)])).replace(" ", "").replace("\n", "")


@settings(max_examples=150, deadline=None)
@given(rows)
def test_a_paragraph_reads_back_with_all_its_words(children: tuple[Inline, ...]):
    written = write_inlines(children)
    findings = Findings()
    body = parse_markdown(written, findings=findings).body
    assert findings.all() == ()
    assert "".join(block_lines(body)).replace(" ", "") == words(children) or any(
        isinstance(child, Image) for child in find([Paragraph(children)], Image)
    )
    assert all(
        not isinstance(block, Heading | BulletList | OrderedList | CodeBlock | Table | BlockQuote) for block in body
    )


@settings(max_examples=120, deadline=None)
@given(rows)
def test_what_was_written_is_written_the_same_again(children: tuple[Inline, ...]):
    written = write_inlines(children)
    body = parse_markdown(written, findings=Findings()).body
    if len(body) == 1 and isinstance(body[0], Paragraph):
        again = write_inlines(body[0].children)
        assert form(tuple(body[0].children)) == form(tuple(parse_markdown(again, findings=Findings()).body[0].children))  # type: ignore[union-attr]


cells = st.lists(rows.map(TableCell), min_size=2, max_size=2).map(tuple)
simple: st.SearchStrategy[Block] = rows.map(Paragraph) | texts.map(lambda text: CodeBlock(f"{text}\n"))
blocks: st.SearchStrategy[Block] = st.recursive(
    simple
    | st.builds(lambda header, body: Table(header, tuple(body), (None, None)), cells, st.lists(cells, max_size=2)),
    lambda inner: (
        st.builds(
            lambda kind, items: kind(tuple(ListItem(tuple(item)) for item in items)),
            st.sampled_from([BulletList, OrderedList]),
            st.lists(st.lists(inner, min_size=1, max_size=2), min_size=1, max_size=3),
        )
        | st.lists(inner, min_size=1, max_size=2).map(lambda held: BlockQuote(tuple(held)))
    ),
    max_leaves=5,
)


@settings(max_examples=120, deadline=None)
@given(st.lists(blocks, min_size=1, max_size=4))
def test_blocks_read_back_with_all_their_words_in_order(held: list[Block]):
    findings = Findings()
    body = parse_markdown(write_markdown(held), findings=findings).body
    assert findings.all() == ()
    wanted = "".join(block_lines(held)).replace(" ", "").replace("\n", "")
    if not list(find(held, Image)):
        assert "".join(block_lines(body)).replace(" ", "").replace("\n", "") == wanted
