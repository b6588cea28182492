"""A finished book is read back passage by passage."""

from __future__ import annotations

import pytest

from pipeline.export.epub.container import DamagedError
from pipeline.export.epub.reading import Passage, read_passages
from tests.export.epub.finished import BOOKS, finished, publication
from tests.publications import words


def passages(name: str = "sample") -> tuple[Passage, ...]:
    return read_passages(finished(name).data)


@pytest.mark.parametrize("name", BOOKS)
def test_every_word_of_the_publication_is_read_back_in_order(name: str) -> None:
    read = " ".join(passage.text for passage in passages(name))
    for run in words(publication(name)):
        assert " ".join(run.split()) in read, run


def test_roles_say_what_a_passage_is() -> None:
    expected = [
        Passage("heading", "How to do it"),
        Passage("heading", "When to stop"),
        Passage("heading", "In an emergency"),
        Passage("paragraph", "Warm up for five minutes before the first set."),
        Passage("step", "Sit on the floor with your shoulder blades against the long side of a steady bench."),
        Passage("item", "Your shins are upright at the top."),
        Passage("picture", "Side view: shoulders on a bench, hips level with the knees, bar across the hips."),
        Passage("caption", "The top of the movement"),
        Passage("cell", "Glute bridge"),
        Passage("code", "hip thrust 3x8 60kg"),
        Passage("note", "Rest until you could talk in whole sentences."),
    ]
    assert [passage for passage in passages() if passage in expected] == expected


def test_the_words_of_a_box_are_those_of_a_disclaimer() -> None:
    assert [passage.text[:12] for passage in passages() if passage.role == "disclaimer"] == [
        "This article",
        "See a doctor",
        "Stop at once",
        "Call 999 or ",
    ]


def test_marks_of_notes_are_no_words() -> None:
    lead = next(passage.text for passage in passages() if passage.text.startswith("Yes: hip thrusts"))
    assert "spine. Learn the movement without weight first, then" in lead
    assert not any("↩" in passage.text for passage in passages())


def test_what_is_no_book_cannot_be_read() -> None:
    with pytest.raises(DamagedError):
        read_passages(b"PK")
