"""How an article reads: R01 to R05."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.checks.registry import checks
from pipeline.model.diagnostic import Finding, Severity
from tests.articles import load_snippet

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "readability.yaml").read_text("utf-8"))


def findings(code: str, text: str, folder: Path, **metadata: str) -> list[Finding]:
    top = "".join(f"{key}: {value}\n" for key, value in metadata.items())
    front = f"---\n{top}---\n" if top else ""
    article, context = load_snippet(f"{front}{text}\n", folder)
    return list(checks()[code].run(article, context))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['code']} {case['name']}")
def test_each_case_has_its_findings(case: dict[str, Any], tmp_path: Path) -> None:
    text = case["text"] * case.get("times", 1)
    found = findings(case["code"], text, tmp_path, language=case.get("language", "en-GB"))
    assert (
        [finding.message for finding in found if case["says"] in finding.message] != [] if case["says"] else not found
    )


MIDDLING = (
    "The exercise can improve your posture because it builds the muscles that support the lower part of your spine. "
)
HARD = "Progressive resistance training facilitates neuromuscular adaptation and musculoskeletal resilience in adults. "


def test_a_handout_must_be_easier_than_an_article(tmp_path: Path) -> None:
    article = findings("R01", MIDDLING * 3, tmp_path / "a", profile="exercise-qa")
    handout = findings("R01", MIDDLING * 3, tmp_path / "b", profile="handout")
    assert [finding.severity for finding in article] == [Severity.WARNING]
    assert [finding.severity for finding in handout] == [Severity.ERROR]


def test_house_rules_set_the_grades(tmp_path: Path) -> None:
    article, context = load_snippet(f"+++\n[policy]\nmax_grade = 30\nerror_grade = 40\n+++\n{HARD * 3}\n", tmp_path)
    assert list(checks()["R01"].run(article, context)) == []


def test_only_prose_is_graded(tmp_path: Path) -> None:
    easy = (
        "Sit down. Lift your hips. Rest. Do it again. Stand up and walk. Drink some water. Go home and rest your legs."
    )
    for number, other in enumerate(
        (f"> {HARD}", f"### {HARD}", f"| Head |\n|---|\n| {HARD} |", f"```\n{HARD}\n```", f"## Sources\n\n- {HARD}")
    ):
        assert findings("R01", f"{easy}\n\n{other}", tmp_path / str(number)) == []


def test_the_finding_stands_at_the_heaviest_sentence(tmp_path: Path) -> None:
    (finding,) = findings("R01", f"Sit down and rest for a breath or two.\n\n{HARD}\n\nStand up.", tmp_path)
    assert "grade" in finding.message
    assert finding.span.end_column == len(HARD.strip()) + 1


def test_smog_waits_for_thirty_sentences(tmp_path: Path) -> None:
    assert findings("R02", HARD * 29, tmp_path / "a") == []
    (finding,) = findings("R02", HARD * 30, tmp_path / "b")
    assert finding.severity is Severity.ERROR


def test_spanish_has_no_smog(tmp_path: Path) -> None:
    assert (
        findings("R02", "La rehabilitación neuromuscular fortalece progresivamente. " * 40, tmp_path, language="es")
        == []
    )


def test_a_sentence_of_thirty_words_is_not_too_long(tmp_path: Path) -> None:
    words = ["word"] * 30
    assert findings("R03", " ".join(words).capitalize() + ".", tmp_path / "a") == []
    (finding,) = findings("R03", " ".join([*words, "more"]).capitalize() + ".", tmp_path / "b")
    assert "31 words" in finding.message


def test_one_in_ten_sentences_may_be_long(tmp_path: Path) -> None:
    long = " ".join(["word"] * 25).capitalize() + ". "
    short = "Stand tall. "
    assert findings("R03", long + short * 9, tmp_path / "a") == []
    (finding,) = findings("R03", long * 2 + short * 9, tmp_path / "b")
    assert "2 of 11" in finding.message


def test_one_in_ten_sentences_may_be_passive(tmp_path: Path) -> None:
    passive, active = "The bar is lifted. ", "Stand tall. "
    assert findings("R04", passive + active * 9, tmp_path / "a") == []
    (finding,) = findings("R04", passive * 2 + active * 9, tmp_path / "b")
    assert "2 of 11" in finding.message
