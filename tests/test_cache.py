"""What is kept between runs is never taken for something else."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cache import OLD, TOGETHER, Cache, digest, open_cache


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(str(tmp_path / "kept"))


def again(cache: Cache) -> Cache:
    """What a later run finds."""
    cache.keep()
    return Cache(cache._file)


def entries(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_value_is_there_under_its_name_and_key_alone(cache: Cache):
    cache.put("a", "1", {"x": [1, "ü\ud800\n"]})
    for each in (cache, again(cache)):
        assert each.get("a", "1") == {"x": [1, "ü\ud800\n"]}
        assert each.get("a", "2") is None
        assert each.get("b", "1") is None


def test_a_new_value_takes_the_place_of_the_old(cache: Cache):
    cache.put("a", "1", 1)
    cache.put("b", "1", 1)
    cache = again(cache)
    cache.put("a", "2", 2)
    for each in (cache, again(cache)):
        assert (each.get("a", "1"), each.get("a", "2"), each.get("b", "1")) == (None, 2, 1)


def test_what_was_kept_since_is_found(cache: Cache):
    assert cache.get("a", "1") is None
    cache.put("a", "1", 1)
    cache.keep()
    assert cache.get("a", "1") == 1


def test_entries_are_written_before_they_become_many(cache: Cache, tmp_path: Path):
    for number in range(TOGETHER):
        cache.put(str(number), "1", number)
    later = Cache(cache._file)
    assert [later.get(str(number), "1") for number in range(TOGETHER)] == [*range(TOGETHER)]
    assert (tmp_path / "kept").stat().st_mode & 0o077 == 0


def test_old_lines_do_not_pile_up(cache: Cache, tmp_path: Path):
    cache.put("other", "1", "yes")
    for number in range(4 * OLD):
        cache.get("a", "")
        cache.put("a", str(number), number)
        cache.keep()
    assert (tmp_path / "kept").read_bytes().count(b"\n") < 3 * OLD
    assert (cache.get("a", str(4 * OLD - 1)), cache.get("other", "1")) == (4 * OLD - 1, "yes")
    assert len(entries(tmp_path)) == 1


def test_two_runs_at_a_time_keep_what_both_found(cache: Cache):
    another = Cache(cache._file)
    for number in range(3 * TOGETHER):
        cache.put(f"a{number}", "1", number)
        another.put(f"b{number}", "1", number)
    another.keep()
    later = again(cache)
    for number in range(3 * TOGETHER):
        assert later.get(f"a{number}", "1") == later.get(f"b{number}", "1") == number


def test_a_huge_file_is_begun_anew(cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    cache.put("a", "1", 1)
    cache = again(cache)
    monkeypatch.setattr("pipeline.cache.MOST", 20)
    assert cache.get("a", "1") is None
    assert (tmp_path / "kept").read_bytes() == b""


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut short": lambda data: data[:-5],
    "without its digest": lambda data: data.partition(b" ")[2],
    "one letter changed": lambda data: data.replace(b"true", b"trua"),
    "another value under the old digest": lambda data: data.replace(b"true", b"null"),
    "noise": lambda data: bytes(255 - byte for byte in data),
    "deep": lambda data: data[:80] + b"[" * 100_000,
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_entry_counts_as_none_and_those_behind_it_as_they_are(cache: Cache, tmp_path: Path, kind: str):
    cache.put("a", "1", {"sound": True})
    cache.keep()
    file = tmp_path / "kept"
    file.write_bytes(DAMAGE[kind](file.read_bytes()))
    cache.put("b", "1", 2)
    assert (again(cache).get("a", "1"), again(cache).get("b", "1")) == (None, 2)


def test_a_pipe_in_the_place_of_the_file_is_not_waited_for(cache: Cache, tmp_path: Path):
    os.mkfifo(tmp_path / "kept")
    cache.put("a", "1", 1)
    cache.keep()
    assert again(cache).get("a", "1") is None


def test_what_a_link_leads_to_is_neither_read_nor_written(cache: Cache, tmp_path: Path):
    another = Cache(str(tmp_path / "another"))
    another.put("a", "1", 1)
    another.keep()
    before = (tmp_path / "another").read_bytes()
    (tmp_path / "kept").symlink_to("another")
    assert cache.get("a", "1") is None
    cache.put("b", "1", 2)
    cache.keep()
    assert (tmp_path / "another").read_bytes() == before


def test_an_entry_in_the_place_of_another_counts_as_none(cache: Cache, tmp_path: Path):
    cache.put("a", "1", 1)
    cache.put("b", "1", 2)
    cache.keep()
    file = tmp_path / "kept"
    (first, _, body), (_, place, _) = (line.split() for line in file.read_bytes().splitlines() if line)
    file.write_bytes(b" ".join((first, place, body)))
    assert again(cache).get("b", "1") is None


def test_parts_of_a_digest_do_not_run_together():
    assert len({digest(("ab", "c")), digest(("a", "bc")), digest(("abc",)), digest(("abc", ""))}) == 4


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
def test_a_folder_that_others_can_write_to_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int):
    monkeypatch.setenv("PIPELINE_CACHE", str(tmp_path / "shared"))
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(mode)
    cache = open_cache("tree")
    cache.put("a", "1", 1)
    assert again(cache).get("a", "1") is None
    assert entries(tmp_path) == []


def test_without_a_home_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("PIPELINE_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    file = tmp_path / "file"
    file.write_text("")
    monkeypatch.setenv("HOME", str(file))
    cache = open_cache("tree")
    cache.put("a", "1", 1)
    assert again(cache).get("a", "1") is None


def test_an_empty_variable_keeps_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PIPELINE_CACHE", "")
    cache = open_cache("tree")
    cache.put("a", "1", 1)
    assert again(cache).get("a", "1") is None


def test_the_place_is_that_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("PIPELINE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    cache = open_cache("tree")
    cache.put("a", "1", 1)
    cache.keep()
    (entry,) = entries(tmp_path)
    assert entry.relative_to(tmp_path).parts[0] == "fitness-press"
    assert (tmp_path / "fitness-press").stat().st_mode & 0o077 == 0
