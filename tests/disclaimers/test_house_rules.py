"""House rules: ``content/disclaimers/*.toml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.disclaimers import load_disclaimers, missing_elements, triggered, wording
from pipeline.disclaimers.house import disclaimer_schema
from pipeline.errors import ContentError
from tests.articles import load_snippet

MISTAKES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("mistakes.yaml").read_text("utf-8"))
WATER = """\
kind = "water"
version = "1.0"
date = 2026-05-01
[wording.en-GB]
title = "In the pool"
text = "Swim with a guard."
[[elements]]
id = "guard"
says.en = "to swim with a guard"
patterns.en = ["guard"]
[triggers.words.en]
pool = ["pool"]
"""


def house(folder: Path, text: str, name: str = "house") -> Path:
    (folder / "disclaimers").mkdir(exist_ok=True)
    (folder / "disclaimers" / f"{name}.toml").write_text(text, "utf-8")
    return folder


def test_a_content_tree_without_house_rules_has_the_built_in_kinds(tmp_path: Path):
    assert load_disclaimers(tmp_path) is load_disclaimers(None)


def test_a_file_changes_what_it_says_of_a_built_in_kind_and_keeps_the_rest(tmp_path: Path):
    text = 'version = "2.0"\n[wording.en-GB]\ntitle = "Stop!"\ntext = "Stop at once and call the desk."\n'
    kinds = load_disclaimers(house(tmp_path, text, "stop"))
    built_in = load_disclaimers(None)["stop"]
    assert wording(kinds["stop"], "en-GB").title == "Stop!"
    assert wording(kinds["stop"], "es").text == built_in.wordings["es"].text
    assert kinds["stop"].elements == built_in.elements
    assert kinds["stop"].version == wording(kinds["stop"], "es").version == "2.0"
    assert list(kinds) == list(load_disclaimers(None))


def test_a_file_of_another_name_adds_a_kind_that_is_triggered_and_judged(tmp_path: Path):
    kinds = load_disclaimers(house(tmp_path, WATER))
    article, _ = load_snippet("Go to the pool.\n", tmp_path / "tree")
    assert "water" in {trigger.kind for trigger in triggered(article, None, kinds)}
    assert [element.id for element in missing_elements(kinds["water"], "Swim.", "en-GB")] == ["guard"]
    assert kinds["water"].path.endswith("house.toml")


def test_a_new_locale_needs_nothing_but_files(tmp_path: Path):
    text = """\
[wording.tlh]
title = "yImev"
text = "yImev DaH, vaj Qel yISuq."
[[elements]]
id = "stop-at-once"
says.tlh = "yImev"
patterns.tlh = ["yImev"]
[triggers.words.tlh]
sets = ["qeq"]
"""
    kinds = load_disclaimers(house(tmp_path, text, "stop"))
    article, _ = load_snippet("---\nlanguage: tlh\n---\nqeq DaH.\n", tmp_path / "tree")
    assert "stop" in {trigger.kind for trigger in triggered(article, None, kinds)}
    assert wording(kinds["stop"], "tlh").title == "yImev"
    assert [element.id for element in missing_elements(kinds["stop"], "qeq", "tlh")] == ["stop-at-once"]
    assert missing_elements(kinds["stop"], wording(kinds["stop"], "tlh").text, "tlh") == ()


@pytest.mark.parametrize("case", MISTAKES, ids=lambda case: case["name"])
def test_a_mistake_is_named_with_its_line_and_mend(case: dict[str, Any], tmp_path: Path):
    with pytest.raises(ContentError) as caught:
        load_disclaimers(house(tmp_path, case["text"]))
    assert case["says"] in str(caught.value)
    assert (caught.value.line, bool(caught.value.help)) == (case["line"], True)
    assert str(caught.value.path).endswith("house.toml")


@pytest.mark.parametrize(
    "text",
    ["kind = 'stop'\nversoin = '2'\ndaet = 1\n", "kind = 'stop'\n[hints]\nen = [\n '(a',\n '... b']\n"],
    ids=["keys", "patterns"],
)
def test_all_mistakes_of_a_file_are_told_at_once(text: str, tmp_path: Path):
    with pytest.raises(ContentError) as caught:
        load_disclaimers(house(tmp_path, text))
    assert len(caught.value.others) == 1


def test_a_file_that_is_no_text_is_an_error_at_its_line(tmp_path: Path):
    house(tmp_path, "")
    (tmp_path / "disclaimers" / "house.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ContentError, match=r"house\.toml:1: is not UTF-8"):
        load_disclaimers(tmp_path)


def test_the_schema_knows_the_keys_of_a_file():
    assert {"kind", "version", "wording", "elements", "triggers", "numbers"} <= set(disclaimer_schema()["properties"])
