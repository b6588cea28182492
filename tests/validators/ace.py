"""Ace by DAISY, the accessibility checker for EPUB."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.validators.installation import chromium, installed, node, run
from tests.validators.message import Message, ValidatorError, existing

SCRIPT = Path(__file__).parent / "node" / "ace.cjs"
SERIOUS = {"critical", "serious"}


def audit_epub(*paths: Path) -> list[Message]:
    """Return every failed assertion; critical and serious ones are errors, moderate and minor ones warnings.

    Raises:
        MissingToolError: Ace, Node.js or Chromium is not installed.
        ValidatorError: there is nothing to check, or Ace did not get through all of it.
    """
    files = existing(paths)
    home = installed("node_modules", "@daisy", "ace-core").parents[2]
    with TemporaryDirectory() as folder:
        command = [node(), str(SCRIPT), str(home), *map(str, files)]
        # Ace keeps a log and settings in the home folder unless told otherwise.
        homes = {f"XDG_{kind}_HOME": folder for kind in ("CACHE", "CONFIG", "DATA", "STATE")}
        done = run(command, len(files), PUPPETEER_EXECUTABLE_PATH=chromium(), TMPDIR=folder, **homes)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    left_out = {str(file) for file in files} - {record["path"] for record in records}
    if done.returncode or left_out:
        raise ValidatorError(f"Ace (exit code {done.returncode}) left out {sorted(left_out)}:\n{done.stderr[-2000:]}")
    return [message for record in records for message in failures(Path(record["path"]), record["report"])]


def failures(file: Path, report: dict[str, Any]) -> list[Message]:
    """Return the failed assertions of one book's report."""
    return [
        Message(
            path=file,
            severity="error" if assertion["earl:test"]["earl:impact"] in SERIOUS else "warning",
            rule=assertion["earl:test"]["dct:title"],
            text=" ".join(assertion["earl:result"]["dct:description"].split()),
            where=subject["earl:testSubject"]["url"],
        )
        for subject in report["assertions"]
        for assertion in subject["assertions"]
        if assertion["earl:result"]["earl:outcome"] == "fail"
    ]
