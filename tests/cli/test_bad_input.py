"""Bad input gets one clear message, the right exit code, and loses nothing."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import Run
from tests.guard.inside import watched

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "bad_input.yaml").read_text("utf-8"))


def prepare(project: Path, case: dict[str, Any]) -> None:
    for path in case.get("delete", []):
        (project / path).unlink()
    for path in case.get("folder", []):
        (project / path).mkdir()
    for path, source in case.get("copy", {}).items():
        (project / path).parent.mkdir(exist_ok=True)
        shutil.copy(project / source, project / path)
    for path, text in case.get("write", {}).items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text, "utf-8")
    for path, data in case.get("bytes", {}).items():
        (project / path).write_bytes(bytes.fromhex(data))
    for path, text in case.get("append", {}).items():
        (project / path).write_text((project / path).read_text("utf-8") + text, "utf-8")
    for path, (before, unit, count, after) in case.get("repeat", {}).items():
        (project / path).parent.mkdir(exist_ok=True)
        (project / path).write_text(before + unit * count + after, "utf-8")
    for path, (old, new) in case.get("replace", {}).items():
        source = (project / path).read_text("utf-8")
        assert old in source
        (project / path).write_text(source.replace(old, new), "utf-8")
    for path in case.get("crlf", []):
        data = (project / path).read_bytes()
        (project / path).write_bytes(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
    for path, target in case.get("link", {}).items():
        (project / path).symlink_to(target)
    for path, target in case.get("hard", {}).items():
        os.link(project / target, project / path)
    for path in case.get("pipe", []):
        os.mkfifo(project / path)


FEWEST = 120
"""Broken inputs that are pinned."""
WRITING = ("new", "init", "withdraw")
"""Commands that may write below ``content/``."""
ELSEWHERE = re.compile(r"""(?:^|[\s`"'(])/(?:tmp|home|root|usr|etc|var|opt|work|Users|private)/""", re.MULTILINE)
"""A path that a message has no business to name."""


def contents(folder: Path) -> dict[str, bytes]:
    plain = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in plain}


def half_written(project: Path) -> list[str]:
    """What a command left that it should not have: temporary files, staged ones, outputs that no manifest lists."""
    left = [path.relative_to(project).as_posix() for path in project.rglob("*.tmp")]
    build = contents(project / "build")
    listed = {row["path"] for row in json.loads(build.get("manifest.json", b"{}")).get("outputs", ())}
    known = {"manifest.json", ".pipeline/state.json", ".pipeline/page-starts.json", *listed}
    return [*left, *(path for path in build if path not in known)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_bad_input(project: Path, run: Run, case: dict[str, Any]):
    prepare(project, case)
    before = contents(project)
    command = shlex.split(case.get("command", "check"))
    with watched(project) as touched:
        ran = run(*command)
    assert touched == []
    assert ran.code == case["exit"], ran.said
    for words in case.get("says", []):
        assert words in ran.said
    for words in ["Traceback", "pipeline itself has failed", str(project), *case.get("never", [])]:
        assert words not in ran.said
    assert ELSEWHERE.findall(ran.said) == []
    after = contents(project)
    if command[0] == "build" and ran.code != 2:  # wrong usage is told before anything is looked at
        assert half_written(project) == []
        before, after = (
            {path: data for path, data in each.items() if path[:6] != "build/"} for each in (before, after)
        )
    assert after == before or command[0] in WRITING


CHECKED = [case for case in CASES if case.get("command", "check") == "check"]


@pytest.mark.parametrize("case", CHECKED, ids=lambda case: case["name"])
def test_bad_input_is_a_whole_document_for_machines(project: Path, run: Run, case: dict[str, Any]):
    prepare(project, case)
    ran = run("check", "--format", "json")
    assert ran.code == case["exit"], ran.said
    if ran.code == 2:
        assert ran.out == ""
        return
    document = json.loads(ran.out)
    assert (document["summary"]["errors"] > 0) == (ran.code > 0)
    assert all(row["path"] and row["line"] >= 1 and row["code"] for row in document["diagnostics"])


def test_each_case_says_where_it_is_and_what_to_do():
    refused = [case for case in CASES if case["exit"]]
    assert len(refused) >= FEWEST
    assert [case["name"] for case in CASES if not case.get("says") and case["exit"]] == []
    assert len({case["name"] for case in CASES}) == len(CASES)
