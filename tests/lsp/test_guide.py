"""What the guide tells editors to put into their settings is sound, and fits what the pipeline prints."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from pipeline.disclaimers import load_disclaimers
from pipeline.report.text import unstyled
from tests.cli.conftest import SOUND, Run

GUIDE = (Path(__file__).parent.parent.parent / "docs" / "content" / "articles" / "editor-tools.md").read_text("utf-8")
BLOCKS = re.findall(r"```(json|toml)\n(.*?)```", GUIDE, re.DOTALL)


@pytest.mark.parametrize(("form", "text"), BLOCKS)
def test_settings_can_be_read(form: str, text: str):
    assert json.loads(text) if form == "json" else tomllib.loads(text)


def test_the_problem_matcher_finds_every_finding_of_check(run: Run, project: Path):
    article = project / "content" / "articles" / "sound.md"
    article.write_text(SOUND.replace("profile: nutrition", "profile: nutritoin") + "\nSee [here](https://x.example).\n")
    tasks = next(json.loads(text) for _, text in BLOCKS if "problemMatcher" in text)
    pattern = tasks["tasks"][0]["problemMatcher"]["pattern"]
    told = run("check").out
    found = [match for line in told.splitlines() if (match := re.match(pattern["regexp"], line))]
    assert {match[pattern["code"]] for match in found} >= {"M01", "A03"}
    assert {match[pattern["file"]] for match in found} == {"content/articles/sound.md"}
    count = re.search(r"(\d+) errors?(?:, (\d+) warnings?)?", told)
    assert count is not None
    assert len(found) == sum(int(number) for number in count.groups() if number)
    assert unstyled(told) == told


def test_the_snippet_offers_every_kind_of_disclaimer():
    snippets = next(json.loads(text) for _, text in BLOCKS if "Disclaimer" in text)
    choices = re.search(r"\$\{1\|(.*?)\|\}", snippets["Disclaimer"]["body"][0])
    assert choices is not None
    assert set(choices[1].split(",")) == set(load_disclaimers(None))
