"""GIF (CompuServe, version 89a)."""

from __future__ import annotations

from pipeline.source.pictures.parts import Bytes, DamagedError, ReadPicture

_IMAGE, _EXTENSION, _TRAILER = 0x2C, 0x21, 0x3B
_CONTROL, _APPLICATION = 0xF9, 0xFF


def read_gif(data: bytes) -> ReadPicture:
    """Walk all blocks to the trailer; comments and application data but the loop count go. Raises DamagedError."""
    source = Bytes(data, 6)
    width, height = source.number(2, "little"), source.number(2, "little")
    _skip_colours(source, source.take(3)[0])
    kept = [data[: source.position]]
    images = 0
    while (block := source.number(1)) != _TRAILER:
        start = source.position - 1
        if block == _IMAGE:
            frame = source.take(9)
            _check_inside(frame, width, height)
            _skip_colours(source, frame[8])
            source.take(1)
            _skip_blocks(source)
            images += 1
            kept.append(data[start : source.position])
        elif block == _EXTENSION:
            label = source.number(1)
            name = data[source.position + 1 : source.position + 12]
            _skip_blocks(source)
            if label == _CONTROL or (label == _APPLICATION and name == b"NETSCAPE2.0"):
                kept.append(data[start : source.position])
        else:
            raise DamagedError("a part of it is damaged")
    if not images or not width or not height:
        raise DamagedError("it holds no picture")
    return ReadPicture(width, height, b"".join([*kept, b"\x3b"]))


def _check_inside(frame: bytes, width: int, height: int) -> None:
    """A frame that goes beyond the picture would make it larger than it says (section 20)."""
    left, top, wide, high = (int.from_bytes(frame[at : at + 2], "little") for at in (0, 2, 4, 6))
    if left + wide > width or top + high > height:
        raise DamagedError("a frame goes beyond its edges")


def _skip_colours(source: Bytes, flags: int) -> None:
    if flags & 0x80:
        source.take(3 << ((flags & 7) + 1))


def _skip_blocks(source: Bytes) -> None:
    while length := source.number(1):
        source.take(length)
