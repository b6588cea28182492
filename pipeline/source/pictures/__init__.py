"""Pictures, read just far enough to know that they are whole, what they are and how large, and cleaned.

What a picture says beside itself (EXIF, XMP, comments, anything after its end) is taken away, so that a photographer's
place and name never reach an output.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from pipeline.source.pictures.gif import read_gif
from pipeline.source.pictures.jpeg import read_jpeg
from pipeline.source.pictures.parts import MAX_PIXELS, DamagedError, ReadPicture
from pipeline.source.pictures.png import read_png
from pipeline.source.pictures.svg import read_svg
from pipeline.source.pictures.webp import read_webp

__all__ = ["MAX_PIXELS", "MEDIA_TYPES", "DamagedError", "ReadPicture", "media_type_of", "read_picture"]

MEDIA_TYPES: Mapping[str, str] = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}
"""By suffix in small letters."""

SMALL = 32 * 1024
"""Bytes of a picture that is remembered once it is read."""

_READERS: Mapping[str, Callable[[bytes], ReadPicture]] = {
    "image/png": read_png,
    "image/jpeg": read_jpeg,
    "image/gif": read_gif,
    "image/webp": read_webp,
    "image/svg+xml": read_svg,
}


def media_type_of(data: bytes) -> str:
    """The media type that the first bytes of a file show; empty when they are no picture's."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8"):
        return "image/jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return "image/svg+xml" if start.startswith(b"<") and b"<svg" in data[:65536] else ""


def read_picture(data: bytes, media_type: str) -> ReadPicture:
    """Size and cleaned bytes of a picture of a known media type. Raises DamagedError."""
    return _read_small(data, media_type) if len(data) <= SMALL else _READERS[media_type](data)


@lru_cache(maxsize=64)
def _read_small(data: bytes, media_type: str) -> ReadPicture:
    """As ``read_picture``; all articles have the publisher's logo, and some share a drawing."""
    return _READERS[media_type](data)
