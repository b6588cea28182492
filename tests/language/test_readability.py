"""Syllables and reading grades against counts made by hand and published examples."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.language.readability import Measure, flesch_kincaid, measure, smog, syllables, szigriszt_pazos

COUNTED: dict[str, dict[int, str]] = yaml.safe_load((Path(__file__).parent / "syllables.yaml").read_text("utf-8"))


@pytest.mark.parametrize("language", COUNTED)
def test_syllables_are_those_counted_by_hand(language: str) -> None:
    wrong = [
        f"{word}: {syllables(word, language)}, not {count}"
        for count, words in COUNTED[language].items()
        for word in words.split()
        if syllables(word, language) != count
    ]
    assert wrong == []


def test_enough_words_were_counted_by_hand() -> None:
    assert all(sum(len(words.split()) for words in counts.values()) >= 200 for counts in COUNTED.values())


def test_a_figure_counts_as_one_syllable() -> None:
    assert syllables("2,000", "en") == 1


def test_nothing_is_counted_in_an_unknown_language() -> None:
    assert syllables("Übung", "de") == 0


def test_flesch_kincaid_is_the_published_formula() -> None:
    assert flesch_kincaid(Measure(5, 100, 150)) == pytest.approx(0.39 * 20 + 11.8 * 1.5 - 15.59)


def test_smog_needs_thirty_sentences() -> None:
    assert smog(Measure(29, 400, 600, 60)) is None
    assert smog(Measure(30, 400, 600, 64)) == pytest.approx(1.0430 * 8 + 3.1291)


def test_szigriszt_pazos_is_the_published_formula() -> None:
    assert szigriszt_pazos(Measure(5, 100, 200)) == pytest.approx(206.835 - 124.6 - 20)


def test_an_empty_text_is_easy() -> None:
    assert flesch_kincaid(Measure()) == 0
    assert szigriszt_pazos(Measure()) == 100


def test_measures_add_up() -> None:
    one, other = measure(["lift", "the", "barbell"], 1, "en"), measure(["exercise"], 1, "en")
    assert one + other == Measure(2, 4, 7, 1)
