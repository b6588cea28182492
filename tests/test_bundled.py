"""What is kept beside the byte code saves time and decides nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.bundled import Kept, bundled_toml
from tests.desk import CONTENT


def check(root: Path, prefix: Path) -> str:
    """What ``pipeline check`` prints when byte code and what goes with it lie below ``prefix``."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    run = subprocess.run(
        [sys.executable, "-m", "pipeline", "check"],
        cwd=root,
        env=environment | {"PYTHONPYCACHEPREFIX": str(prefix), "PYTHONPATH": str(CONTENT.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1, run.stderr
    return run.stdout


def test_findings_are_the_same_with_what_is_kept_without_it_and_when_it_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "content" / "articles").mkdir(parents=True)
    shutil.copy(CONTENT / "publisher.toml", tmp_path / "content")
    article = tmp_path / "content" / "articles" / "cures.md"
    article.write_text("---\ntitle: A cure\n---\nHip thrusts cure back pain for good.\n", "utf-8")
    prefix = tmp_path / "cache"
    first = check(tmp_path, prefix)
    assert [path.name for path in prefix.rglob("*.kept") if path.name.startswith("patterns-en")]
    assert check(tmp_path, prefix) == first
    for path in prefix.rglob("*.kept"):
        path.write_bytes(path.read_bytes().replace(b"pain", b"gain", 1))
    assert check(tmp_path, prefix) == first


@pytest.fixture(autouse=True)
def _may_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def test_what_is_kept_counts_only_while_its_source_is_as_it_was(tmp_path: Path) -> None:
    source = tmp_path / "rules.toml"
    source.write_text("a = 1\n")
    kept = Kept(source, [source])
    assert kept.load() is None
    kept.save(b"something")
    assert kept.load() == b"something"
    source.write_text("a = 22\n")
    assert kept.load() is None


@pytest.mark.parametrize("data", [b"", b"x", b"9:9 00000000\nsomething", b"\xff"])
def test_damaged_bytes_count_as_none(tmp_path: Path, data: bytes) -> None:
    source = tmp_path / "rules.toml"
    source.write_text("a = 1\n")
    kept = Kept(source, [source])
    kept.save(b"something")
    kept.place.write_bytes(data)
    assert kept.load() is None


def test_dates_come_as_text_whether_kept_or_not(tmp_path: Path) -> None:
    source = tmp_path / "rules.toml"
    source.write_text("date = 2026-01-02\n")
    assert bundled_toml(source) == bundled_toml(source) == {"date": "2026-01-02"}
    assert Kept(source, [source]).load() is not None


def test_nothing_is_written_where_byte_code_may_not_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    source = tmp_path / "rules.toml"
    source.write_text("a = 1\n")
    assert bundled_toml(source) == {"a": 1}
    assert list(tmp_path.iterdir()) == [source]
