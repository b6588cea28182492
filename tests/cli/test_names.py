"""Whoever mistypes a name is told which one was meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import Run

CASES = yaml.safe_load((Path(__file__).parent / "names.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join(case["typed"]))
def test_a_mistyped_name_is_answered_with_the_nearest(run: Run, case: dict[str, Any]):
    ran = run(*case["typed"])
    assert ran.code == 2
    assert ran.out == ""
    said = ran.err.replace("'", "`").partition("Did you mean ")[2]
    assert said.startswith(f"`{case['meant']}`"), ran.err


def test_each_mistake_of_a_file_is_told_once(run: Run, project: Path):
    publisher = project / "content" / "publisher.toml"
    publisher.write_text(publisher.read_text().replace("colour", "color") + 'logo = 3\npapier = "A4"\n')
    ran = run("check")
    assert ran.code == 1
    assert [ran.err.count(key) for key in ("`brand.color`", "`brand.papier`")] == [1, 1], ran.err
