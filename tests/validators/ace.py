"""Ace by DAISY, the accessibility checker for EPUB."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.validators.installation import chromium, installed, node, run
from tests.validators.message import Message, ValidatorError, existing

SERIOUS = {"critical", "serious"}


def audit_epub(*paths: Path) -> list[Message]:
    """Return every failed assertion; critical and serious ones are errors, moderate and minor ones warnings.

    Raises:
        MissingToolError: Ace, Node.js or Chromium is not installed.
        ValidatorError: there is nothing to check, or Ace broke down.
    """
    return [message for file in existing(paths) for message in audit(file)]


def audit(file: Path) -> list[Message]:
    """Return the failed assertions about one book."""
    script = installed("node_modules", "@daisy", "ace-cli", "bin", "ace.js")
    with TemporaryDirectory() as folder:
        command = [node(), str(script), "--force", "--silent", "--outdir", folder, str(file)]
        # Ace keeps a log and settings in the home folder unless told otherwise.
        homes = {f"XDG_{kind}_HOME": folder for kind in ("CACHE", "CONFIG", "DATA", "STATE")}
        done = run(command, PUPPETEER_EXECUTABLE_PATH=chromium(), **homes)
        try:
            report = json.loads((Path(folder) / "report.json").read_bytes())
        except FileNotFoundError as problem:
            output = (done.stdout + done.stderr)[-2000:]
            raise ValidatorError(f"Ace (exit code {done.returncode}) wrote no report:\n{output}") from problem
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
