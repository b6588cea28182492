"""Words are found as a reader finds them, and no others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.export.pdf.proof.words import occurrences, says_nothing, squeeze

CASES = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[f"{case['page']!r} {case['words']!r}" for case in CASES])
def test_typesetting_does_not_count_and_words_do(case: dict[str, Any]):
    assert bool(occurrences(squeeze(case["page"]), case["words"])) == case["found"]


def test_the_place_is_that_of_the_first_and_last_character():
    page = "Before. Stop\r\nat once. After."
    [(first, last)] = occurrences(squeeze(page), "Stop at once.")
    assert page[first : last + 1] == "Stop\r\nat once."


def test_every_occurrence_is_found():
    assert len(occurrences(squeeze("Stop. Go. Stop."), "Stop.")) == 2


@pytest.mark.parametrize(
    ("text", "nothing"),
    [("", True), ("8.\r\n1.", True), ("12) •", True), ("8. rest", False), ("8", False), ("See a doctor.", False)],
)
def test_the_number_of_an_item_is_no_word(text: str, nothing: bool):
    assert says_nothing(text) == nothing
