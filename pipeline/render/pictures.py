"""Pictures as outputs may hold them: without metadata, without anything that acts, without what follows their end.

Photographs carry where and with what they were taken (EXIF, XMP), editors carry their history; none of it is a reader's.
"""

from __future__ import annotations

import base64
import io
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from pipeline.errors import ExportError
from pipeline.model.publication import Picture
from pipeline.render.drawings import clean_svg

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = frozenset(
    {
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"iCCP",
        b"cICP",
        b"sBIT",
        b"bKGD",
        b"pHYs",
    }
)
"""Chunks that the picture's look needs (PNG, third edition, section 11)."""

START_OF_SCAN, END_OF_IMAGE, ICC, ADOBE = 0xDA, 0xD9, 0xE2, 0xEE
RESTARTS = range(0xD0, 0xD8)
APPLICATION = range(0xE1, 0xF0)
COMMENT = 0xFE

INK = "CMYK"
"""Pillow's name for four inks; browsers show them each in its own way, and PDF/A-2 (6.2.4.3) forbids them beside sRGB."""

WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP", b"ANIM", b"ANMF"})
WEBP_HAS_METADATA = 0x0C
"""The EXIF and XMP bits of the ``VP8X`` flags (RFC 9649, section 2.7.1)."""


SMALL = 32 * 1024
"""Bytes of a picture of which it is remembered what is left of it."""


def clean(picture: Picture) -> Picture:
    """The picture without metadata; a turned photograph is turned in fact. Raises ExportError when it cannot be read."""
    try:
        cleaner = CLEANERS[picture.media_type]
    except KeyError:
        raise ExportError(
            f"the picture {picture.path} has a type that is not known: {picture.media_type}",
            help="Save it as SVG, PNG, JPEG, WebP or GIF.",
        ) from None
    try:
        small = len(picture.data) <= SMALL
        data = _small_cleaned(picture.data, picture.media_type) if small else cleaner(picture.data)
    except (ValueError, IndexError, struct.error, SyntaxError, OSError) as error:
        raise ExportError(f"the picture {picture.path} is damaged: {error}", help="Save it again.") from error
    return picture if data == picture.data else replace(picture, data=data)


@lru_cache(maxsize=64)
def _small_cleaned(data: bytes, media_type: str) -> bytes:
    """As its cleaner does it; all articles have the publisher's logo, and some share a drawing."""
    return CLEANERS[media_type](data)


def clean_png(data: bytes) -> bytes:
    """A PNG file's chunks that matter, each with its own checksum."""
    if not data.startswith(PNG_SIGNATURE):
        raise ValueError("it does not start like a PNG file")
    out = [PNG_SIGNATURE]
    at = len(PNG_SIGNATURE)
    while True:
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        if kind in PNG_KEPT:
            out.append(struct.pack(">I4s", length, kind) + body + struct.pack(">I", zlib.crc32(kind + body)))
        at += 12 + length
        if kind == b"IEND":
            return b"".join(out)


def clean_jpeg(data: bytes) -> bytes:
    """A JPEG file's segments without comments and application data, but for colour; ends at the end of its image."""
    if _is_turned_or_in_ink(data):
        data = _redrawn(data)
    if not data.startswith(b"\xff\xd8"):
        raise ValueError("it does not start like a JPEG file")
    out = [b"\xff\xd8"]
    at = 2
    while True:
        if data[at] != 0xFF:  # noqa: PLR2004 -- every marker starts with it (ISO 10918-1, B.1.1.2)
            raise ValueError("a segment is missing")
        while data[at + 1] == 0xFF:  # noqa: PLR2004 -- fill bytes
            at += 1
        marker = data[at + 1]
        if marker == END_OF_IMAGE:
            return b"".join((*out, b"\xff\xd9"))
        length = struct.unpack(">H", data[at + 2 : at + 4])[0]
        segment = data[at : at + 2 + length]
        at += 2 + length
        if _is_wanted(marker, segment):
            out.append(segment)
        if marker == START_OF_SCAN:
            end = _end_of_scan(data, at)
            out.append(data[at:end])
            at = end


