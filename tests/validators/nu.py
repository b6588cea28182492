"""The Nu HTML checker, which judges HTML, XHTML, SVG and CSS by the living standards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from tests.validators.installation import installed
from tests.validators.java import java
from tests.validators.message import Message, ValidatorError, existing

if TYPE_CHECKING:
    from collections.abc import Iterable


def validate_html(paths: Iterable[Path]) -> list[Message]:
    """Return every error and warning; files that end in ``.svg`` and ``.css`` are judged as what they are.

    Raises:
        MissingToolError: the checker or Java is not installed.
        ValidatorError: there is nothing to check, or the checker broke down.
    """
    files = existing(paths)
    jar = installed("node_modules", "vnu-jar", "build", "dist", "vnu.jar")
    options = ["--stdout", "--exit-zero-always", "--format", "json", "--also-check-css", "--also-check-svg"]
    done = java(files, "-jar", str(jar), *options)
    try:
        records = json.loads(done.stdout)["messages"]
    except (ValueError, KeyError) as problem:
        raise ValidatorError(f"the Nu HTML checker broke down:\n{done.stderr[-2000:]}") from problem
    return [message(record) for record in records if is_finding(record)]


def is_finding(record: dict[str, Any]) -> bool:
    """Tell errors and warnings from what the checker merely remarks on."""
    return record["type"] != "info" or record.get("subType") == "warning"


def message(record: dict[str, Any]) -> Message:
    """Return the message for one entry of the checker's JSON."""
    return Message(
        path=Path(url2pathname(urlsplit(record.get("url", "")).path)),
        severity="warning" if record["type"] == "info" else "error",
        rule=record.get("subType", record["type"]),
        text=record["message"],
        where=f"line {record['lastLine']}" if "lastLine" in record else "",
    )
