"""Pictures of few flat colours as PNG (W3C PNG, third edition), quickly.

Half of what an e-book took was the packing of its cover, most of which is the ground that all covers share: its rows are packed
once. Any reader of PNG takes the rest together, since deflate may begin anew between two blocks (RFC 1951, section 3.2).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
BAND = 64
"""Rows that are packed together."""
EIGHT_BITS, INDEXED = 8, 3
"""Bit depth, and the colour type of pixels that are numbers in a palette; section 11.2.1."""
ZLIB_HEADER, LAST_BLOCK = b"\x78\x01", b"\x03\x00"
"""RFC 1950, section 2.2; an empty block that is the last one."""


class Ground:
    """What pictures of one size have in common: rows of pixels, one byte each, behind a zero that says that they stand as they are."""

    def __init__(self, width: int, rows: bytes) -> None:
        self._width = width
        self._known = [(band, _packed(band)) for band in self._bands(rows)]

    def _bands(self, rows: bytes) -> Iterator[bytes]:
        size = BAND * (self._width + 1)
        return (rows[at : at + size] for at in range(0, len(rows), size))

    def picture(self, rows: bytes, palette: bytes) -> bytes:
        """A PNG of such rows, those of the ground with something drawn on it; ``palette`` has three bytes a colour."""
        pairs = zip(self._bands(rows), self._known, strict=True)
        packed = b"".join([known if band == ground else _packed(band) for band, (ground, known) in pairs])
        size = struct.pack(">IIBBBBB", self._width, len(rows) // (self._width + 1), EIGHT_BITS, INDEXED, 0, 0, 0)
        data = ZLIB_HEADER + packed + LAST_BLOCK + struct.pack(">I", zlib.adler32(rows))
        chunks = (b"IHDR", size), (b"PLTE", palette), (b"IDAT", data), (b"IEND", b"")
        return SIGNATURE + b"".join(_chunk(*each) for each in chunks)


def _packed(band: bytes) -> bytes:
    """Rows as deflate blocks that need nothing of those before: runs of one colour."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS, strategy=zlib.Z_RLE)
    return packer.compress(band) + packer.flush(zlib.Z_FULL_FLUSH)


def _chunk(name: bytes, data: bytes) -> bytes:
    """Section 5.3."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
