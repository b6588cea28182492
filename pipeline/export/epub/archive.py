"""The EPUB container as bytes that depend on nothing but what is in it (EPUB 3.3, section 4.2)."""

from __future__ import annotations

import io
import zipfile

MIMETYPE = b"application/epub+zip"

PACKED = (".gif", ".jpg", ".png", ".webp")
"""Endings of what no packing makes smaller."""

FIXED_DATE = (1980, 1, 1, 0, 0, 0)
"""The first day that a ZIP entry can have; real times would make every build differ."""


def repack(archive: bytes) -> bytes:
    """The same files in a fixed order with fixed dates and rights, ``mimetype`` first and stored."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as given, zipfile.ZipFile(out, "w") as made:
        made.writestr(_entry("mimetype"), MIMETYPE, zipfile.ZIP_STORED)
        for name in sorted(set(given.namelist()) - {"mimetype"}):
            method = zipfile.ZIP_STORED if name.endswith(PACKED) else zipfile.ZIP_DEFLATED
            made.writestr(_entry(name), given.read(name), method, compresslevel=6)
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, FIXED_DATE)
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry
