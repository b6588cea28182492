"""The EPUB container as bytes that depend on nothing but what is in it (EPUB 3.3, section 4.2)."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from functools import lru_cache

MIMETYPE = b"application/epub+zip"

PACKED = (".gif", ".jpg", ".png", ".webp")
"""Endings of what no packing makes smaller."""

FONTS = ".ttf"
"""Ending of what many books have alike, since their fonts are cut down to the same characters."""

VERSION, UNIX = 20, 3
"""What a reader has to know of ZIP (2.0: how to inflate), and the system that rights are of (APPNOTE.TXT, 4.4.2 and 4.4.3)."""

FIXED_DATE = struct.pack("<2H", 0, 1 << 5 | 1)
"""1 January 1980, the first day that an entry can have (4.4.6); real times would make every build differ."""

RIGHTS = 0o644 << 16
NOT_ASCII = 1 << 11
"""The flag of a name in UTF-8 (4.4.4)."""


def repack(archive: bytes) -> bytes:
    """The same files in a fixed order with fixed dates and rights, ``mimetype`` first and stored."""
    with zipfile.ZipFile(io.BytesIO(archive)) as given:
        names = sorted(set(given.namelist()) - {"mimetype"})
        files = [("mimetype", MIMETYPE), *((name, given.read(name)) for name in names)]
    out, directory = bytearray(), bytearray()
    for name, data in files:
        entry, packed = _entry(name, data)
        directory += b"PK\1\2" + struct.pack("<2B", VERSION, UNIX) + entry
        directory += struct.pack("<3H2L", 0, 0, 0, RIGHTS, len(out)) + name.encode()  # no comment, one disk
        out += b"PK\3\4" + entry + name.encode() + packed
    end = struct.pack("<4H2LH", 0, 0, len(files), len(files), len(directory), len(out), 0)
    return bytes(out + directory + b"PK\5\6" + end)


def _entry(name: str, data: bytes) -> tuple[bytes, bytes]:
    """What both headers of a file say alike (4.3.7), and its bytes as they are in the archive."""
    stored = name == "mimetype" or name.endswith(PACKED)
    checksum, packed = (zlib.crc32(data), data) if stored else (_alike if name.endswith(FONTS) else _deflated)(data)
    flags, method = 0 if name.isascii() else NOT_ASCII, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    sizes = struct.pack("<3L2H", checksum, len(packed), len(data), len(name.encode()), 0)
    return struct.pack("<3H", VERSION, flags, method) + FIXED_DATE + sizes, packed


def _deflated(data: bytes) -> tuple[int, bytes]:
    """Checksum of a file, and its bytes packed."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return zlib.crc32(data), packer.compress(data) + packer.flush()


_alike = lru_cache(maxsize=32)(_deflated)
