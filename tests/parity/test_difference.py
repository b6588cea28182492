"""The first difference between two files is found and told in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from pipeline.model.passage import Kind, Passage
from pipeline.parity import first_difference

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text("utf-8"))


def passages(lines: list[str]) -> list[Passage]:
    made = []
    for line in lines:
        what, _, text = line.partition(": ")
        kind, _, level = what.partition(" ")
        assert kind in get_args(Kind)
        made.append(Passage(kind, text, int(level or 0)))  # type: ignore[arg-type]  # it is one, as was just seen
    return made


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"].replace(" ", "-"))
def test_a_difference_is(case: dict[str, Any]) -> None:
    difference = first_difference(passages(case["wanted"]), passages(case["found"]))
    assert (difference.message if difference else None) == case.get("message")
    if "at" in case:
        assert difference is not None
        assert difference.wanted == case["at"]
