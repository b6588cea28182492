"""The data that the checks on claims are made of."""

from __future__ import annotations

import pytest

from pipeline.checks.claims.vocabulary import DATA, OPENERS, groups_of, passive, units
from pipeline.language.syntax import parse

LANGUAGES = sorted(path.stem for path in DATA.glob("*.toml") if path.stem != "affiliates")


def test_both_languages_of_the_policy_have_a_vocabulary() -> None:
    assert {"en", "es"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pattern_can_be_read(language: str) -> None:
    patterns = [pattern for lines in groups_of(language).values() for pattern in lines]
    assert all(parse(pattern.removeprefix("!"), language).atoms for pattern in patterns)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_a_claim_starts_from_is_missing(language: str) -> None:
    assert sorted(label for label in OPENERS if not groups_of(language).get(label)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_knows_the_keys_of_the_others(language: str) -> None:
    known = {label for other in LANGUAGES for label in groups_of(other) if not label.startswith("lists.")}
    assert sorted(known - groups_of(language).keys()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_measures_and_word_ends_are_there(language: str) -> None:
    assert all(units(language, kind) for kind in ("weight", "time", "number"))
    assert all(passive(language)[key] for key in ("be", "participle_endings", "adverb_endings"))
