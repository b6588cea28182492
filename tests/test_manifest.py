"""A manifest is the same bytes whether its rows are written anew or taken from the last one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from pipeline.manifest import CheckCounts, Output, dump, texts
from pipeline.model.proof import DisclaimerProof

PROOF = DisclaimerProof("info", "2026-1", 'page 1,\n  {of\\ "a" text},\n ]', visible=True, before_instructions=True)


def rows(count: int) -> Iterator[Output]:
    for number in range(count):
        name = f"html/{number},\n  {{.html"
        yield Output(
            name, "text/html", "html", ("a.md",), None, "0" * 64, 1, None, (PROOF,) * (number % 3), CheckCounts()
        )


@pytest.mark.parametrize("count", [0, 1, 7])
def test_rows_as_they_were_written_make_the_same_manifest(count: int):
    before = sorted(rows(count), key=lambda row: row.path)
    written = dump(before, "press 1", {})
    known = texts(before, written)
    assert list(known) == before
    assert dump(before, "press 1", {}, known) == written
    changed = [replace(row, bytes=2) if number == 3 else row for number, row in enumerate(before) if number != 5]
    assert dump(changed, "press 1", {}, known) == dump(changed, "press 1", {})


def test_of_a_manifest_with_other_rows_none_is_taken():
    assert texts(list(rows(2)), dump(rows(3), "press 1", {})) == {}
