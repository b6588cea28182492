"""A handout keeps what a member needs on paper, and every disclaimer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model.nodes import (
    BulletList,
    Disclaimer,
    FootnoteReference,
    Heading,
    Link,
    ListItem,
    Paragraph,
    Section,
    Text,
)
from pipeline.model.publication import Copy, Publication
from pipeline.model.walk import find, plain_text, walk
from pipeline.publication import in_layout
from tests.publications import STEPS, disclaimer, item, paragraph, sample, section, text, with_body


def titles(publication: Publication) -> list[str]:
    return [plain_text(each.children) for each in find(publication.chapters[0].body, Heading)]


def test_key_points_instructions_and_what_is_filled_in_stay():
    log = section(2, "Log", "log", paragraph("Week one:"), role="log")
    article = with_body(*sample().chapters[0].body, log)
    assert titles(in_layout(article, "handout")) == ["Key points", "How to do it", "Log"]


def test_without_key_points_the_opening_says_what_it_is_about():
    article = with_body(paragraph("Yes, it helps."), section(2, "How", "how", STEPS, role="technique"))
    made = in_layout(article, "handout").chapters[0]
    assert made.body[0] == paragraph("Yes, it helps.")
    assert titles(in_layout(article, "handout")) == ["How"]


def test_an_article_that_is_a_handout_stays_whole():
    chapter = replace(sample().chapters[0], profile="handout")
    assert "Risks" in titles(in_layout(replace(sample(), chapters=(chapter,)), "handout"))


def test_an_article_without_any_of_these_stays_whole():
    article = with_body(section(2, "Evidence", "evidence", paragraph("Some.")))
    assert titles(in_layout(article, "handout")) == ["Evidence"]


def test_a_disclaimer_of_a_part_that_is_left_out_moves_to_the_front():
    article = with_body(
        section(2, "Benefits", "benefits", disclaimer("emergency"), role="benefits"),
        section(2, "How", "how", disclaimer("stop"), STEPS, role="technique"),
        front=(disclaimer("info"),),
    )
    made = in_layout(article, "handout").chapters[0]
    assert [box.kind for box in find(made.front, Disclaimer)] == ["info", "emergency"]
    assert [notice.kind for notice in made.notices] == ["info", "emergency", "stop"]


def test_note_marks_and_links_to_what_is_left_out_go_but_not_their_words():
    line = Paragraph(
        (
            *text("See "),
            Link("#benefits", text("the benefits")),
            Link("#how", text("the steps")),
            Link("https://example.org", text("a site")),
            FootnoteReference("load", 1),
        )
    )
    listed = BulletList((ListItem((line,)),))
    article = with_body(
        section(2, "Key points", "key-points", listed, role="key-points"),
        section(2, "Benefits", "benefits", paragraph("Many.")),
        section(2, "How", "how", STEPS, role="technique"),
    )
    body = in_layout(article, "handout").chapters[0].body
    assert [link.href for link in find(body, Link)] == ["#how", "https://example.org"]
    assert not list(find(body, FootnoteReference))
    assert "the benefits" in [node.value for node in find(body, Text)]


def test_the_first_instruction_is_a_node_of_the_handout_itself():
    made = in_layout(sample(), "handout").chapters[0]
    assert made.first_instruction is not None
    assert any(node is made.first_instruction for node in walk(made.body))


@pytest.mark.parametrize("layout", ["handout", "large-print", "booklet", "cards"])
def test_a_layout_is_of_the_same_edition(layout: str):
    made = in_layout(sample(), layout)  # type: ignore[arg-type]  # a literal
    assert (made.edition, made.layout, made.slug) == (sample().edition, layout, sample().slug)


def test_copies_always_have_a_line_for_the_name():
    made = in_layout(sample(), "handout", lines=("date",), copies=[Copy("ana", (("name", "Ana"),))])
    assert made.lines == ("name", "date")
    assert in_layout(sample(), "handout").lines == ()


@pytest.mark.parametrize(
    ("role", "lines"), [("technique", ("coach", "sets")), ("dose", ("coach",)), ("amounts", ("coach",))]
)
def test_sets_and_repetitions_are_asked_for_only_where_something_is_done_in_sets(role: str, lines: tuple[str, ...]):
    article = with_body(section(2, "How", "how", STEPS, role=role))
    assert in_layout(article, "handout", lines=("coach", "sets")).lines == lines


def test_a_section_within_another_is_taken_out_of_it():
    inner = section(3, "Steps", "steps", BulletList((item("Push."),)), role="technique")
    made = in_layout(with_body(section(2, "All about it", "all", paragraph("Long."), inner)), "handout")
    assert [each.heading.id for each in made.chapters[0].body if isinstance(each, Section)] == ["steps"]
