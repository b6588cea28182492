"""What is held in little room says the same as before."""

from __future__ import annotations

import pickle

import pytest

from pipeline.model.nodes import Span
from pipeline.model.packed import PackedNames, PackedSpans

SPANS = {"title": Span(2, 1, 2, 9), "allow.S06": Span(70_000, 3, 70_000, 90_000)}


@pytest.mark.parametrize("names", [frozenset(), frozenset({"b", "a", "ü"})])
def test_names(names: frozenset[str]):
    packed = PackedNames.of(names)
    assert set(packed) == names
    assert list(packed) == sorted(names)
    assert len(packed) == len(names)
    assert ("a" in packed, "" in packed) == ("a" in names, False)


@pytest.mark.parametrize("spans", [{}, SPANS, {"title": Span(1, 1, 1, 1)}])
def test_spans(spans: dict[str, Span]):
    packed = PackedSpans.of(spans)
    assert packed == spans
    assert list(packed) == list(spans)
    assert pickle.loads(pickle.dumps(packed)) == packed  # noqa: S301 -- our own
    assert packed.get("none") is None


def test_what_many_have_alike_is_held_once():
    other = {key: Span(1, 1, 1, 1) for key in SPANS}
    assert PackedSpans.of(SPANS).keys_in_order is PackedSpans.of(other).keys_in_order


def test_spans_that_lack_a_number_are_refused():
    with pytest.raises(ValueError, match="title"):
        PackedSpans(("title",), [1, 2, 3])
