"""What a section is for, from its heading."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.profiles import load_profiles

GROUPS = yaml.safe_load(Path(__file__).with_name("headings.yaml").read_text("utf-8"))
CASES = [
    (group["profile"], group["language"], heading, "" if role == "none" else role, not group.get("later", False))
    for group in GROUPS
    for role, headings in group["headings"].items()
    for heading in headings
]


@pytest.mark.parametrize(("profile", "language", "heading", "role", "opens"), CASES)
def test_a_heading_means_its_role(profile: str, language: str, heading: str, role: str, *, opens: bool) -> None:
    assert load_profiles(None)[profile].role_of(heading, language, opens=opens) == role


@pytest.mark.parametrize("name", sorted(load_profiles(None)))
@pytest.mark.parametrize("language", ["en-GB", "en-US", "es", "es-US"])
def test_what_a_new_section_is_called_means_its_role(name: str, language: str) -> None:
    profile = load_profiles(None)[name]
    for role in (*profile.roles, *profile.common):
        if role.id:
            assert profile.role_of(profile.heading(role.id, language), language) == role.id


@pytest.mark.parametrize("name", sorted(load_profiles(None)))
def test_a_roles_own_id_means_it_in_any_language(name: str) -> None:
    profile = load_profiles(None)[name]
    for role in profile.roles:
        assert profile.role_of(role.id.replace("-", " ").title(), "es") == role.id


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("Who it’s for", "WHO ITS FOR"),
        ("Técnica", "Te\u0301cnica"),
        ("Warm\u00a0up", "Warm-up"),
        ("“Risks”", "Risks"),
        ("Cool\u2011down", "cool down"),
    ],
)
def test_case_accents_quotation_marks_and_hyphens_do_not_count(written: str, same: str) -> None:
    for profile in load_profiles(None).values():
        for language in ("en", "es"):
            assert profile.role_of(written, language) == profile.role_of(same, language)


def test_a_synonym_inside_a_longer_word_does_not_count() -> None:
    assert load_profiles(None)["exercise-qa"].role_of("Asterisks in the text", "en-GB") == ""


def test_a_language_without_synonyms_is_looked_up_in_english() -> None:
    assert load_profiles(None)["exercise-qa"].role_of("Risks", "fr") == "risks"


def test_every_language_has_synonyms_for_every_role() -> None:
    for profile in load_profiles(None).values():
        for role in (*profile.roles, *profile.common):
            assert set(role.synonyms) == {"en", "es"}, f"{profile.name}: {role.id}"


@given(st.text(max_size=60))
def test_any_heading_has_at_most_one_role_of_its_profile(heading: str) -> None:
    for profile in load_profiles(None).values():
        role = profile.role_of(heading, "en-GB")
        assert role == "" or profile.role(role) is not None
