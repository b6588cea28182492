"""Runs the validators that are Java libraries, many files in one virtual machine."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from tests.validators.installation import program, run
from tests.validators.message import Message, ValidatorError

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterable

# The runs are short: the quick compiler alone and the plain collector make them twice as fast. Deeply nested documents
# need the stack.
OPTIONS = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m", "-Djava.awt.headless=true"]


def java(files: list[Path], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Java on files, after its other arguments, to its end and return it with its output."""
    return run([program("java"), *OPTIONS, *arguments, *map(str, files)], len(files))


def run_checker(name: str, classpath: Iterable[Path | str], files: list[Path], *options: str) -> list[Message]:
    """Run one of the classes in ``java/`` and return what it found.

    Raises:
        ValidatorError: it broke down, or did not say of every file that it was checked.
    """
    path = os.pathsep.join(str(entry) for entry in classpath)
    done = java(files, "-cp", path, name, *options)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    left_out = {str(file) for file in files} - {record.get("checked") for record in records}
    if done.returncode or left_out:
        raise ValidatorError(
            f"{name} (exit code {done.returncode}) left out {sorted(left_out)}:\n{done.stderr[-2000:]}"
        )
    return [
        Message(Path(record["path"]), record["severity"], record["rule"], record["text"], record["where"])
        for record in records
        if "rule" in record
    ]
