"""An id is understood as people read it from paper and type it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.editions.ids import ids_in, nearest, read_id
from pipeline.publication.edition import ALPHABET

IDS = st.text(ALPHABET, min_size=8, max_size=8)


@pytest.mark.parametrize(
    "typed",
    [
        "3f9a1c20",
        "3F9A1C20",
        " 3f9a 1c20 ",
        "3F9A-1C20",
        "3f9a‑1c20",
        "3f9alc2O",
        "3F9AIC2o",
        "Edition 3f9a1c20",
        "Edition 3f9a1c20.",
        "Edición 3f9a1c20",
        "https://northside.example/e/3f9a1c20",
        "https://northside.example/e/3F9A1C20/index.html",
        "northside.example/e/3f9a1c20/?from=qr#top",
    ],
)
def test_an_id_is_read(typed: str):
    assert read_id(typed) == "3f9a1c20"


@pytest.mark.parametrize(
    "typed", ["", " ", "3f9a1c2", "3f9a1c200", "handout.pdf", "3f9a1c2é", "3f9a/1c20", "-", "\0", "../../x"]
)
def test_what_is_no_id_is_none(typed: str):
    assert read_id(typed) == ""


@given(IDS, st.integers(0, 7))
def test_any_id_survives_capitals_and_a_space(id_: str, at: int):
    assert read_id(f"{id_[:at]} {id_[at:]}".upper()) == id_


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("5f9a1c20", "3f9a1c20"),
        ("3f9a1cz0", "3f9a1c20"),
        ("3fga1c20", "3f9a1c20"),
        ("3f9a1c21", "3f9a1c20"),
        ("f39a1c20", "3f9a1c20"),
        ("zzzzzzzz", ""),
        ("k5bm0000", "ksbm0000"),
    ],
)
def test_the_nearest_known_id_is_found(typed: str, meant: str):
    assert nearest(typed, ["3f9a1c20", "ksbm0000"]) == meant
    assert nearest(typed, []) == ""


def test_ids_are_found_among_words():
    text = "Edition 3f9a1c20. Made from articles/deadlifts.md; see https://northside.example/e/5c2d9k1m, or sit-ups_12345678"
    assert list(ids_in(text)) == ["3f9a1c20", "5c2d9k1m", "12345678"]
