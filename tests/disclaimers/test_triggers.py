"""What in an article calls for which disclaimer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from pipeline.disclaimers import Trigger, load_disclaimers, triggered
from tests.articles import load_snippet

if TYPE_CHECKING:
    from pipeline.model.article import Article

KINDS = load_disclaimers(None)
CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("trigger_words.yaml").read_text("utf-8"))
GENERAL = {"info"}
"""What every article needs."""


def read(text: str, folder: Path) -> tuple[Article, tuple[Trigger, ...]]:
    article, _ = load_snippet(text, folder)
    return article, triggered(article, None, KINDS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['language']}-{case['text'][:50]}")
def test_words_call_for_kinds(case: dict[str, Any], tmp_path: Path):
    _, found = read(f"---\nlanguage: {case['language']}\n---\n{case['text']}\n", tmp_path)
    kinds = {trigger.kind for trigger in found} - GENERAL
    assert case["kind"] in kinds if "kind" in case else not kinds


@pytest.mark.parametrize(
    ("text", "reason", "place"),
    [
        ("---\nprofile: workout-plan\n---\nGo.\n", "profile workout-plan", (4, 1)),
        ("---\ntopics: [lower back]\n---\nGo.\n", "topic “lower back”", None),
        ("---\nfunding: Mats Ltd\n---\nGo.\n", "funding: Mats Ltd", None),
        ("---\ndisclaimers: [minors]\n---\nGo.\n", "disclaimers in the metadata", None),
        ("Rest.\n\n## How to do it {role=technique}\n\n1. Go.\n", "section “How to do it” (technique)", None),
        ("Rest. It eases **lower\nback** pain.\n", "“lower back” in the text", None),
    ],
)
def test_a_trigger_says_why(text: str, reason: str, place: tuple[int, int] | None, tmp_path: Path):
    article, context = load_snippet(text, tmp_path)
    found = [trigger for trigger in triggered(article, context.profile, KINDS) if trigger.reason == reason]
    assert found
    assert place is None or (found[0].span.line, found[0].span.column) == place


def test_a_trigger_knows_its_place_across_markup(tmp_path: Path):
    article, found = read("Rest.\n\n- It **eases** your *lower\n  back* now.\n", tmp_path)
    span = next(trigger.span for trigger in found if trigger.group == "back")
    lines = article.source.split("\n")
    assert lines[span.line - 1][span.column - 1 :].startswith("lower")
    assert lines[span.end_line - 1][: span.end_column - 1].endswith("back")


@pytest.mark.parametrize(
    "text",
    [
        "Rest.\n\n## Sources\n\n- [Back pain in pregnancy](https://doi.org/10.1/x)\n",
        "Rest.\n\n## Related articles\n\n- [Back pain](squat.md)\n",
        "Rest.\n\n> A reader with back pain wrote this while pregnant.\n",
        "Rest `back pain` now.\n\n```\ncreatine\n```\n",
        "Rest.\n\n![A child with a barbell](images/squat.svg)\n",
        "Rest.[^1]\n\n[^1]: On back pain.\n",
        "Rest ~~with back pain~~ now.\n",
        'Rest [here](https://gym.example/creatine "creatine").\n',
        ":::disclaimer info\nIf you have back pain or are pregnant, ask a doctor.\n:::\n",
        "---\nfunding: none\n---\nRest.\n",
        "---\nfunding: The author received no funding.\n---\nRest.\n",
        "---\nfunding: n/a\n---\nRest.\n",
    ],
)
def test_what_is_not_the_articles_own_word_calls_for_nothing(text: str, tmp_path: Path):
    _, found = read(text, tmp_path)
    assert {trigger.kind for trigger in found} == GENERAL


@pytest.mark.parametrize(
    "text",
    [
        "Rest.\n\n## Lower back pain\n\nRest.\n",
        "Rest.\n\n| Fault | Sign |\n|---|---|\n| Fast | Lower back pain |\n",
        'Rest.\n\n![A bench](images/squat.svg "Kind to a sore back")\n',
        "---\ndescription: Kind to a sore back.\n---\nRest.\n",
        "---\ntitle: Lower Back Pain and You\n---\nRest.\n",
        "Rest.\n\n> [!TIP]\n> Kind to a sore back.\n",
        "Rest.\n\n- **Lower Back Pain:** rest.\n",
        "Rest.\n\nRead [about back pain](squat.md).\n",
    ],
)
def test_all_that_readers_read_counts(text: str, tmp_path: Path):
    _, found = read(text, tmp_path)
    assert "emergency" in {trigger.kind for trigger in found}
