"""Every format says what the article says, passage by passage, whatever an article holds."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from pipeline.errors import ProofError
from pipeline.export import FORMATS
from pipeline.model.nodes import NOWHERE, Paragraph, Span
from pipeline.model.passage import Passage
from pipeline.model.publication import Publication
from pipeline.parity import expected, first_difference, hold_against
from tests.parity.articles import publications
from tests.publications import chapter, sample, text, with_body

COMPARED = ("html", "pdf", "epub")
"""The formats of an article."""

SAID = [
    Passage("heading", "Are hip thrusts good for your lower back?", 1),
    Passage("paragraph", "A short guide for people who train at a gym"),
    Passage("paragraph", "By Ada Example, BSc Sport Science; Ben Sample, lay author"),
    Passage("heading", "General information", 2),
    Passage("item", "Gluteus maximus: It brings your hips forward.", 1),
    Passage("item", "Less than in a deadlift.", 2),
    Passage("heading", "What the evidence says", 3),
    Passage("heading", "When to stop", 3),
    Passage("step", "Sit on the floor with your shoulder blades against the long side of a steady bench.", 1),
    Passage("item", "Your shins are upright at the top.", 2),
    Passage("picture", "Side view: shoulders on a bench, hips level with the knees, bar across the hips."),
    Passage("caption", "The top of the movement"),
    Passage("cell", "Glute bridge"),
    Passage("item", "Done Week one", 1),
    Passage("paragraph", "hip thrust 3x8 60kg"),
    Passage("item", "A rolled mat will do.", 1),
    Passage("step", "Deep.", 3),
    Passage("item", "A quotation in a list.", 1),
    Passage("step", "Fourth thing.", 1),
    Passage("heading", "Notes", 2),
    Passage("note", "Rest until you could talk in whole sentences."),
    Passage("heading", "Related articles", 2),
    Passage("item", "How to deadlift", 1),
]
"""Some of what the sample says, in its order."""


@cache
def said(publication_name: str, format_name: str) -> tuple[Passage, ...]:
    return read(PUBLICATIONS[publication_name], format_name)


def read(publication: Publication, format_name: str) -> tuple[Passage, ...]:
    files = FORMATS[format_name].export(publication)
    proof = FORMATS[format_name].verify(files[0], (), {file.path: file.data for file in files}.get)
    assert proof.passages
    return proof.passages


PUBLICATIONS = {"sample": sample(), "book": sample(chapter(), chapter("rows", "Are rows good for your back?"))}


@pytest.mark.parametrize("format_name", COMPARED)
def test_a_finished_file_says_what_each_passage_is(format_name: str) -> None:
    found = said("sample", format_name)
    assert [passage for passage in found if passage in SAID] == SAID
    lead = next(passage.text for passage in found if passage.text.startswith("Yes: hip thrusts"))
    assert "spine.[1] Learn the movement without weight first, then" in lead.replace(" [", "[")
    assert not any("↩" in passage.text for passage in found)


@pytest.mark.parametrize("format_name", COMPARED)
@pytest.mark.parametrize("name", PUBLICATIONS)
def test_a_finished_file_says_what_its_article_says(name: str, format_name: str) -> None:
    wanted = [each.passage for each in expected(PUBLICATIONS[name])]
    assert first_difference(wanted, said(name, format_name)) is None


@settings(
    max_examples=8,
    deadline=None,
    # each example is typeset: to make a failing one small takes longer than to read its first difference
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(publications())
def test_all_formats_say_the_same_of_any_article(publication: Publication) -> None:
    wanted = [each.passage for each in expected(publication)]
    for name in COMPARED:
        assert first_difference(wanted, read(publication, name)) is None, name


def test_a_paragraph_that_every_format_lost_is_told_with_its_line() -> None:
    marked = Paragraph(text("Here and nowhere else."), Span(41, 1, 41, 23))
    publication = with_body(Paragraph(text("One.")), marked)
    lost = [each.passage for each in expected(publication) if each.span != marked.span]
    with pytest.raises(ProofError, match=r"epub/x\.epub lacks the paragraph “Here and nowhere else\.”") as caught:
        hold_against(publication, "epub/x.epub", lost)
    assert (caught.value.path, caught.value.line) == ("articles/hip-thrusts.md", 41)


def test_a_difference_in_what_metadata_say_has_no_line() -> None:
    publication = replace(sample(), sources=())
    wanted = expected(publication)
    assert wanted[0].span == NOWHERE
    with pytest.raises(ProofError, match="lacks the heading") as caught:
        hold_against(publication, "html/x.html", [each.passage for each in wanted[1:]])
    assert (caught.value.path, caught.value.line) == ("hip-thrusts", None)


def test_what_the_file_has_besides_is_told() -> None:
    publication = sample()
    wanted = [each.passage for each in expected(publication)]
    with pytest.raises(ProofError, match="has the paragraph “Buy now” besides"):
        hold_against(publication, "html/x.html", [*wanted, Passage("paragraph", "Buy now")])
