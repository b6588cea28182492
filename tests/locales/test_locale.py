"""Interface strings and word lists, and which file a language gets them from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.language import compile_patterns
from pipeline.locales import Locale, load_locale

TAGS = ("en-GB", "en-US", "es", "es-US")
PLACEHOLDER = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("en", "en-GB"),
        ("en-GB", "en-GB"),
        ("en-us", "en-US"),
        ("en_US", "en-US"),
        ("en-AU", "en-GB"),
        ("es", "es"),
        ("es-MX", "es"),
        ("es-US", "es-US"),
        ("es-Latn-US", "es-US"),
        ("fr", "en-GB"),
        ("fr-US", "en-GB"),
        ("", "en-GB"),
    ],
)
def test_a_language_takes_the_nearest_locale(asked: str, given: str) -> None:
    assert load_locale(asked).tag == given


@pytest.mark.parametrize(
    ("tag", "numbers"),
    [("en-GB", ("999", "112")), ("en-US", ("911",)), ("es-US", ("911",)), ("es", ("112",))],
)
def test_each_region_has_its_own_emergency_number(tag: str, numbers: tuple[str, ...]) -> None:
    assert load_locale(tag).emergency == numbers


@pytest.mark.parametrize("tag", TAGS)
def test_every_locale_says_everything_that_english_says(tag: str) -> None:
    english, other = load_locale("en-GB"), load_locale(tag)
    assert other.strings.keys() == english.strings.keys()
    assert other.phrases.keys() == english.phrases.keys()
    for key, string in other.strings.items():
        assert set(PLACEHOLDER.findall(string)) == set(PLACEHOLDER.findall(english.strings[key])), key


@pytest.mark.parametrize("tag", TAGS)
def test_every_pattern_can_be_read(tag: str) -> None:
    locale = load_locale(tag)
    colour = "(" + "|".join(locale.colours) + ")"
    lists = [[pattern.replace("{colour}", colour) for pattern in locale.colour_only], locale.other_cues]
    lists += [patterns for key, patterns in locale.phrases.items() if key != "opening.stop_words"]
    for patterns in lists:
        assert patterns
        compile_patterns(patterns, locale.language).read()


def test_a_string_is_filled_in() -> None:
    assert load_locale("es").text("page_of", page=2, pages=5) == "Página 2 de 5"


def test_what_a_language_does_not_say_yet_is_said_in_english(tmp_path: Path) -> None:
    (tmp_path / "xq.toml").write_text('quotes = ["<", ">", "(", ")"]\n[strings]\ncontents = "Enhavo"\n', "utf-8")
    made_up = load_locale("xq", tmp_path)
    assert (made_up.text("contents"), made_up.text("notes")) == ("Enhavo", load_locale("en").text("notes"))
    with pytest.raises(KeyError):
        made_up.text("no such string")


def test_a_locale_is_added_by_files_alone(tmp_path: Path) -> None:
    shared = """
        default = "xq-AA"
        hyphenation = "xq"
        quotes = ["<", ">", "(", ")"]
        [strings]
        contents = "Innehaldo"
        page_of = "Pago {page} / {pages}"
        [steps]
        first = ["primo"]
    """
    (tmp_path / "en.toml").write_text('quotes = ["“", "”", "‘", "’"]\n[strings]\ncontents = "Contents"\n', "utf-8")
    (tmp_path / "xq.toml").write_text(shared, "utf-8")
    (tmp_path / "xq-AA.toml").write_text('emergency = ["123"]\n[strings]\ncontents = "Enhavo"\n', "utf-8")
    made_up: Locale = load_locale("xq-BB", tmp_path)
    assert (made_up.tag, made_up.language, made_up.emergency) == ("xq-AA", "xq", ("123",))
    assert made_up.text("contents") == "Enhavo"
    assert made_up.text("page_of", page=1, pages=3) == "Pago 1 / 3"
    assert made_up.phrases["steps.first"] == ("primo",)
    assert made_up.readability == ""
