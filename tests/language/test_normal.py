"""The normal form of a text, and the way back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import fold, normalise, stem


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("Don’t ‘go’", "don't 'go'"),
        ("“A” «B» „C‟", '"a" "b" "c"'),
        ("a–b—c‑d−e", "a-b-c-d-e"),
        ("a\u00a0b\u202fc\td", "a b c d"),
        ("co\u00adop\u200ber\ufeffate", "cooperate"),
        ("lesio\u0301n", "lesión"),
        ("ﬁt", "fit"),
        ("İ", "İ"),
        ("", ""),
    ],
)
def test_equal_writings_have_one_normal_form(written: str, normal: str):
    assert normalise(written).text == normal


@given(st.text())
def test_every_place_of_the_normal_form_has_a_place_in_the_original(text: str):
    normal = normalise(text)
    assert len(normal.text) == len(normal.cased) == len(normal.offsets) - 1
    places = list(normal.offsets)
    assert places == sorted(places)
    assert places[-1] == len(text)


@given(st.text(alphabet="áéñü abc", max_size=30))
def test_composed_and_decomposed_texts_are_equal(text: str):
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert normalise(composed).text == normalise(decomposed).text


def test_accents_fold_but_a_letter_of_its_own_stays():
    assert fold("lesión, niño, pingüino") == "lesion, niño, pinguino"


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en-GB", "injuries", "injury"),
        ("en", "dizziness", "dizzy"),
        ("es-US", "lesiones", "lesión"),
        ("es", "médicas", "medico"),
    ],
)
def test_forms_of_a_word_share_a_stem(language: str, one: str, other: str):
    assert stem(one, language) == stem(other, language)


def test_a_language_without_rules_compares_words_as_they_are():
    assert stem("skador", "sv") == "skador"
