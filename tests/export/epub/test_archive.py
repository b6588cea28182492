"""The same publication gives the same bytes, wherever and whenever it is made."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pipeline.export.epub import FORMAT
from tests.export.epub.finished import BOOKS, finished, publication

ROOT = Path(__file__).parents[3]
MAKE = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from pipeline.export.epub import FORMAT
from tests.export.epub.books import torture
print(hashlib.sha256(FORMAT.export(torture())[0].data).hexdigest())
"""


@pytest.mark.parametrize("name", BOOKS)
def test_the_media_type_comes_first_and_uncompressed(name: str) -> None:
    data = finished(name).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first, *rest = archive.infolist()
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    assert [entry.filename for entry in rest] == sorted(entry.filename for entry in rest)
    assert {entry.date_time for entry in (first, *rest)} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("name", BOOKS)
def test_making_it_again_gives_the_same_bytes(name: str) -> None:
    assert FORMAT.export(publication(name))[0].data == finished(name).data


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LANG": "tr_TR.UTF-8", "USER": "someone"},
    ],
)
def test_process_time_zone_locale_and_folder_change_nothing(surroundings: dict[str, str], tmp_path: Path) -> None:
    environment = {**os.environ, **surroundings}
    done = subprocess.run(
        [sys.executable, "-c", MAKE, str(ROOT)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == hashlib.sha256(finished("torture").data).hexdigest()


def test_the_file_is_named_after_the_slug() -> None:
    file = finished("torture")
    assert (file.path, file.media_type) == ("epub/5x5-plan.epub", "application/epub+zip")
