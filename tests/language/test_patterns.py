"""What patterns match, and what of it is negated or quoted."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import PatternSyntaxError, analyse, compile_patterns, find

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("matches.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_patterns_match_word_by_word(case: dict[str, Any]):
    language = case.get("language", "en-GB")
    text = analyse(case["text"], language)
    # each pattern under a label of its own, unless one is an exception or overlaps are the point
    found = find(compile_patterns(case["patterns"], language), text)
    shown = []
    for match in found:
        words = case["text"][match.start : match.end]
        words = f'"{words}"' if match.quoted else words
        shown.append(f"!{words}" if match.negated else words)
    assert shown == case["matches"]


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(a|b", "not closed"),
        ("a)", "not opened"),
        ("(a|)", "empty alternative"),
        ("... pain", "gap at the start"),
        ("pain ...", "gap at the start or end"),
        ("a ...99 b", "gap that is not of 1 to 20 words"),
        ("maybe?", "nothing that must be there"),
        ("a & b", "which is no word"),
        ("", "empty alternative"),
    ],
)
def test_a_bad_pattern_says_what_is_wrong_and_quotes_it(pattern: str, why: str):
    with pytest.raises(PatternSyntaxError, match=why) as caught:
        compile_patterns([pattern], "en").read()
    assert f"“{pattern}”" in str(caught.value)


def test_matches_know_the_label_under_which_their_pattern_was_given():
    patterns = compile_patterns({"heart": ["heart", "cardi*"], "chest": ["chest pain"]}, "en")
    found = find(patterns, analyse("Chest pain or cardiac trouble", "en"))
    assert [(match.label, match.pattern) for match in found] == [("chest", "chest pain"), ("heart", "cardi*")]


WORDS = st.sampled_from(
    ["stop", "pain", "not", "if", "you", ",", ".", "(", ")", "“", "”", "'", ":", "\n\n", "\u2028", "\u00ad", "é"]
)


@given(st.lists(WORDS, max_size=60))
def test_any_text_can_be_analysed_and_its_words_found_again(words: list[str]):
    source = " ".join(words)
    text = analyse(source, "en")
    for number, form in enumerate(text.forms):
        start, end = text.place(number, number)
        assert form == source[start:end].replace("\u00ad", "").lower()
    assert len(text.forms) == len(text.stems) == len(text.breaks) == len(text.negated) == len(text.quoted)


@pytest.mark.parametrize(
    "unit",
    [
        "pain and not pain ",
        "no ",
        "“pain ",
        "stop if you stop if ",
        "a.a.",
        "e\u0301",
        "myth ",
        "(pain: ",
        "1 ",
        "\u00ad",
    ],
)
def test_time_grows_no_faster_than_the_text(unit: str):
    patterns = compile_patterns(["stop ...20 pain", "(pain|not) ...12 (pain|not) ...12 cure", "# ... # rep"], "en")

    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        find(patterns, analyse(text, "en"))
        return time.process_time() - start

    seconds(1_000)
    small = min(seconds(10_000) for _ in range(3))
    assert seconds(160_000) < 16 * 6 * max(small, 0.002)
