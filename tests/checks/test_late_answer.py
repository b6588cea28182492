"""Openings that answer the article's question, and openings that put the answer off."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from pipeline.checks.run import run_checks
from tests.articles import load_snippet

CASES = [
    (group["language"], group["is"], question, opening)
    for group in yaml.safe_load(Path(__file__).with_name("openings.yaml").read_text("utf-8"))
    for question, opening in group["openings"]
]


@pytest.mark.parametrize(("language", "kind", "question", "opening"), CASES)
def test_an_opening_is_judged(language: str, kind: str, question: str, opening: str, tmp_path: Path) -> None:
    text = f"---\ntitle: {json.dumps(question)}\nlanguage: {language}\n---\n{opening}\n\n## Benefits\n\nText.\n"
    found = run_checks(*load_snippet(text, tmp_path), select=["S05"]).diagnostics
    assert bool(found) == (kind == "late")


def test_a_disclaimer_before_the_answer_does_not_count(tmp_path: Path) -> None:
    text = (
        f":::disclaimer info\n{'This is general information. ' * 30}\n:::\n\nYes, a little.\n\n## Benefits\n\nText.\n"
    )
    assert run_checks(*load_snippet(text, tmp_path), select=["S05"]).diagnostics == ()


def test_an_answer_after_sixty_words_is_late(tmp_path: Path) -> None:
    text = (
        f"On this page there is much to read, {'and more to read, ' * 15}.\n\nYes, a little.\n\n## Benefits\n\nText.\n"
    )
    article, context = load_snippet(text, tmp_path)
    (found,) = run_checks(article, context, select=["S05"]).diagnostics
    assert article.source.splitlines()[found.line - 1].startswith("On this page")
