"""The tag tree says what a screen reader needs: one tag for one thing, in reading order."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pikepdf
import pytest

from pipeline.export.pdf.tags import TagNode, read_tags, sequence
from pipeline.model.nodes import (
    BulletList,
    Code,
    Emphasis,
    Image,
    Link,
    ListItem,
    OrderedList,
    Paragraph,
    Strong,
    Table,
    Text,
)
from tests.export.pdf.typesetting import blocks_pdf, sample_pdf
from tests.publications import LOOSE_LIST, cells, item, paragraph, sample, text, words

if TYPE_CHECKING:
    from pipeline.model.nodes import Block, Inline

LONG = "Exercise physiology describes extraordinary hypertrophy and cardiorespiratory conditioning. " * 30


def tags_of(*blocks: Block) -> TagNode:
    """The tag tree of these blocks alone, without masthead and colophon."""
    return read_tags(blocks_pdf(*blocks))


def roles(root: TagNode, role: str) -> list[TagNode]:
    """All tags of a role."""
    return [node for node in root.walk() if node.role == role]


def joined(value: str) -> str:
    """Words without what typesetting changes."""
    return re.sub(r"[\s\u00ad-]+", "", value)


def test_every_word_of_the_sample_is_in_the_tags_in_order():
    read = joined(" ".join(words for _, words in sequence(read_tags(sample_pdf().data))))
    for run in words(sample()):
        assert joined(run) in read


def test_a_paragraph_over_a_page_break_is_one_p_and_its_broken_words_are_whole():
    found = [node for node in roles(tags_of(paragraph(LONG * 3)), "P") if node.text().startswith("Exercise")]
    assert len(found) == 1
    assert found[0].text() == (LONG * 3).strip()


def test_a_list_over_page_breaks_is_one_l():
    lists = roles(tags_of(BulletList(tuple(item(f"Item {number}. {LONG[:300]}") for number in range(40)))), "L")
    assert len(lists) == 1
    assert [kid.role for kid in lists[0].kids if isinstance(kid, TagNode)] == ["LI"] * 40


def test_a_list_item_over_a_page_break_is_one_li():
    lists = roles(tags_of(OrderedList((item("First."), item(LONG * 3), item("Last.")))), "L")
    assert [len(roles(each, "LI")) for each in lists] == [3]
    assert roles(lists[0], "LBody")[1].text() == (LONG * 3).strip()


def test_a_table_over_page_breaks_is_one_table_with_one_head():
    rows = tuple(cells(f"Exercise {number}", "3", "8") for number in range(120))
    root = tags_of(Table(cells("Exercise", "Sets", "Reps"), rows, (None, None, None)))
    assert [node.role for node in roles(root, "Table")] == ["Table"]
    assert [len(roles(root, role)) for role in ("THead", "TBody", "TR")] == [1, 1, 121]
    assert [node.text() for node in roles(roles(root, "THead")[0], "TH")] == ["Exercise", "Sets", "Reps"]


def test_a_table_of_nothing_but_its_head_has_a_body():
    table = roles(tags_of(Table(cells("Exercise", "Sets"), (), (None, None))), "Table")[0]
    assert [(kid.role, [cell.role for cell in roles(kid, "TH")]) for kid in _tags(table)] == [("TBody", ["TH", "TH"])]


def test_header_cells_say_what_they_head():
    with pikepdf.open(io.BytesIO(sample_pdf().data)) as pdf:
        heads = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/TH"]
        scopes = {str(head.A.Scope) for head in heads}
    assert len(heads) == 7
    assert scopes == {"/Column", "/Row"}


def test_items_have_label_and_body_and_nested_lists_stay_in_their_item():
    root = tags_of(LOOSE_LIST)
    for each in roles(root, "L"):
        assert {kid.role for kid in each.kids if isinstance(kid, TagNode)} == {"LI"}
    for each in roles(root, "LI"):
        assert [kid.role for kid in each.kids if isinstance(kid, TagNode)] in (["Lbl", "LBody"], ["Lbl"])
    nested = next(node for node in roles(root, "LBody") if node.text().startswith("Ask for a spotter"))
    assert len(roles(nested, "L")) == 2


@pytest.mark.parametrize(
    "children",
    [
        (Emphasis(text("all")), Text(" of "), Code("it"), Text(" together")),
        (Text(LONG[:400]),),
        (Strong((Emphasis(text("deep")),)),),
        (Image("images/hip.svg", "A small bar"), Text(" and words")),
    ],
    ids=["mixed", "over lines", "nested", "picture"],
)
def test_every_link_has_areas_and_a_spoken_description(children: tuple[Inline, ...]):
    data = blocks_pdf(Paragraph((Text("See "), Link("https://www.example.org/page", children), Text("."))))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        areas = [area for page in pdf.pages for area in page.get("/Annots", [])]
        spoken = [str(area.Contents) for area in areas if str(area.A.URI) == "https://www.example.org/page"]
        assert all("/StructParent" in area for area in areas)
    assert spoken
    assert all(each.endswith("(example.org)") and not each.startswith("http") for each in spoken)


def test_a_link_around_words_code_and_a_picture_is_one_link():
    inside = (
        Emphasis(text("all")),
        Text(" of "),
        Code("it"),
        Image("images/hip.svg", "A small bar"),
        Strong(text("now")),
    )
    links = roles(tags_of(Paragraph((Text("See "), Link("https://example.org/", inside), Text(".")))), "Link")
    body = [link for link in links if "all" in link.text()]
    assert [link.text() for link in body] == ["all of it A small bar now"]


def test_page_furniture_is_in_no_tag():
    assert not any(re.fullmatch(r"Page \d+ of \d+", words) for _, words in sequence(read_tags(sample_pdf().data)))


def test_decoration_is_in_no_tag():
    decorative = Image("images/hip.svg", "", decorative=True)
    assert roles(tags_of(Paragraph((Text("Words "), decorative))), "Figure") == []


def test_figures_have_their_alternative_and_caption():
    root = read_tags(sample_pdf().data)
    figure = next(node for node in root.walk() if [kid.role for kid in _tags(node)] == ["Figure", "Caption"])
    assert figure.text().endswith("The top of the movement")
    assert roles(figure, "Figure")[0].alt.startswith("Side view: shoulders on a bench")


def _tags(node: TagNode) -> list[TagNode]:
    return [kid for kid in node.kids if isinstance(kid, TagNode)]


def test_notes_are_notes_and_their_marks_are_references():
    root = read_tags(sample_pdf().data)
    assert [node.text().split(".")[0] for node in roles(root, "Note")] == [
        "Neto WK, et al",
        "Rest until you could talk in whole sentences",
    ]
    assert [node.text() for node in roles(root, "Reference")] == ["1", "2", "1"]


@pytest.mark.parametrize("spoken", ["12 שלום (3) Ł “x”", "😀 𝐱 now", "שלום עולם", "السلام عليكم", "👩‍🏋️‍♀️", "हिन्दी"])
def test_shaped_words_are_read_as_they_were_written(spoken: str):
    assert spoken in read_tags(blocks_pdf(paragraph(f"Say {spoken} now."))).text()


def test_no_block_stands_in_a_line_of_text_and_no_text_in_a_group():
    blocks = {"P", "L", "LI", "LBody", "Table", "Sect", "Art", "BlockQuote", "H1", "H2", "H3"}
    for node in read_tags(sample_pdf().data).walk():
        if node.role in {"P", "H1", "H2", "H3", "Link", "Code", "Span"}:
            assert not blocks & {kid.role for kid in _tags(node)}, node.role
        if node.role in {"Document", "Art", "Sect", "Div", "L", "LI", "Table", "TR"}:
            assert len(_tags(node)) == len(node.kids), node.role


def test_an_untagged_file_is_said_to_be_untagged():
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    with pytest.raises(ValueError, match="not tagged"):
        read_tags(out.getvalue())


def test_items_without_content_keep_their_place():
    root = tags_of(BulletList((ListItem(()), item("Second."))))
    assert len(roles(root, "LI")) == 2
