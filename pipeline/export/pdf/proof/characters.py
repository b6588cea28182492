"""PDFium's characters one by one: proof asks about each, so it asks by address and makes nothing anew for the answer."""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any, NamedTuple

ADDRESS, NUMBER = ctypes.c_void_p, ctypes.c_int


class _Calls(NamedTuple):
    """Functions of PDFium that take and give plain addresses."""

    box: Any
    loose_box: Any
    thing: Any


@cache
def _calls() -> _Calls:
    from pypdfium2 import raw

    def call(function: Any, *signature: Any) -> Any:
        return ctypes.CFUNCTYPE(*signature)(ctypes.cast(function, ADDRESS).value or 0)

    return _Calls(
        call(raw.FPDFText_GetCharBox, NUMBER, ADDRESS, NUMBER, ADDRESS, ADDRESS, ADDRESS, ADDRESS),
        call(raw.FPDFText_GetLooseCharBox, NUMBER, ADDRESS, NUMBER, ADDRESS),
        call(raw.FPDFText_GetTextObject, ADDRESS, ADDRESS, NUMBER),
    )


class Characters:
    """Those of a text page, as long as it is open. Rectangles are left, bottom, right and top in points."""

    def __init__(self, text: Any) -> None:
        from pypdfium2 import raw

        self._page = ctypes.cast(text.raw, ADDRESS).value
        self._edges = (ctypes.c_double * 4)()
        first, size = ctypes.addressof(self._edges), ctypes.sizeof(ctypes.c_double)
        left, bottom, right, top = range(first, first + 4 * size, size)
        self._places = (left, right, bottom, top)  # in which order PDFium has them
        self._loose = raw.FS_RECTF()
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

    def things(self, count: int) -> list[int]:
        """The addresses of the text objects that show the first characters; 0 where nothing does."""
        thing, page = self._calls.thing, self._page
        return [thing(page, at) or 0 for at in range(count)]
