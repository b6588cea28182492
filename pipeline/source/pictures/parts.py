"""What reading a picture gives, and how its bytes are taken."""

from __future__ import annotations

from dataclasses import field

from pipeline.frozen import dataclass

MAX_PIXELS = 50_000_000
"""Of a picture; a larger one is not unpacked, and never shown."""


class DamagedError(Exception):
    """A picture that is not whole, or that holds what no picture may; the message says what, in words."""


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """A picture's size and its bytes without metadata."""

    width: int
    """In pixels (SVG: user units); 0 when it does not say."""
    height: int
    data: bytes = field(repr=False)


class Bytes:
    """Takes a picture's bytes from front to back; raises DamagedError where they end too early."""

    def __init__(self, data: bytes, position: int = 0) -> None:
        self.data = data
        self.position = position

    def take(self, count: int) -> bytes:
        """The next ``count`` bytes."""
        part = self.data[self.position : self.position + count]
        if len(part) < count:
            raise DamagedError("it is cut off before its end")
        self.position += count
        return part

    def number(self, count: int, order: str = "big") -> int:
        """The next ``count`` bytes as a number without sign."""
        return int.from_bytes(self.take(count), "little" if order == "little" else "big")
