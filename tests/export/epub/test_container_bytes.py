"""The container is what Python's own library would write, given the same names, dates and rights."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.export.epub.archive import MIMETYPE, repack

FILES = {
    "mimetype": MIMETYPE,
    "META-INF/container.xml": b"<container/>",
    "EPUB/text/a.xhtml": "<p>é</p>".encode() * 5_000,
    "EPUB/images/cover.png": bytes(range(256)) * 9,
    "EPUB/images/größe.svg": b"<svg/>",
    "EPUB/fonts/a.ttf": bytes(range(256)) * 300,
    "EPUB/fonts/b.ttf": bytes(range(256)) * 300,
    "EPUB/empty.txt": b"",
}


def usual(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in ["mimetype", *sorted(files.keys() - {"mimetype"})]:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            stored = name.endswith((".png", "mimetype"))
            method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            made.writestr(entry, files[name], method, compresslevel=6)
    return out.getvalue()


def any_archive(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("times", [1, 2])
def test_the_same_bytes_as_the_library_and_every_time(times: int):
    for _ in range(times):
        assert repack(any_archive(FILES)) == usual(FILES)


def test_it_can_be_opened_again():
    with zipfile.ZipFile(io.BytesIO(repack(any_archive(FILES)))) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == FILES
