"""Pieces of earlier builds are taken when they are whole and in their place, and never otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.pieces import FOLDER, Kept


@dataclass(frozen=True)
class Made:
    """A piece that is what it is called."""

    key: str

    def make(self) -> bytes:
        return self.key.encode()


A, B = Made("a"), Made("b")


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    kept = Kept(tmp_path)
    for piece in (A, B):
        kept.keep("books/x.pdf", piece, piece.make())
    return kept


def files(tmp_path: Path) -> list[Path]:
    return sorted(path for path in (tmp_path / FOLDER).rglob("*") if path.is_file())


def test_what_was_kept_is_found(kept: Kept):
    assert kept.found("books/x.pdf", [A, B, Made("c")]) == {"a": b"a", "b": b"b"}


def test_pieces_of_another_output_are_not_taken(kept: Kept):
    assert kept.found("books/y.pdf", [A]) == {}


def test_a_piece_that_is_damaged_or_cut_is_not_taken(kept: Kept, tmp_path: Path):
    one, other = files(tmp_path)
    one.write_bytes(one.read_bytes() + b"!")
    other.write_bytes(other.read_bytes()[:20])
    assert kept.found("books/x.pdf", [A, B]) == {}


def test_a_piece_in_another_ones_place_is_not_taken(kept: Kept, tmp_path: Path):
    one, other = files(tmp_path)
    one.write_bytes(other.read_bytes())
    assert len(kept.found("books/x.pdf", [A, B])) == 1


def test_pieces_of_another_version_of_the_pipeline_are_not_taken(kept: Kept, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("pipeline.pieces.toolchain", lambda: "newer")
    assert kept.found("books/x.pdf", [A, B]) == {}


def test_all_can_be_deleted_at_any_time(kept: Kept, tmp_path: Path):
    for path in files(tmp_path):
        path.unlink()
    assert kept.found("books/x.pdf", [A]) == {}


def test_what_is_no_part_of_an_output_any_more_goes(kept: Kept):
    kept.drop_others("books/x.pdf", ["b"])
    assert kept.found("books/x.pdf", [A, B]) == {"b": b"b"}


def test_forced_builds_take_none(kept: Kept, tmp_path: Path):
    assert kept.found("books/x.pdf", [A]) != {}
    assert Kept(tmp_path, fresh=True).found("books/x.pdf", [A]) == {}
