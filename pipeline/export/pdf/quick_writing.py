"""A shorter way to write a PDF; the bytes are the same.

To make an identifier, pydyf asks each object once more for what it has just written of it, and so packs all streams twice.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import wraps
from typing import Any


def quicken_writing() -> None:
    """Let pydyf, which WeasyPrint has imported, remember streams while it writes a document."""
    pydyf: Any = importlib.import_module("pydyf")
    way = _Way()
    pydyf.PDF.write = way.write(pydyf.PDF.write)
    pydyf.Stream.data = property(way.data(pydyf.Stream.data.fget))


class _Way:
    def __init__(self) -> None:
        self._packed: dict[int, tuple[Any, bytes]] | None = None
        """Streams of the document that is being written, and what they come to; by their numbers in memory."""

    def write(self, whole: Callable[..., None]) -> Callable[..., None]:
        @wraps(whole)
        def write(pdf: Any, *given: Any, **named: Any) -> None:
            self._packed = {}
            try:
                whole(pdf, *given, **named)
            finally:
                self._packed = None

        return write

    def data(self, whole: Callable[[Any], bytes]) -> Callable[[Any], bytes]:
        @wraps(whole)
        def data(stream: Any) -> bytes:
            if self._packed is None:
                return whole(stream)
            if id(stream) not in self._packed:
                self._packed[id(stream)] = stream, whole(stream)
            return self._packed[id(stream)][1]

        return data