def _is_wanted(marker: int, segment: bytes) -> bool:
    if marker == ICC:
        return segment[4:].startswith(b"ICC_PROFILE\0")
    return marker == ADOBE or not (marker in APPLICATION or marker == COMMENT)


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the marker after a scan's data stands."""
    while True:
        at = data.index(b"\xff", at)
        following = data[at + 1]
        if following and following not in RESTARTS:
            return at
        at += 2


def _is_turned_or_in_ink(data: bytes) -> bool:
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        return image.mode == INK or int(image.getexif().get(0x0112, 1)) != 1


def _redrawn(data: bytes) -> bytes:
    """The photograph upright, its pixels turned, since the note that says how it lies is metadata, too; in light, not ink."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data)) as image:
        profile = image.info.get("icc_profile")
        upright = ImageOps.exif_transpose(image)
        if upright.mode == INK:
            upright, profile = _in_light(upright, profile), None
        out = io.BytesIO()
        upright.save(out, "JPEG", quality=92, icc_profile=profile, exif=b"")
    return out.getvalue()


def _in_light(image: Any, profile: bytes | None) -> Any:
    """A picture of a press's four inks in the three lights of a screen, by its colour profile where it has one."""
    from PIL import ImageCms

    if profile:
        try:
            return ImageCms.profileToProfile(
                image, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except ImageCms.PyCMSError:
            pass  # a profile that nobody can read says nothing
    return image.convert("RGB")


def clean_webp(data: bytes) -> bytes:
    """A WebP file's chunks of picture and colour."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise ValueError("it does not start like a WebP file")
    end = 8 + struct.unpack("<I", data[4:8])[0]
    out = [b"WEBP"]
    for kind, body in _riff(data[12:end]):
        if kind not in WEBP_KEPT:
            continue
        kept = bytes([body[0] & ~WEBP_HAS_METADATA]) + body[1:] if kind == b"VP8X" else body
        out.append(kind + struct.pack("<I", len(kept)) + kept + b"\0" * (len(kept) % 2))
    whole = b"".join(out)
    return b"RIFF" + struct.pack("<I", len(whole)) + whole


def _riff(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        kind, length = struct.unpack("<4sI", data[at : at + 8])
        yield kind, data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def clean_gif(data: bytes) -> bytes:
    """A GIF file without comments and application data (GIF89a, sections 24 and 26), but for how often it repeats."""
    if data[:6] not in {b"GIF87a", b"GIF89a"}:
        raise ValueError("it does not start like a GIF file")
    at = 13 + _colour_table(data[10])
    out = [data[:at]]
    while data[at] != 0x3B:  # noqa: PLR2004 -- the trailer
        start = at
        if data[at] == 0x21:  # noqa: PLR2004 -- an extension
            label = data[at + 1]
            at = _past_blocks(data, at + 2)
            wanted = label in {0xF9, 0x01} or (label == 0xFF and data[start + 3 : start + 14] == b"NETSCAPE2.0")  # noqa: PLR2004
        else:
            at = _past_blocks(data, at + 11 + _colour_table(data[at + 9]))
            wanted = True
        if wanted:
            out.append(data[start:at])
    return b"".join((*out, b"\x3b"))


def _colour_table(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _past_blocks(data: bytes, at: int) -> int:
    while data[at]:
        at += 1 + data[at]
    return at + 1


def _clean_embedded(address: str) -> str:
    """The ``data:`` address of a picture within a drawing, its metadata taken away as well."""
    head, found, body = address.partition(";base64,")
    if not found:
        return address
    kind = head.removeprefix("data:")
    return f"{head};base64,{base64.b64encode(CLEANERS[kind](base64.b64decode(body))).decode()}"


CLEANERS: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType(
    {
        "image/png": clean_png,
        "image/jpeg": clean_jpeg,
        "image/webp": clean_webp,
        "image/gif": clean_gif,
        "image/svg+xml": lambda data: clean_svg(data, _clean_embedded),
    }
)
