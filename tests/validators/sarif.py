"""The SARIF Multitool: the OASIS schema of SARIF 2.1.0, the standard's own rules, and those of GitHub's code scanning."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from tests.validators.installation import installed, run
from tests.validators.message import Message, ValidatorError, existing

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINE = re.compile(r"(.+)\((\d+(?:,\d+)?)\): (error|warning) (\w+): (.+)")
_DONE = re.compile(r"Done\. (\d+) files scanned\.")
SETTINGS = Path(__file__).with_name("multitool.xml")


def validate_sarif(paths: Iterable[Path]) -> list[Message]:
    """Return every error and warning.

    Raises:
        MissingToolError: the tool is not installed.
        ValidatorError: there is nothing to check, or the tool did not get through all of it.
    """
    files = existing(paths)
    tool = installed("node_modules", "@microsoft", f"sarif-multitool-{sys.platform}", "Sarif.Multitool")
    with tempfile.TemporaryDirectory() as folder:
        options = ["--rule-kind", "Sarif;Gh", "--level", "Error;Warning", "--config", str(SETTINGS)]
        command = [str(tool), "validate", *map(str, files), *options, "--output", f"{folder}/log.sarif"]
        # It asks for a library of languages otherwise, which Debian does not bring by itself.
        done = run(command, len(files), DOTNET_SYSTEM_GLOBALIZATION_INVARIANT="1")
    scanned = _DONE.search(done.stdout)
    if scanned is None or int(scanned[1]) != len(files):
        raise ValidatorError(f"the SARIF Multitool broke down:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return [message(found) for line in done.stdout.splitlines() if (found := _LINE.fullmatch(line))]


def message(found: re.Match[str]) -> Message:
    """Return the message for one line of what the tool prints."""
    path, place, severity, rule, text = found.groups()
    return Message(Path(path), cast("Literal['error', 'warning']", severity), rule, text, f"line {place}")
