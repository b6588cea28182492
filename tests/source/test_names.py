"""Names for personal copies: read from options and from lists, with the row of whatever is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.errors import ContentError, PipelineError, UsageError
from pipeline.source.names import MOST_NAMES, read_copies

if TYPE_CHECKING:
    from pathlib import Path

LISTS = {
    "commas": ("name,coach\nAna,Sam\n", [("ana", {"name": "Ana", "coach": "Sam"}, 2)]),
    "semicolons": ("Name;E-mail\nAna;a@b.example\n", [("ana", {"name": "Ana"}, 2)]),
    "tabs and a mark": ("\ufeffname\tsets\nAna\t3 × 8\n", [("ana", {"name": "Ana", "sets": "3 × 8"}, 2)]),
    "quoted": ('name\n"O\'Neill, Jo"\n', [("o-neill-jo", {"name": "O'Neill, Jo"}, 2)]),
    "empty lines": ("\nname\n\n  Ana   María \r\n", [("ana-maria", {"name": "Ana María"}, 4)]),
    "one name twice": ("name\nAna\nána\n", [("ana", {"name": "Ana"}, 2), ("ana-2", {"name": "ána"}, 3)]),
    "a name like a number": (
        "name\nAna 2\nAna\nAna\n",
        [("ana-2", {"name": "Ana 2"}, 2), ("ana", {"name": "Ana"}, 3), ("ana-2-2", {"name": "Ana"}, 4)],
    ),
    "other scripts": ("name\n山田 太郎\n", [("山田-太郎", {"name": "山田 太郎"}, 2)]),
    "no letter at all": ("name\n!!!\n", [("copy", {"name": "!!!"}, 2)]),
}

BROKEN = {
    "more cells than headings": ("name,coach\nSmith, Jo,Sam\n", 2, "3 cells"),
    "fewer cells": ("name,coach\nAna\n", 2, "1 cell,"),
    "an open quotation mark": ('name\nAna\n"Ben\nCleo\n', 3, "cannot be read"),
    "words after a quotation": ('name\n"Ana" B\n', 2, "cannot be read"),
    "a line end in a name": ('name\n"Ana\nB"\n', 2, "line end"),
    "no name": ("name,coach\n,Sam\n", 2, "no name"),
    "no column": ("names\nAna\n", 1, "no column `name`"),
    "two columns": ("name,name\nAna,Ben\n", 1, "two columns"),
    "nothing": ("", 1, "empty"),
    "nobody": ("name,coach\n,\n\n", 1, "no names"),
    "a hundred letters": ("name\n" + "x" * 101 + "\n", 2, "more than 100"),
    "writing turned around": ("name\nAna\u202e\n", 2, "direction"),
    "a control character": ("name\nA\x07\n", 2, "cannot be printed"),
}


def written(folder: Path, text: str) -> Path:
    path = folder / "members.csv"
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(("text", "wanted"), LISTS.values(), ids=LISTS)
def test_a_list_is_read(text: str, wanted: list[tuple[str, dict[str, str], int]], tmp_path: Path):
    found = [(copy.file, dict(copy.values), copy.row) for copy in read_copies((), written(tmp_path, text))]
    assert found == wanted


@pytest.mark.parametrize(("text", "line", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_row_is_told_by_its_line(text: str, line: int, message: str, tmp_path: Path):
    path = written(tmp_path, text)
    with pytest.raises(ContentError, match=message) as caught:
        read_copies((), path)
    assert (caught.value.path, caught.value.line) == (str(path), line)
    assert caught.value.help


def test_other_encodings_are_told_by_their_line(tmp_path: Path):
    path = tmp_path / "members.csv"
    path.write_bytes("name\nZoë\n".encode("latin-1"))
    with pytest.raises(ContentError, match="UTF-8") as caught:
        read_copies((), path)
    assert caught.value.line == 2


def test_ten_thousand_names_are_too_many_for_one_run(tmp_path: Path):
    path = written(tmp_path, "name\n" + "".join(f"Member {number}\n" for number in range(10_000)))
    with pytest.raises(ContentError, match=f"10,000 names; one run makes at most {MOST_NAMES:,}"):
        read_copies((), path)
    assert len(read_copies((), written(tmp_path, "name\n" + "Ana\n" * MOST_NAMES))) == MOST_NAMES


def test_names_come_before_those_of_the_list(tmp_path: Path):
    copies = read_copies(["Zoë", " Ben "], written(tmp_path, "name\nAna\n"))
    assert [copy.file for copy in copies] == ["zoe", "ben", "ana"]


@pytest.mark.parametrize("name", ["", "  ", "A\nB"])
def test_a_name_that_is_none_is_wrong_usage(name: str):
    with pytest.raises(UsageError):
        read_copies([name])


def test_a_list_that_is_not_there_is_wrong_usage(tmp_path: Path):
    with pytest.raises(UsageError, match="no file"):
        read_copies((), tmp_path / "none.csv")


def test_a_folder_is_no_list(tmp_path: Path):
    with pytest.raises(PipelineError):
        read_copies((), tmp_path)
