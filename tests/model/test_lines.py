"""Offsets, lines and columns."""

from __future__ import annotations

import pytest

from pipeline.model.lines import LineIndex, split_lines
from pipeline.model.nodes import Span

TEXT = "one\r\ntwo\rthree\n\nfive \u2028 \x0b é"


def test_lines_end_as_in_commonmark_and_nowhere_else():
    assert split_lines(TEXT) == ["one", "two", "three", "", "five \u2028 \x0b é"]
    assert split_lines("a\n") == ["a", ""]


@pytest.mark.parametrize(
    ("offset", "place"), [(0, (1, 1)), (3, (1, 4)), (5, (2, 1)), (9, (3, 1)), (15, (4, 1)), (16, (5, 1)), (26, (5, 11))]
)
def test_an_offset_has_a_place_and_the_place_that_offset(offset: int, place: tuple[int, int]):
    index = LineIndex(TEXT)
    assert index.place(offset) == place
    assert index.offset(*place) == offset


def test_a_place_behind_the_end_is_the_end():
    index = LineIndex(TEXT)
    assert index.offset(5, 99) == index.offset(99, 1) == len(TEXT)


def test_spans_and_offsets_are_each_other():
    index = LineIndex(TEXT)
    span = index.span(5, 12)
    assert span == Span(2, 1, 3, 4)
    assert index.offsets(span) == (5, 12)
