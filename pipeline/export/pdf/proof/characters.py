"""PDFium's characters one by one: proof asks about each, so it asks by address and makes nothing anew for the answer."""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any, NamedTuple

from pipeline.export.pdf.page_objects import ADDRESS, NUMBER, call, scale


class _Calls(NamedTuple):
    """Functions of PDFium that take and give plain addresses."""

    box: Any
    loose_box: Any
    thing: Any
    mcid: Any
    mode: Any
    matrix: Any
    size: Any


@cache
def _calls() -> _Calls:
    from pypdfium2 import raw

    return _Calls(
        call(raw.FPDFText_GetCharBox, NUMBER, ADDRESS, NUMBER, ADDRESS, ADDRESS, ADDRESS, ADDRESS),
        call(raw.FPDFText_GetLooseCharBox, NUMBER, ADDRESS, NUMBER, ADDRESS),
        call(raw.FPDFText_GetTextObject, ADDRESS, ADDRESS, NUMBER),
        call(raw.FPDFPageObj_GetMarkedContentID, NUMBER, ADDRESS),
        call(raw.FPDFTextObj_GetTextRenderMode, NUMBER, ADDRESS),
        call(raw.FPDFText_GetMatrix, NUMBER, ADDRESS, NUMBER, ADDRESS),
        call(raw.FPDFText_GetFontSize, ctypes.c_double, ADDRESS, NUMBER),
    )


FILLED = frozenset({0, 2, 4, 6})
"""Text rendering modes that fill letters; ISO 32000-1, table 106."""


class Shown(NamedTuple):
    """What a text object shows, and how."""

    mcid: int
    """Of the marked content that it is in; negative where it is in none."""
    size: float
    """As it shows, in points."""
    painted: bool
    """Whether it is filled, and not only there to be searched or to clip."""


class Characters:
    """Those of a text page, as long as it is open. Rectangles are left, bottom, right and top in points."""

    def __init__(self, text: Any) -> None:
        from pypdfium2 import raw

        self._page = ctypes.cast(text.raw, ADDRESS).value
        self._edges = (ctypes.c_double * 4)()
        first, size = ctypes.addressof(self._edges), ctypes.sizeof(ctypes.c_double)
        left, bottom, right, top = range(first, first + 4 * size, size)
        self._places = (left, right, bottom, top)  # in which order PDFium has them
        self._loose, self._matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        self._calls = _calls()

    def box(self, at: int) -> tuple[float, ...]:
        """The rectangle that a character's ink fills; raises ValueError where there is no character."""
        if not self._calls.box(self._page, at, *self._places):
            raise ValueError(f"there is no character {at}")
        return tuple(self._edges)

    def loose_box(self, at: int) -> tuple[float, ...]:
        """The rectangle that its font gives a character; raises ValueError where there is none."""
        loose = self._loose
        if not self._calls.loose_box(self._page, at, ctypes.addressof(loose)):
            raise ValueError(f"there is no character {at}")
        return loose.left, loose.bottom, loose.right, loose.top

    def size(self, at: int) -> float:
        """A character's font size as it shows, in points."""
        self._calls.matrix(self._page, at, ctypes.addressof(self._matrix))
        return float(self._calls.size(self._page, at)) * scale(self._matrix)

    def shown(self, count: int) -> list[Shown | None]:
        """What shows each of the first characters, and how; None where nothing does. Many share a text object."""
        calls, page = self._calls, self._page
        found: dict[int | None, Shown | None] = {None: None, 0: None}
        shown = []
        for at in range(count):
            address = calls.thing(page, at)
            if address not in found:
                found[address] = Shown(calls.mcid(address), self.size(at), calls.mode(address) in FILLED)
            shown.append(found[address])
        return shown
