"""What made a result is known by the content of the pipeline's files, which are read anew when one of them changes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import toolchain


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of two files, one of them in a folder."""
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    monkeypatch.setattr(toolchain, "__file__", str(tmp_path / "package/toolchain.py"))
    (tmp_path / "package/sub").mkdir(parents=True)
    (tmp_path / "package/toolchain.py").write_text("a")
    (tmp_path / "package/sub/data.toml").write_text("b")
    return tmp_path / "package"


CHANGES: dict[str, Callable[[Path], object]] = {
    "another text": lambda package: (package / "sub/data.toml").write_text("other"),
    "another name": lambda package: (package / "sub/data.toml").rename(package / "sub/date.toml"),
    "another file": lambda package: (package / "new").write_text("c"),
    "one less": lambda package: (package / "sub/data.toml").unlink(),
    "another place": lambda package: (package / "sub/data.toml").rename(package / "data.toml"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_of_a_file_shows(package: Path, change: str):
    before = toolchain._own_files()
    assert toolchain._own_files() == before
    CHANGES[change](package)
    assert toolchain._own_files() != before


def test_what_is_kept_beside_the_files_is_no_part_of_them(package: Path):
    before = toolchain._own_files()
    (package / "__pycache__/more").write_text("x")
    (package / "__pycache__/toolchain.py.cpython-311.kept").unlink(missing_ok=True)
    assert toolchain._own_files() == before


def test_another_copy_of_the_same_files_is_the_same(package: Path, monkeypatch: pytest.MonkeyPatch):
    before = toolchain._own_files()
    shutil.copytree(package, package.parent / "copy", copy_function=shutil.copyfile)
    monkeypatch.setattr(toolchain, "__file__", str(package.parent / "copy/toolchain.py"))
    assert toolchain._own_files() == before


def test_a_damaged_note_is_made_anew(package: Path):
    before = toolchain._own_files()
    (kept,) = (package / "__pycache__").iterdir()
    kept.write_bytes(kept.read_bytes()[:-3] + b"abc")
    assert toolchain._own_files() == before
