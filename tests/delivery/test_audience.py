"""Who is to get an issue, and which rows of the list are named."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from email_validator import validate_email

from pipeline.delivery.addresses import PLAIN, parse_address
from pipeline.delivery.audience import read_audience
from pipeline.errors import PipelineError
from tests.delivery.issue import TODAY

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "lists.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_list_is_read(tmp_path: Path, case: dict[str, Any]):
    path = tmp_path / "members.csv"
    path.write_bytes(case["list"].encode())
    audience = read_audience(path, TODAY, case.get("language", ""))
    assert [member.address.text for member in audience.members()] == case["sends"]
    assert len(audience.chosen) == len(case["sends"])
    for name, number in case.get("counts", {}).items():
        assert getattr(audience, name) == number
    refused = {row.line: row.problem for row in audience.broken}
    assert sorted(refused) == sorted(case.get("refuses", {}))
    for line, words in case.get("refuses", {}).items():
        assert words in refused[line]


def test_all_rows_are_accounted_for(tmp_path: Path):
    path = tmp_path / "members.csv"
    path.write_text("\n".join(line for case in CASES[8:11] for line in case["list"].splitlines()[1:]))
    path.write_text("email,consent,unsubscribed\n" + path.read_text())
    seen = read_audience(path, TODAY)
    parts = (len(seen.chosen), seen.no_consent, seen.unsubscribed, seen.duplicates, len(seen.broken))
    assert sum(parts) == seen.rows == 7


UNREADABLE = [
    (
        3,
        None,
        "Größe,name".encode("cp1252"),
        "not in UTF-8 but probably in Windows-1252: this line holds the byte 0xF6",
    ),
    (3, 3, "email,name,consent\n\na@b.example,Zoë,\n".encode("cp1252"), "byte 0xEB"),
    (3, None, "email,consent\n".encode("utf-16"), "the file is in UTF-16, not UTF-8"),
    (3, None, "email,consent\n".encode("utf-32"), "the file is in UTF-32, not UTF-8"),
    (3, None, "email,consent\n".encode("utf-16-le"), "zero bytes: it is no CSV, or in UTF-16"),
    (1, 1, b"", "the first row does not name the column email or consent; it has: nothing"),
    (1, 1, b"email,name\na@b.example,A\n", "does not name the column consent; it has: email, name"),
    (1, 1, b"anna@members.example,Anna,2026-01-05\n", "does not name the column email or consent"),
    (1, 1, b"email,consent,unsubscribe\n", "there is no column `unsubscribe`"),
    (1, 1, b"email,consent,email\n", "there are 2 columns email"),
    (1, 3, b'email,name,consent\n\na@b.example,"Anna,2026-01-05\nb@b.example,B,2026-01-05\n', "never closes"),
    (1, 2, b'email,name,consent\na@b.example,"' + b"b@b.example,B,2026-01-05\n" * 9000, "never closes"),
]


@pytest.mark.parametrize(("code", "line", "data", "words"), UNREADABLE)
def test_a_list_that_cannot_be_read_as_a_whole_is_not_read_in_part(
    tmp_path: Path, code: int, line: int | None, data: bytes, words: str
):
    path = tmp_path / "members.csv"
    path.write_bytes(data)
    with pytest.raises(PipelineError) as raised:
        read_audience(path, TODAY)
    assert words in raised.value.message
    assert (raised.value.exit_code, raised.value.path) == (code, str(path))
    assert line is None or raised.value.line == line
    assert raised.value.help


def test_100_000_rows_are_read_without_keeping_them(tmp_path: Path):
    path = tmp_path / "members.csv"
    with path.open("w") as stream:
        stream.write("email,name,consent\n")
        for number in range(100_000):
            stream.write(f"member.{number}@members.example,{'Anna Berg'},{'2026-01-05' if number % 4 else ''}\n")
    start = time.process_time()
    audience = read_audience(path, TODAY)
    assert (audience.rows, len(audience.chosen), audience.no_consent) == (100_000, 75_000, 25_000)
    assert next(audience.members()).line == 3
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    "text",
    ["a@b.co", "Anna.Berg+news@members.example", "a_b-c@x1.members.example", "a1@1a.example", "O.Neil@a-b.example"],
)
def test_the_short_way_to_read_an_address_says_what_the_library_says(text: str):
    known = validate_email(text, check_deliverability=False)
    assert parse_address(text).text == known.normalized


@pytest.mark.parametrize(
    "text", ["a-@b.example", "a@b-.example", "a@xn--zz.example", "a@b.c-d", "a_@b.example", "é@b.example"]
)
def test_what_is_unusual_is_left_to_the_library(text: str):
    assert not PLAIN.fullmatch(text) or "xn--" in text
