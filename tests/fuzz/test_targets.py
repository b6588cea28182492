"""What fuzzing has found stays mended: former crashes and the seed corpus are taken or refused, never choked on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.seeds import HERE, seeds
from tests.fuzz.targets import TARGETS, run

KEPT = sorted(path for folder in ("corpus", "crashes") for path in (HERE / folder).glob("*/*"))


@pytest.mark.parametrize("file", KEPT, ids=lambda file: f"{file.parent.name}-{file.name[:20]}")
def test_an_input_that_fuzzing_found_is_taken_or_refused(file: Path):
    run(file.parent.name, file.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_each_target_has_something_to_start_from(target: str):
    assert any(seeds(target))


def test_every_kept_input_belongs_to_a_target():
    assert {file.parent.name for file in KEPT} <= set(TARGETS)
