"""What is kept between runs is never taken for something else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cache import Cache, digest, open_cache


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path)


def entries(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_value_is_there_under_its_name_and_key_alone(cache: Cache):
    cache.put("a", "1", {"x": [1, "ü\ud800"]})
    assert cache.get("a", "1") == {"x": [1, "ü\ud800"]}
    assert cache.get("a", "2") is None
    assert cache.get("b", "1") is None


def test_a_new_value_takes_the_place_of_the_old(cache: Cache, tmp_path: Path):
    cache.put("a", "1", 1)
    cache.put("a", "2", 2)
    assert (cache.get("a", "1"), cache.get("a", "2")) == (None, 2)
    assert len(entries(tmp_path)) == 1


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut short": lambda data: data[:-5],
    "without its digest": lambda data: data.partition(b"\n")[2],
    "one letter changed": lambda data: data.replace(b"true", b"trua"),
    "another value under the old digest": lambda data: data.replace(b"true", b"null"),
    "noise": lambda data: bytes(255 - byte for byte in data),
    "deep": lambda _: b"[" * 100_000,
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_entry_counts_as_none(cache: Cache, tmp_path: Path, kind: str):
    cache.put("a", "1", {"sound": True})
    (entry,) = entries(tmp_path)
    entry.write_bytes(DAMAGE[kind](entry.read_bytes()))
    assert cache.get("a", "1") is None


def test_an_entry_in_the_place_of_another_counts_as_none(cache: Cache, tmp_path: Path):
    cache.put("a", "1", 1)
    (first,) = entries(tmp_path)
    cache.put("b", "1", 2)
    (second,) = set(entries(tmp_path)) - {first}
    second.write_bytes(first.read_bytes())
    assert cache.get("b", "1") is None


def test_parts_of_a_digest_do_not_run_together():
    assert len({digest(("ab", "c")), digest(("a", "bc")), digest(("abc",)), digest(("abc", ""))}) == 4


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
def test_a_folder_that_others_can_write_to_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int):
    monkeypatch.setenv("PIPELINE_CACHE", str(tmp_path / "shared"))
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(mode)
    cache = open_cache()
    cache.put("a", "1", 1)
    assert cache.get("a", "1") is None
    assert entries(tmp_path) == []


def test_without_a_home_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("PIPELINE_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    file = tmp_path / "file"
    file.write_text("")
    monkeypatch.setenv("HOME", str(file))
    cache = open_cache()
    cache.put("a", "1", 1)
    assert cache.get("a", "1") is None


def test_an_empty_variable_keeps_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PIPELINE_CACHE", "")
    cache = open_cache()
    cache.put("a", "1", 1)
    assert cache.get("a", "1") is None


def test_the_place_is_that_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("PIPELINE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    open_cache().put("a", "1", 1)
    (entry,) = entries(tmp_path)
    assert entry.relative_to(tmp_path).parts[0] == "fitness-press"
    assert (tmp_path / "fitness-press").stat().st_mode & 0o077 == 0
