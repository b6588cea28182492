"""JPEG (ITU-T T.81, annex B)."""

from __future__ import annotations

from pipeline.source.pictures.parts import Bytes, DamagedError, ReadPicture

_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_END, _SCAN, _COMMENT = 0xD9, 0xDA, 0xFE
_ALONE = {0x01, *range(0xD0, 0xD8)}
"""Markers without a segment behind them."""
_DROPPED = {*range(0xE1, 0xF0), _COMMENT} - {0xE2, 0xEE}
"""Application data and comments; colour profiles (APP2) and Adobe's colour transform (APP14) stay."""


def read_jpeg(data: bytes) -> ReadPicture:
    """Check that every segment is there, and keep what the picture needs. Raises DamagedError."""
    source = Bytes(data, 2)
    kept: list[bytes] = []
    width = height = orientation = 0
    while True:
        start = source.position
        marker = _marker(source)
        if marker == _END:
            break
        if marker in _ALONE:
            continue
        length = source.number(2)
        body = source.take(max(length - 2, 0))
        if marker in _FRAMES:
            if width or height:  # readers would not agree on its size
                raise DamagedError("it has two sizes")
            height, width = int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big")
        if marker == 0xE1:
            orientation = orientation or _orientation(body)
        if marker == _SCAN:
            source.position = _scan_end(data, source.position)
        if marker not in _DROPPED and not (marker == 0xE2 and not body.startswith(b"ICC_PROFILE\0")):
            kept.append(data[start : source.position])
    if not width or not height:
        raise DamagedError("it has no size")
    if orientation > 4:
        width, height = height, width
    turned = [_orientation_segment(orientation)] if orientation > 1 else []
    return ReadPicture(width, height, b"".join([data[:2], *kept[:1], *turned, *kept[1:], b"\xff\xd9"]))


def _marker(source: Bytes) -> int:
    if source.number(1) != 0xFF:
        raise DamagedError("a part of it is damaged")
    marker = source.number(1)
    while marker == 0xFF:  # fill bytes
        marker = source.number(1)
    return marker


def _scan_end(data: bytes, position: int) -> int:
    """Where the pixels of a scan end: before the next marker that is neither a stuffed byte nor a restart."""
    while True:
        position = data.find(b"\xff", position)
        if position < 0 or position + 1 >= len(data):
            raise DamagedError("it is cut off before its end")
        if data[position + 1] != 0 and not 0xD0 <= data[position + 1] <= 0xD7:
            return position
        position += 2


def _orientation(body: bytes) -> int:
    """How the camera was held, 1 to 8 (Exif 2.32, section 4.6.4); 0 when it does not say."""
    if not body.startswith(b"Exif\0\0") or body[6:8] not in {b"II", b"MM"}:
        return 0
    tiff = body[6:]
    order = "little" if tiff.startswith(b"II") else "big"
    try:
        directory = Bytes(tiff, Bytes(tiff, 4).number(4, order))
        for _ in range(directory.number(2, order)):
            tag, _, _ = directory.number(2, order), directory.number(2, order), directory.number(4, order)
            value = directory.number(2, order)
            directory.take(2)
            if tag == 0x0112:
                return value if 1 <= value <= 8 else 0
    except DamagedError:
        pass  # broken metadata does not make a broken picture
    return 0


def _orientation_segment(orientation: int) -> bytes:
    """EXIF that says only which side is up; without it the picture would lie on its side."""
    entry = b"\x01\x12\x00\x03\x00\x00\x00\x01" + orientation.to_bytes(2, "big") + b"\x00\x00"
    tiff = b"MM\x00\x2a\x00\x00\x00\x08" + b"\x00\x01" + entry + b"\x00\x00\x00\x00"
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body
