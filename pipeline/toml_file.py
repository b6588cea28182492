"""A TOML file that an editor wrote: house rules below ``content/``."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from pipeline.errors import ContentError, UnreadableError


def read_toml(file: Path) -> tuple[str, dict[str, Any]]:
    """The file's text and what it says.

    Raises UnreadableError when it is no text that can be read, and ContentError at the line where it is not TOML.
    """
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(f"cannot be read: {error}", path=file, help="Save it as plain text in UTF-8.") from None
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        raise ContentError(f"is not valid TOML: {error}", path=file, line=line, help="See https://toml.io.") from None
