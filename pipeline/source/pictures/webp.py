"""WebP (RFC 9649)."""

from __future__ import annotations

from pipeline.source.pictures.parts import Bytes, DamagedError, ReadPicture

_EXIF_AND_XMP = 0x0C
"""Flags in the extended header (RFC 9649, section 2.7.1)."""
_HEADER = 10
"""Bytes of the extended header, which comes first."""


def read_webp(data: bytes) -> ReadPicture:
    """Walk all chunks; EXIF, XMP and unknown ones go. Raises DamagedError."""
    length = Bytes(data, 4).number(4, "little")
    if length + 8 > len(data):
        raise DamagedError("it is cut off before its end")
    source = Bytes(data[: length + 8], 12)
    kept: list[bytes] = []
    size = (0, 0)
    pictures = 0
    while source.position < len(source.data):
        kind = source.take(4)
        body = source.take(source.number(4, "little"))
        if len(body) % 2:
            source.take(1)
        match kind:
            case b"VP8X":
                if kept or len(body) < _HEADER:
                    raise DamagedError("its header is damaged")
                size = _number(body[4:7]) + 1, _number(body[7:10]) + 1
                body = bytes([body[0] & ~_EXIF_AND_XMP]) + body[1:]
            case b"VP8 " | b"VP8L":
                pictures += 1
                size = size if any(size) else _frame_size(kind, body)
            case b"ANMF":
                pictures += 1
        if kind in {b"VP8X", b"VP8 ", b"VP8L", b"ANIM", b"ANMF", b"ALPH", b"ICCP"}:
            kept.append(kind + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2))
    if not pictures or not all(size):
        raise DamagedError("it holds no picture")
    chunks = b"WEBP" + b"".join(kept)
    return ReadPicture(*size, b"RIFF" + len(chunks).to_bytes(4, "little") + chunks)


def _number(part: bytes) -> int:
    return int.from_bytes(part, "little")


def _frame_size(kind: bytes, body: bytes) -> tuple[int, int]:
    """Width and height of a frame: RFC 6386, section 9.1, or RFC 9649, section 3.4."""
    if kind == b"VP8 ":
        if body[3:6] != b"\x9d\x01\x2a":
            raise DamagedError("its pixels are damaged")
        return _number(body[6:8]) & 0x3FFF, _number(body[8:10]) & 0x3FFF
    if body[:1] != b"\x2f":
        raise DamagedError("its pixels are damaged")
    bits = _number(body[1:5])
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
