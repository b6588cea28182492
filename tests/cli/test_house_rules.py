"""House rules through the command line: every block of the guide to them, and files that change, add and are wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.cli.conftest import SOUND, Run

GUIDE = (Path(__file__).parents[2] / "docs" / "content" / "articles" / "house-rules.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
FILES = [text for kind, text in BLOCKS if kind == "toml"]
COMMANDS = [line for kind, text in BLOCKS if kind == "sh" for line in text.splitlines()]
RECOVERY = SOUND.replace("profile: nutrition", "profile: recovery")


def write(project: Path, texts: Iterable[str]) -> None:
    """Put each file where its first line says that it stands."""
    for text in texts:
        first = re.match(r"# (content/\S+\.toml)\n", text)
        assert first, text
        file = project / first[1]
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")


def found(run: Run, *arguments: str) -> list[tuple[str, str]]:
    """Code and message of each finding."""
    ran = run("check", "--format", "json", *arguments)
    return [(row["code"], row["message"]) for row in json.loads(ran.out)["diagnostics"]]


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_of_the_guide_runs_with_its_files(command: str, run: Run, project: Path):
    write(project, FILES)
    program, *arguments = command.split()
    ran = run(*arguments)
    assert (program, ran.code, ran.err) == ("pipeline", 0, "")
    assert ran.out


def test_thresholds_and_severity_of_the_guide_hold(run: Run, project: Path):
    article = project / "content" / "articles" / "sound.md"
    article.write_text(SOUND.replace("reviewed: 2026-06-01", "reviewed: 2024-06-01"), "utf-8")
    assert found(run, "--as-of", "2026-11-22") == []
    write(project, FILES)
    assert "M04" in [code for code, _ in found(run, "--as-of", "2026-11-22")]


def test_the_allowance_of_the_guide_silences_and_is_counted(run: Run, project: Path):
    (allow,) = [text for kind, text in BLOCKS if kind == "yaml" and text.startswith("allow:")]
    many = "".join(f"- Bean {number}\n" for number in range(9))
    article = project / "content" / "articles" / "sound.md"
    longer = SOUND.replace("Beans have protein", f"{many}\nBeans have protein")
    article.write_text(longer, "utf-8")
    assert [code for code, _ in found(run)] == ["S08"]
    article.write_text(longer.replace("profile:", f"{allow}profile:"), "utf-8")
    assert found(run) == []
    assert "(1 allowed)" in run("check").out


def test_a_file_of_a_built_in_name_changes_the_article_type(run: Run, project: Path):
    write(project, ["# content/profiles/nutrition.toml\nmin_words = 60\n"])
    assert {code for code, _ in found(run)} == {"S12"}


def test_a_file_of_another_name_adds_an_article_type(run: Run, project: Path):
    article = project / "content" / "articles" / "sound.md"
    article.write_text(RECOVERY, "utf-8")
    assert any("no article type is called `recovery`" in message for _, message in found(run))
    write(project, FILES)
    assert [message.partition(" is missing")[0] for code, message in found(run) if code == "S01"] == [
        "the section “Benefits” (benefits)",
        "the section “Sauna” (sauna)",
    ]
    article.write_text(RECOVERY.replace("## Summary", "## Benefits").replace("## Evidence", "## The hot room"), "utf-8")
    assert "S01" not in [code for code, _ in found(run)]


def test_a_file_of_a_built_in_kind_changes_its_words(run: Run, project: Path):
    write(project, FILES)
    assert "Please note" in run("disclaimers", "info").out
    assert run("check").code == 0


def test_a_file_of_another_name_adds_a_disclaimer(run: Run, project: Path):
    article = project / "content" / "articles" / "sound.md"
    write(project, FILES)
    article.write_text(SOUND.replace("They keep", "Eat them at the swimming pool. They keep"), "utf-8")
    assert [code for code, _ in found(run)] == ["D01"]
    assert "pool" in run("check", "--verbose").out
    assert run("check", "--fix").code == 0
    assert ":::disclaimer pool\n:::\n" in article.read_text("utf-8")


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("# content/profiles/nutrition.toml\n\nmin_wrods = 8\n", 3),
        ('# content/disclaimers/info.toml\nversion = "2"\nwrding = 1\n', 3),
        ("# content/profiles/new.toml\nname = [\n", 3),
        ('# content/publisher.toml\n[publisher]\nname = "N"\nurl = "x"\ncontact = "y"\n', 4),
    ],
    ids=["profile", "disclaimer", "no TOML", "publisher"],
)
def test_a_mistake_is_named_at_its_line_and_ends_with_1(file: str, line: int, run: Run, project: Path):
    write(project, [file])
    ran = run("check")
    assert ran.code == 1
    assert f"{file.split()[1]}:{line}: " in ran.err
    assert "help:" in ran.err


NOTICE = """\
---
title: Opening hours
description: When the gym is open.
profile: notice
authors:
  - name: Northside Strength
published: 2026-06-01
---

We open at six in the morning from Monday to Friday, and at nine at weekends.
"""


def test_a_type_that_gives_no_advice_needs_nothing_that_advice_needs(run: Run, project: Path):
    (project / "content" / "articles" / "hours.md").write_text(NOTICE, "utf-8")
    write(project, FILES)
    assert found(run, "content/articles/hours.md", "--ignore", "L03") == []
    notice = project / "content" / "profiles" / "notice.toml"
    notice.write_text(notice.read_text("utf-8").replace('D = "off"', 'D01 = "warning"'), "utf-8")
    assert [code for code, _ in found(run, "content/articles/hours.md", "--ignore", "L03")] == ["D01"]
    notice.write_text(notice.read_text("utf-8").replace("D01", "D91"), "utf-8")
    assert [code for code, _ in found(run, "content/articles/hours.md", "--ignore", "L03,D01")] == ["P01"]
