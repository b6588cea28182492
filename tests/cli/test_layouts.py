"""``pipeline build --layout``: copies for a list of names, and clear words for what is wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def test_the_command_line_makes_copies_for_a_list(run: Run, tmp_path: Path):
    (tmp_path / "members.csv").write_text("name,coach\nAna,Sam\nZoë Łuc,Sam\n", "utf-8")
    ran = run("build", "--layout", "handout", "--for-csv", "members.csv", "--for", "Ben", "--as-of", "2026-11-22")
    assert ran.code == 0, ran.err
    rows = json.loads((tmp_path / "build/manifest.json").read_text("utf-8"))["outputs"]
    made = [row["path"] for row in rows if row["path"].endswith(".pdf")]
    assert made == [f"handouts/sound/{name}.pdf" for name in ("ana", "ben", "zoë-łuc")]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("html", "--layout", "handout"), 2, "only PDFs"),
        (("--for", "Ana"), 2, "--layout handout"),
        (("--layout", "handout", "--for-csv", "none.csv"), 2, "none.csv"),
        (("--layout", "handuot"), 2, "handuot"),
        (("--layout", "handout", "--for-csv", "bad.csv"), 1, "bad.csv:3"),
    ],
)
def test_the_command_line_says_what_is_wrong(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], code: int, message: str
):
    (tmp_path / "bad.csv").write_text("name\nAna\nBen,Sam\n", "utf-8")
    ran = run("build", *arguments)
    assert ran.code == code
    assert message in ran.err
    assert not (tmp_path / "build").exists()
