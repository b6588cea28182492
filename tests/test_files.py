"""Opening files: nothing outside the content folder, whatever is swapped in between."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.files import ContentFolder, LeavesContentError, MissingFileError, NotPlainFileError


@pytest.fixture
def folder(tmp_path: Path) -> ContentFolder:
    (tmp_path / "content/sub").mkdir(parents=True)
    (tmp_path / "content/sub/a").write_bytes(b"inside")
    (tmp_path / "secret").write_bytes(b"outside")
    return ContentFolder(tmp_path / "content")


def test_a_file_is_read_up_to_the_limit(folder: ContentFolder):
    assert folder.read(folder.path / "sub/a", 6).data == b"inside"
    opened = folder.read(folder.path / "sub/a", 5)
    assert (opened.data, opened.size) == (None, 6)


def test_links_within_are_followed(folder: ContentFolder):
    (folder.path / "b").symlink_to("sub/a")
    (folder.path / "c").symlink_to("sub")
    assert folder.read(folder.path / "b", 10).data == folder.read(folder.path / "c/a", 10).data == b"inside"


@pytest.mark.parametrize("link", ["../secret", "/etc/hostname", "sub/../../secret"])
def test_links_that_leave_are_refused(folder: ContentFolder, link: str):
    (folder.path / "b").symlink_to(link)
    with pytest.raises(LeavesContentError):
        folder.read(folder.path / "b", 10)


def test_hard_links_that_leave_are_refused(folder: ContentFolder):
    (folder.path / "b").hardlink_to(folder.path.parent / "secret")
    with pytest.raises(LeavesContentError, match="hard link"):
        folder.read(folder.path / "b", 10)


def test_a_missing_file(folder: ContentFolder):
    for name in ("b", "sub/a/b", "nowhere/b"):
        with pytest.raises(MissingFileError):
            folder.read(folder.path / name, 10)


def test_a_folder_and_a_pipe_are_no_plain_files(folder: ContentFolder):
    os.mkfifo(folder.path / "pipe")
    with pytest.raises(NotPlainFileError, match="is a directory"):
        folder.read(folder.path / "sub", 10)
    with pytest.raises(NotPlainFileError, match="is a directory"):
        folder.read(folder.path / ".", 10)
    with pytest.raises(NotPlainFileError, match="is a named pipe"):
        folder.read(folder.path / "pipe", 10)


@pytest.mark.parametrize("swapped", ["sub/a", "sub"])
def test_a_link_put_in_place_after_the_path_was_checked_is_not_followed(
    folder: ContentFolder, swapped: str, monkeypatch: pytest.MonkeyPatch
):
    """The attacker wins the race between the check of the path and its opening, and gains nothing."""
    honest = os.path.realpath
    (folder.path.parent / "a").write_bytes(b"outside")
    place = folder.path / swapped

    def checked_then_swapped(path: os.PathLike[str]) -> str:
        real = honest(path)
        place.rename(folder.path / "moved")
        place.symlink_to("../../secret" if swapped == "sub/a" else "..")
        return real

    monkeypatch.setattr("pipeline.files.os.path.realpath", checked_then_swapped)
    with pytest.raises((OSError, NotPlainFileError, MissingFileError)):
        folder.read(folder.path / "sub/a", 10)
    assert place.is_symlink()
