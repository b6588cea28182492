"""publisher.toml: what it sets, and every mistake at once."""

from __future__ import annotations

import os
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from pipeline.config import Config, Policy, load_config
from pipeline.config.publisher import POLICY, publisher_schema
from pipeline.errors import ContentError, UsageError
from pipeline.model.diagnostic import Severity
from pipeline.toml_lines import key_lines

SOUND = '[publisher]\nname = "Gym"\nurl = "https://gym.example"\ncontact = "a@gym.example"'
CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "publisher.yaml").read_text("utf-8"))


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content").mkdir()
    return Path("content")


def load(content: Path, toml: str) -> Config:
    (content / "publisher.toml").write_text(toml, "utf-8")
    return load_config(content)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_every_mistake_is_told_with_its_line_and_its_mend(content: Path, case: dict[str, Any]):
    with pytest.raises(ContentError) as caught:
        load(content, case["toml"].replace("{sound}", SOUND))
    mistakes = [caught.value, *caught.value.others]
    assert [f"{mistake.line}: {mistake.message}" for mistake in mistakes] == case["mistakes"]
    assert {mistake.path for mistake in mistakes} == {"content/publisher.toml"}
    assert all(mistake.help for mistake in mistakes)
    helps = [mistake.help for mistake in mistakes]
    assert [mend for mend in case.get("helps", []) if mend not in helps] == []
    assert all(mistake.message in str(caught.value) for mistake in mistakes), "whoever prints it shows them all"


def test_what_is_not_set_keeps_its_default(content: Path):
    config = load(content, SOUND)
    assert (config.name, config.url, config.contact) == ("Gym", "https://gym.example", "a@gym.example")
    assert (config.language, config.colour, config.theme, config.paper) == ("en-GB", "#0b5d4e", "default", "A4")
    assert (config.postal_address, config.logo, config.policy) == ("", "", Policy())
    assert config.path == "content/publisher.toml"
    assert config.lines == {"publisher": 1, "publisher.name": 2, "publisher.url": 3, "publisher.contact": 4}


def test_everything_can_be_set(content: Path):
    thresholds = {field.name: 1 for field in fields(Policy) if field.name != "severity"}
    brand = {"colour": "#ABC", "logo": "images/l.svg", "theme": "studio", "paper": "Letter"}
    lines = [
        "\ufeff" + SOUND,
        'postal_address = "12 Mill Lane"\nlanguage = "es-US"\n[brand]',
        *(f'{key} = "{value}"' for key, value in brand.items()),
        "[policy]",
        *(f"{key} = {value}" for key, value in thresholds.items()),
        '[policy.severity]\nS06 = "off"\nR01 = "error"',
    ]
    config = load(content, "\n".join(lines).replace("\n", "\r\n"))
    assert {key: getattr(config, key) for key in brand} == brand
    assert (config.postal_address, config.language) == ("12 Mill Lane", "es-US")
    assert {key: getattr(config.policy, key) for key in thresholds} == thresholds
    assert config.policy.severity == {"S06": Severity.OFF, "R01": Severity.ERROR}
    assert config.lines["policy.severity.S06"] == len("\n".join(lines).split("\n")) - 1


def test_the_file_knows_every_threshold():
    assert list(POLICY) == [field.name for field in fields(Policy)]


def test_the_schema_refuses_what_the_reader_refuses():
    schema = publisher_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert validator.is_valid(tomllib.loads(SOUND))
    readable = [case for case in CASES if "it is not TOML" not in case["mistakes"][0]]
    wrong = [
        case["name"] for case in readable if validator.is_valid(tomllib.loads(case["toml"].replace("{sound}", SOUND)))
    ]
    assert wrong == []


def test_a_missing_file_names_the_command_that_makes_one(content: Path):
    with pytest.raises(UsageError, match=r"there is no content/publisher\.toml") as caught:
        load_config(content)
    assert "pipeline init" in caught.value.help


class TestWhatIsNoPlainFile:
    """It is refused, never waited for."""

    def test_a_directory(self, content: Path):
        (content / "publisher.toml").mkdir()
        with pytest.raises(ContentError, match="is a directory"):
            load_config(content)

    def test_a_pipe_which_is_not_waited_for(self, content: Path):
        os.mkfifo(content / "publisher.toml")
        with pytest.raises(ContentError, match="is a named pipe"):
            load_config(content)

    def test_a_link_that_leaves(self, content: Path):
        Path("elsewhere.toml").write_text(SOUND)
        (content / "publisher.toml").symlink_to("../elsewhere.toml")
        with pytest.raises(ContentError, match="leaves the content folder"):
            load_config(content)

    def test_a_link_within(self, content: Path):
        (content / "gym.toml").write_text(SOUND)
        (content / "publisher.toml").symlink_to("gym.toml")
        assert load_config(content).name == "Gym"

    def test_bytes_that_are_not_utf8(self, content: Path):
        (content / "publisher.toml").write_bytes(SOUND.encode() + b"\n\n# \xff")
        with pytest.raises(ContentError, match="is not UTF-8") as caught:
            load_config(content)
        assert caught.value.line == 6

    def test_a_file_that_is_too_large(self, content: Path):
        with pytest.raises(ContentError, match="more than 1 MB"):
            load(content, SOUND + "\n#" + "x" * 1024 * 1024)


def test_lines_of_keys_are_found_in_every_form_of_toml():
    text = '"a b".c = 1\n[t]\nlist = [\n  "x = 1", # [\n  "]",\n]\nx.y.z = "[" # [\n[[u.v]]\n\'k\' = """\nno = 1\n"""\nlast = 2'
    assert key_lines(text) == {
        "a b": 1,
        "a b.c": 1,
        "t": 2,
        "t.list": 3,
        "t.x": 7,
        "t.x.y": 7,
        "t.x.y.z": 7,
        "u.v": 8,
        "u.v.k": 9,
        "u.v.last": 12,
    }
