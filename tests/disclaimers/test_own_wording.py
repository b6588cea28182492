"""What an article's own wording of a disclaimer says, leaves out, or turns into its opposite."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.disclaimers import load_disclaimers, missing_elements
from pipeline.disclaimers.kind_patterns import patterns_of
from pipeline.disclaimers.statements import denied
from pipeline.language import analyse, find

KINDS = load_disclaimers(None)
CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(Path(__file__).with_name("own_wording.yaml").read_text("utf-8"))


def name(case: dict[str, Any]) -> str:
    return f"{case['kind']}-{case['language']}-{case['text'][:40]}"


@pytest.mark.parametrize("case", CASES["complete"], ids=name)
def test_complete_wording_leaves_nothing_out_however_it_is_written(case: dict[str, Any]):
    kind, language = KINDS[case["kind"]], case["language"]
    plain: str = case["text"]
    shouted = plain.upper()
    decomposed = unicodedata.normalize("NFD", plain)
    spaced = plain.replace(" ", "\u00a0", 3).replace(" ", "\n", 3)
    straight = plain.replace("’", "'").replace("“", '"').replace("”", '"')
    for text in (plain, shouted, decomposed, spaced, straight):
        read = analyse(text, language)
        assert [element.id for element in missing_elements(kind, read, language, ["back"])] == []
        assert denied(kind, read, language) == []


@pytest.mark.parametrize("case", CASES["incomplete"], ids=name)
def test_incomplete_wording_leaves_out_just_this(case: dict[str, Any]):
    kind, language = KINDS[case["kind"]], case["language"]
    missing = missing_elements(kind, case["text"], language, ["back"])
    assert [element.id for element in missing] == case["missing"]
    assert denied(kind, analyse(case["text"], language), language) == []


@pytest.mark.parametrize("case", CASES["opposite"], ids=name)
def test_the_opposite_is_found(case: dict[str, Any]):
    assert denied(KINDS[case["kind"]], analyse(case["text"], case["language"]), case["language"])


def opposites(text: str, language: str) -> list[str]:
    read = analyse(text, language)
    found = find(patterns_of(KINDS, language).denials, read)
    return [match.pattern for match in found if not match.negated and not match.quoted]


@pytest.mark.parametrize("case", CASES["opposite_elsewhere"], ids=lambda case: case["text"])
def test_the_opposite_is_found_in_any_text(case: dict[str, Any]):
    assert opposites(case["text"], case["language"])


@pytest.mark.parametrize("case", CASES["innocent_elsewhere"], ids=lambda case: case["text"])
def test_what_is_said_of_small_things_is_no_opposite(case: dict[str, Any]):
    assert opposites(case["text"], case["language"]) == []


def test_the_signs_of_a_trapped_nerve_are_asked_for_only_where_the_back_was_the_trigger():
    missing = missing_elements(KINDS["emergency"], "Call 999 for chest pain.", "en-GB")
    assert missing == ()
    missing = missing_elements(KINDS["emergency"], "Call 999 for chest pain.", "en-GB", ["back"])
    assert [element.id for element in missing] == ["saddle", "legs", "bladder-bowel"]
