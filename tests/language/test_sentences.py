"""Sentences of a text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.language import analyse, sentences

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("sentences.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_text_falls_into_its_sentences(case: dict[str, Any]):
    found = sentences(analyse(case["text"], case["language"]))
    assert [case["text"][sentence.start : sentence.end] for sentence in found] == case["sentences"]


def test_sentences_share_out_all_words():
    text = analyse("One two. Three! Four?\n\nFive", "en")
    numbers = [number for one in sentences(text) for number in range(one.first, one.last + 1)]
    assert numbers == list(range(len(text.forms)))
