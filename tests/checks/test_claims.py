"""Claims: what is one, what is none, and how either may be written."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.checks.registry import checks
from pipeline.model.diagnostic import Finding
from tests.articles import load_snippet

HERE = Path(__file__).parent / "claims"
LANGUAGES = {"en": "en-GB", "es": "es"}


@cache
def sentences(language: str) -> dict[str, dict[str, list[str]]]:
    loaded: dict[str, dict[str, list[str]]] = yaml.safe_load((HERE / f"{language}.yaml").read_text("utf-8"))
    return loaded


FORMS: list[dict[str, Any]] = yaml.safe_load((HERE / "forms.yaml").read_text("utf-8"))
GROUPS = [(language, code) for language in LANGUAGES for code in sentences(language)]


def findings(code: str, text: str, language: str, folder: Path) -> list[Finding]:
    article, context = load_snippet(f"---\nlanguage: {language}\n---\n{text}\n", folder)
    return list(checks()[code].run(article, context))


def found_among(lines: list[str], code: str, language: str, folder: Path) -> set[str]:
    """The sentences that a check finds, each read in a section of its own."""
    text = "\n\n".join(f"## Part {number}\n\n{line}" for number, line in enumerate(lines))
    article, context = load_snippet(f"---\nlanguage: {LANGUAGES[language]}\n---\n{text}\n", folder)
    source = article.source.splitlines()
    return {source[finding.span.line - 1] for finding in checks()[code].run(article, context)}


@pytest.mark.parametrize(("language", "code"), GROUPS)
def test_every_claim_is_found(language: str, code: str, tmp_path: Path) -> None:
    lines = sentences(language)[code]["claims"]
    assert sorted(set(lines) - found_among(lines, code, language, tmp_path)) == []


@pytest.mark.parametrize(("language", "code"), GROUPS)
def test_no_sound_sentence_is_taken_for_a_claim(language: str, code: str, tmp_path: Path) -> None:
    assert found_among(sentences(language)[code]["sound"], code, language, tmp_path) == set()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form['code']} {form['name']}")
def test_the_form_of_a_claim_does_not_hide_it_nor_make_it(form: dict[str, Any], tmp_path: Path) -> None:
    found = findings(form["code"], form["text"], form.get("language", "en-GB"), tmp_path)
    assert len(found) == form["find"], [finding.message for finding in found]


def test_a_finding_points_at_the_very_words(tmp_path: Path) -> None:
    article, context = load_snippet("Train hard. Hip thrusts **cure\nyour** sciatica, they say.\n", tmp_path)
    (finding,) = checks()["C01"].run(article, context)
    lines = article.source.splitlines()
    assert lines[finding.span.line - 1][finding.span.column - 1 :] == "cure"
    assert lines[finding.span.end_line - 1][: finding.span.end_column - 1] == "your** sciatica"
    assert "“cure your sciatica”" in finding.message


@pytest.mark.parametrize("key", ["title", "subtitle", "description"])
def test_what_the_metadata_tells_readers_counts(key: str, tmp_path: Path) -> None:
    article, context = load_snippet(f"---\n{key}: Hip thrusts cure sciatica\n---\nText.\n", tmp_path)
    (finding,) = checks()["C01"].run(article, context)
    assert article.source.splitlines()[finding.span.line - 1].startswith(key)


def test_a_language_without_vocabulary_has_no_claims(tmp_path: Path) -> None:
    assert findings("C01", "Hip thrusts cure sciatica.", "de", tmp_path) == []
