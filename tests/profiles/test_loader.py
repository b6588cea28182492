"""The article types that policy names, and house rules over them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from pipeline.errors import ContentError
from pipeline.profiles import load_profiles
from pipeline.profiles.house import profile_schema

POLICY = {
    "exercise-qa": "question benefits technique risks conclusion",
    "exercise-guide": "muscles setup technique mistakes risks",
    "condition": "what causes self-care when-to-get-help sources",
    "nutrition": "summary evidence amounts who-should-be-careful sources",
    "supplement": "what evidence dose side-effects interactions sources",
    "workout-plan": "who warm-up schedule progression cool-down risks",
    "handout": "key-points technique risks contact",
    "newsletter": "note item contact unsubscribe",
}
MISTAKES = yaml.safe_load(Path(__file__).with_name("mistakes.yaml").read_text("utf-8"))


def house(tmp_path: Path, text: str, name: str = "exercise-qa") -> Path:
    (tmp_path / "profiles").mkdir(exist_ok=True)
    (tmp_path / "profiles" / f"{name}.toml").write_text(text, "utf-8")
    return tmp_path


def test_the_article_types_are_those_of_the_policy() -> None:
    assert {name: " ".join(profile.required) for name, profile in load_profiles(None).items()} == POLICY


@pytest.mark.parametrize("name", ["condition", "supplement"])
def test_conditions_and_supplements_need_a_reviewer(name: str) -> None:
    profiles = load_profiles(None)
    assert profiles[name].reviewer_required
    assert sum(profile.reviewer_required for profile in profiles.values()) == 2


def test_extras_are_those_of_the_policy() -> None:
    profiles = load_profiles(None)
    assert profiles["exercise-guide"].steps == (3, 12)
    assert profiles["exercise-qa"].question_title
    assert profiles["workout-plan"].plan_table
    handout = profiles["handout"]
    assert (handout.max_grade, handout.error_grade, handout.max_pages, handout.min_font_points) == (6, 8, 2, 12)
    assert profiles["workout-plan"].disclaimers == ("info", "clearance", "stop", "risk", "pregnancy")


def test_a_type_has_its_name_in_both_languages() -> None:
    for profile in load_profiles(None).values():
        assert profile.title("en-US") != profile.title("es-MX")
        assert profile.title("fr") == profile.title("en")


def test_house_rules_of_a_built_in_name_change_what_they_say_and_keep_the_rest(tmp_path: Path) -> None:
    changed = load_profiles(house(tmp_path, "min_words = 25\ndisclaimers = ['info', 'risk']\n"))["exercise-qa"]
    assert (changed.min_words, changed.disclaimers) == (25, ("info", "risk"))
    assert changed.required == load_profiles(None)["exercise-qa"].required
    assert changed.path.endswith("profiles/exercise-qa.toml")


def test_house_rules_add_an_article_type(tmp_path: Path) -> None:
    text = """
        name = "recovery"
        title.en = "Recovery"
        [[roles]]
        id = "technique"
        required = true
        synonyms.en = ["how we do it"]
        [[roles]]
        id = "sauna"
        heading.en = "Sauna"
        synonyms.en = ["steam room"]
    """
    added = load_profiles(house(tmp_path, text, "ours"))["recovery"]
    assert added.required == ("technique",)
    assert added.role_of("How we do it", "en-GB") == "technique"
    assert added.role_of("Step by step", "en-GB") == "technique"
    assert added.role_of("The steam room", "en-GB") == "sauna"
    assert added.role_of("Sources", "en-GB") == "sources"


def test_a_house_rules_file_gives_its_own_name_when_it_names_none(tmp_path: Path) -> None:
    assert "ours" in load_profiles(house(tmp_path, '[[roles]]\nid = "risks"\n', "ours"))


@pytest.mark.parametrize("case", MISTAKES, ids=lambda case: case["name"])
def test_a_mistake_in_house_rules_is_reported_at_its_line(case: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=case["message"]) as caught:
        load_profiles(house(tmp_path, case["text"], case.get("file", "exercise-qa")))
    assert caught.value.line == case["line"]
    assert str(caught.value.path).endswith(".toml")
    assert caught.value.help
    assert case.get("help", "") in caught.value.help


def test_all_mistakes_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    text = 'max_grade = "seven"\n[[roles]]\nid = "risks"\nrequird = true\n'
    with pytest.raises(ContentError) as caught:
        load_profiles(house(tmp_path, text, "exercise-qa"))
    assert [mistake.line for mistake in (caught.value, *caught.value.others)] == [1, 4]


def test_house_rules_that_are_not_utf_8_are_an_error_at_their_line(tmp_path: Path) -> None:
    content = house(tmp_path, "")
    (content / "profiles" / "exercise-qa.toml").write_bytes(b'\n\ntitle.en = "Caf\xe9"')
    with pytest.raises(ContentError, match=r"exercise-qa\.toml:3: is not UTF-8"):
        load_profiles(content)


def test_the_schema_accepts_the_built_in_types() -> None:
    import tomllib

    import pipeline.profiles

    schema = profile_schema()
    Draft202012Validator.check_schema(schema)
    for name in load_profiles(None):
        text = Path(pipeline.profiles.__file__).with_name(f"{name}.toml").read_text("utf-8")
        Draft202012Validator(schema).validate(tomllib.loads(text))


def test_a_type_may_say_how_bad_findings_are_by_code_or_by_letter(tmp_path: Path) -> None:
    text = "title.en = 'Notice'\nseverity = { D = 'off', D01 = 'warning' }\n[[roles]]\nid = 'contact'\n"
    profile = load_profiles(house(tmp_path, text, "notice"))["notice"]
    assert [profile.severity_of(code) for code in ("D01", "D02", "S01")] == ["warning", "off", None]


def test_a_type_without_common_roles_takes_no_heading_for_one(tmp_path: Path) -> None:
    text = "common_roles = {}\n[[roles]]\nid = 'contact'\n"
    with_them = load_profiles(house(tmp_path, text.format("true"), "notice"))["notice"]
    without = load_profiles(house(tmp_path, text.format("false"), "notice"))["notice"]
    assert (with_them.role_of("Disclaimer", "en"), without.role_of("Disclaimer", "en")) == ("disclaimer", "")
    assert without.role_of("Contact", "en") == "contact"
