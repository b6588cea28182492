"""The approved wording: there in every locale, says what it must, in plain and few words."""

from __future__ import annotations

import re

import pytest

from pipeline.disclaimers import (
    DisclaimerKind,
    approved_texts,
    by_language,
    load_disclaimers,
    missing_elements,
    wording,
)
from pipeline.disclaimers.blocks import blocks
from pipeline.disclaimers.statements import denied
from pipeline.language import analyse, sentences
from pipeline.model.nodes import BulletList, Paragraph
from pipeline.model.walk import block_lines

KINDS = load_disclaimers(None)
LOCALES = ("en-GB", "en-US", "es", "es-US")
EVERY = [pytest.param(kind, locale, id=f"{kind.kind}-{locale}") for kind in KINDS.values() for locale in LOCALES]


def words(kind: str, locale: str) -> int:
    return len(analyse(wording(KINDS[kind], locale).text, locale).forms)


def grade(text: str) -> float:
    """Flesch–Kincaid grade, by a rough count of syllables."""
    read = analyse(text, "en")
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"(?:e|es|ed)$", "", form)))) for form in read.forms)
    count = len(read.forms)
    return 0.39 * count / len(sentences(read)) + 11.8 * syllables / count - 15.59


def test_all_ten_kinds_are_there_general_ones_first():
    assert list(KINDS) == [
        "info", "clearance", "stop", "emergency", "risk", "pregnancy", "minors", "supplement", "diet", "commercial",
    ]  # fmt: skip


@pytest.mark.parametrize(("kind", "locale"), EVERY)
def test_approved_wording_says_all_that_it_must(kind: DisclaimerKind, locale: str):
    text = analyse(kind.wordings[locale].text, locale)
    assert missing_elements(kind, text, locale, groups=["back"]) == ()
    assert denied(kind, text, locale) == []


@pytest.mark.parametrize(("kind", "locale"), EVERY)
def test_every_element_is_judged_in_every_locale_that_asks_for_it(kind: DisclaimerKind, locale: str):
    asked = [element for element in kind.elements if not element.languages or locale in element.languages]
    assert asked
    assert all(element.wanted(locale) for element in asked)
    assert all(by_language(element.says, locale) for element in asked)


@pytest.mark.parametrize(("kind", "locale"), EVERY)
def test_approved_wording_is_short(kind: DisclaimerKind, locale: str):
    assert 20 <= words(kind.kind, locale) <= 120
    assert words("info", locale) + words("clearance", locale) <= 110
    assert max(words("stop", locale), words("emergency", locale)) <= 60


@pytest.mark.parametrize("locale", ["en-GB", "en-US"])
@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS.values() if kind.kind != "supplement"], ids=lambda kind: kind.kind
)
def test_approved_wording_is_easy_to_read(kind: DisclaimerKind, locale: str):
    # the statement on supplements is the law's own wording
    assert grade(kind.wordings[locale].text) < 8.5


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.kind)
def test_every_kind_names_its_sources_and_older_wording_has_an_older_version(kind: DisclaimerKind):
    assert kind.sources
    assert all(old.version < kind.version for old in kind.older)


@pytest.mark.parametrize(("locale", "number"), [("en-GB", "999"), ("en-US", "911"), ("es", "112"), ("es-US", "911")])
def test_the_emergency_wording_names_the_number_of_its_locale(locale: str, number: str):
    approved = wording(KINDS["emergency"], locale)
    assert number in approved.text
    assert number in approved.title
    assert KINDS["emergency"].numbers.fit(locale)[0] == number


def test_the_statement_on_supplements_stands_word_for_word_and_in_spanish_too():
    legal = (
        "These statements have not been evaluated by the Food and Drug Administration. "
        "This product is not intended to diagnose, treat, cure, or prevent any disease."
    )
    kind = KINDS["supplement"]
    assert legal in kind.wordings["en-US"].text
    assert legal in kind.wordings["es-US"].text
    assert "Administración de Alimentos y Medicamentos" in kind.wordings["es-US"].text
    assert "Food and Drug" not in kind.wordings["en-GB"].text


@pytest.mark.parametrize(
    ("asked", "given"),
    [("es-US", "es-US"), ("en", "en-GB"), ("en-AU", "en-GB"), ("es-MX", "es"), ("es-ES", "es"), ("sv", "en-GB")],
)
def test_a_locale_without_wording_takes_the_nearest(asked: str, given: str):
    for kind in KINDS.values():
        assert wording(kind, asked) is kind.wordings[given]


@pytest.mark.parametrize(
    ("locale", "numbers"), [("en", ("999", "112")), ("es-ES", ("112",)), ("en-AU", ()), ("sv", ())]
)
def test_only_known_locales_have_emergency_numbers(locale: str, numbers: tuple[str, ...]):
    assert KINDS["emergency"].numbers.fit(locale) == numbers


def test_plain_wording_becomes_paragraphs_and_lists():
    made = blocks("One line\nand its rest.\n\nA lead:\n- first item\n  goes on\n- second\n\nLast.\n")
    assert [type(block) for block in made] == [Paragraph, Paragraph, BulletList, Paragraph]
    assert block_lines(made) == ["One line and its rest.", "A lead:", "first item goes on", "second", "Last."]


def test_approved_texts_are_those_of_a_version_in_every_locale():
    info = KINDS["info"]
    assert "\n".join(block_lines(info.wordings["es"].blocks)) in approved_texts(info, info.version)
    assert [text[:34] for text in approved_texts(info, "1.0")] == [
        "This is general information. It is",
        "Esta es información general. No es",
    ]
    assert approved_texts(info, "0.1") == ()
