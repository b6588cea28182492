"""PNG (W3C, third edition)."""

from __future__ import annotations

import zlib

from pipeline.source.pictures.parts import MAX_PIXELS, Bytes, DamagedError, ReadPicture

_KEPT = {
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
"""The picture itself and its colours; text, times, EXIF, thumbnails and animation go."""
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def read_png(data: bytes) -> ReadPicture:
    """Check every chunk and the pixels' length. Raises DamagedError."""
    source = Bytes(data, 8)
    kept = [data[:8]]
    width = height = 0
    pixels = _Pixels()
    kind = b""
    while kind != b"IEND":
        length = source.number(4)
        kind = source.take(4)
        body = source.take(length)
        if source.number(4) != zlib.crc32(kind + body):
            raise DamagedError(f"its part {kind.decode('latin-1')} is damaged")
        if (kind == b"IHDR") != (len(kept) == 1):  # it comes first, and once (section 5.6)
            raise DamagedError("its header is damaged")
        if kind == b"IHDR":
            width, height = _read_header(body, pixels)
        elif kind == b"IDAT" and width * height <= MAX_PIXELS:
            pixels.add(body)
        if kind in _KEPT:
            kept.append(data[source.position - length - 12 : source.position])
    if width * height <= MAX_PIXELS:
        pixels.finish()
    return ReadPicture(width, height, b"".join(kept))


def _read_header(body: bytes, pixels: _Pixels) -> tuple[int, int]:
    header = Bytes(body)
    width, height, depth, colour = header.number(4), header.number(4), header.number(1), header.number(1)
    if not width or not height or colour not in _CHANNELS:
        raise DamagedError("its header is damaged")
    interlaced = body[12:13] == b"\x01"
    # Interlacing adds filter bytes of its own, so only the least is known.
    pixels.least = (width * depth * _CHANNELS[colour] + 7) // 8 * height + (0 if interlaced else height)
    return width, height


class _Pixels:
    """Unpacks pixel data in pieces, which are counted and thrown away."""

    def __init__(self) -> None:
        self.least = 0
        self._count = 0
        self._stream = zlib.decompressobj()

    def add(self, packed: bytes) -> None:
        while packed and self._count <= self.least:
            try:
                self._count += len(self._stream.decompress(packed, 1 << 20))
            except zlib.error:
                raise DamagedError("its pixels are damaged") from None
            packed = self._stream.unconsumed_tail

    def finish(self) -> None:
        if not self.least or self._count < self.least:
            raise DamagedError("some of its pixels are missing")
