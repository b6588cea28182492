"""What every validator's findings are turned into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class ValidatorError(Exception):
    """A validator broke down or left files out, so that its silence proves nothing."""


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """One thing that a validator holds against a file."""

    path: Path
    """The file, as it was given."""
    severity: Literal["error", "warning"]
    rule: str
    """The validator's own name of the rule, such as ``ua1 7.1-9`` or ``RSC-005``."""
    text: str
    where: str = ""
    """The place inside the file, in the validator's own terms; empty where it names none."""

    def __str__(self) -> str:
        """Return one line for a failed assertion."""
        place = f" ({self.where})" if self.where else ""
        return f"{self.path.name}{place}: {self.severity}: {self.rule}: {self.text}"


def existing(paths: Iterable[Path]) -> list[Path]:
    """Return the files as absolute paths.

    Raises:
        ValidatorError: there are none, or one is no file; a validator would have found no fault in it.
    """
    files = [path.absolute() for path in paths]
    if not files:
        raise ValidatorError("there are no files to validate")
    for file in files:
        if not file.is_file():
            raise ValidatorError(f"{file} is no file")
    return files
