"""A finished book is read back passage by passage."""

from __future__ import annotations

import pytest

from pipeline.export.epub.container import DamagedError
from pipeline.export.epub.reading import read_passages
from pipeline.model.passage import squeezed
from pipeline.parity import expected, first_difference
from tests.export.epub.finished import BOOKS, finished, publication
from tests.publications import words


@pytest.mark.parametrize("name", BOOKS)
def test_every_word_of_the_publication_is_read_back_in_order(name: str) -> None:
    read = squeezed(" ".join(passage.text for passage in read_passages(finished(name).data)))
    for run in words(publication(name)):
        assert squeezed(run) in read, run


@pytest.mark.parametrize("name", BOOKS)
def test_the_book_says_what_its_chapters_say_and_front_matter_is_not_said_twice(name: str) -> None:
    wanted = [each.passage for each in expected(publication(name))]
    assert first_difference(wanted, read_passages(finished(name).data)) is None


def test_what_is_no_book_cannot_be_read() -> None:
    with pytest.raises(DamagedError):
        read_passages(b"PK")
