"""Texts of several blocks, which are taken apart and gone through block by block or all at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import Found, Text, analyse, compile_patterns, find, labels_together
from pipeline.language.blocks import MOST, read_block, read_blocks, read_together

LANGUAGE = "en-GB"
PIECES = [
    "Do",
    "not",
    "stop",
    "“",
    "”",
    "if",
    "you",
    "have",
    "pain",
    ",",
    ".",
    "(",
    ")",
    "2",
    "\u00ad",
    "é",
    "ﬁ",
    "Dr",
    ":",
    "vitamin",
    "C.",
    "Then",
    ".ee.",
    "uu.",
    "Σο.",
    "İ",
]
BLOCKS = st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map(" ".join), min_size=1, max_size=4)


@given(BLOCKS)
def test_a_text_read_block_by_block_is_the_text_read_as_one(blocks: list[str]):
    text = "\n\n".join(blocks)
    whole, joined = analyse(text, LANGUAGE), read_blocks(text, LANGUAGE)
    for name in ("source", "language", "normal", "forms", "stems", "starts", "ends", "breaks", "words"):
        assert getattr(joined, name) == getattr(whole, name), name


@given(BLOCKS)
def test_blocks_read_together_are_those_blocks_read_alone(blocks: list[str]):
    for block, text in zip(blocks, read_together(blocks, LANGUAGE), strict=True):
        alone = analyse(block, LANGUAGE)
        for name in Text.__slots__:
            assert getattr(text, name) == getattr(alone, name), name


@given(BLOCKS)
def test_words_stand_where_they_are_said_to_stand(blocks: list[str]):
    text = analyse("\n\n".join(blocks), LANGUAGE)
    assert text.forms == [text.normal.text[start:end] for start, end in zip(text.starts, text.ends, strict=True)]
    assert text.ends == analyse(text.source, LANGUAGE).ends  # also where they are asked for first


def test_no_more_than_so_much_of_what_was_read_is_remembered():
    known = read_block("Stop.", LANGUAGE)
    assert read_block("Stop.", LANGUAGE) is known
    for part in "xyz":
        read_together([f"Stop {number}. {part * 1_000}" for number in range(MOST // 2_000)], LANGUAGE)
    assert read_block("Stop.", LANGUAGE) is not known


@given(BLOCKS)
def test_no_block_negates_or_quotes_the_words_of_another(blocks: list[str]):
    joined, each = read_blocks("\n\n".join(blocks), LANGUAGE), [analyse(block, LANGUAGE) for block in blocks]
    assert joined.negated == [flag for text in each for flag in text.negated]
    assert joined.quoted == [flag for text in each for flag in text.quoted]


@given(BLOCKS)
def test_what_is_found_in_several_blocks_is_what_is_found_in_each(blocks: list[str]):
    patterns = compile_patterns(
        {
            "stop": ["(stop|halt) ...2 (pain|dizzy)", "!=stop ... =dizzy", "not stop", "do* #"],
            "pain": ["pain", "(=you|=i) (have)? pain", "# pain", "!pain (=not|#)"],
        },
        LANGUAGE,
    )
    texts = [analyse(block, LANGUAGE) for block in blocks]
    together = labels_together(patterns, texts)
    for number, text in enumerate(texts):
        found = Found(patterns, text)
        assert together.get(number, set()) == set(found)
        matches = sorted((match for label in found for match in found.of(label)), key=lambda match: match.first)
        assert matches == sorted(find(patterns, text), key=lambda match: match.first)
