"""EPUBCheck and Ace have nothing to say about our books."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.export.epub.finished import BOOKS, finished
from tests.validators.ace import audit_epub
from tests.validators.epubcheck import validate_epub

pytestmark = pytest.mark.validator


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """All books as files; both validators are quickest when they get them at once."""
    folder = tmp_path_factory.mktemp("books")
    for name in BOOKS:
        (folder / f"{name}.epub").write_bytes(finished(name).data)
    return sorted(folder.iterdir())


def test_epubcheck_finds_neither_errors_nor_warnings(shelf: list[Path]) -> None:
    assert validate_epub(*shelf) == []


def test_ace_finds_no_violation(shelf: list[Path]) -> None:
    assert audit_epub(*shelf) == []
