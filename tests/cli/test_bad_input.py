"""Bad input gets one clear message, the right exit code, and loses nothing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import Run

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "bad_input.yaml").read_text("utf-8"))


def prepare(project: Path, case: dict[str, Any]) -> None:
    for path in case.get("delete", []):
        (project / path).unlink()
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
    for path, (old, new) in case.get("replace", {}).items():
        source = (project / path).read_text("utf-8")
        assert old in source
        (project / path).write_text(source.replace(old, new), "utf-8")
    for path in case.get("crlf", []):
        data = (project / path).read_bytes()
        (project / path).write_bytes(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
    for path, target in case.get("link", {}).items():
        (project / path).symlink_to(target)
    for path in case.get("folder", []):
        (project / path).mkdir()
    for path in case.get("pipe", []):
        os.mkfifo(project / path)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_bad_input(project: Path, run: Run, case: dict[str, Any]):
    prepare(project, case)
    ran = run(*case.get("command", "check").split())
    assert ran.code == case["exit"], ran.said
    for words in case.get("says", []):
        assert words in ran.said
    for words in ["Traceback", "pipeline itself has failed", str(project), *case.get("never", [])]:
        assert words not in ran.said
    assert not list(project.rglob("*.tmp"))
