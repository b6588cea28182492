"""What a page of a finished PDF is drawn with, as PDFium has it: each object is asked once, by its address."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any, NamedTuple

ADDRESS, NUMBER, SIZE = ctypes.c_void_p, ctypes.c_int, ctypes.c_ulong

DEPTH = 2
"""Objects on the page, and those in a form on it; forms within forms are not looked into."""

ROOM = 2048
"""Bytes of what a text object says that are fetched in one go."""

INKLESS = 250
"""From this shade on a colour is as good as white on paper."""

Bounds = tuple[float, float, float, float]
"""Left, bottom, right and top in points."""


NOWHERE: Bounds = (0.0, 0.0, 0.0, 0.0)


class TextObject(NamedTuple):
    """A text object of a page."""

    level: int
    """0 on the page, 1 in a form."""
    mcid: int
    """Of the marked content that it is in; negative where it is in none."""
    mode: int
    """How it is rendered; ISO 32000-1, table 106."""
    size: float
    """As it shows, in points."""
    units: int
    """UTF-16 code units that it says."""
    text: str
    bounds: Bounds
    """Of what is marked content on the page; ``NOWHERE`` for all else."""


class _Calls(NamedTuple):
    """Functions of PDFium that take and give plain addresses."""

    count: Any
    get: Any
    count_in: Any
    get_in: Any
    kind: Any
    mcid: Any
    mode: Any
    size: Any
    matrix: Any
    text: Any
    bounds: Any
    drawn: Any
    fill: Any
    stroke: Any


def call(function: Any, *signature: Any) -> Any:
    """A function of PDFium that takes and gives plain addresses, by the types of what it gives and takes."""
    return ctypes.CFUNCTYPE(*signature)(ctypes.cast(function, ADDRESS).value or 0)


@cache
def _calls() -> _Calls:
    from pypdfium2 import raw

    two, four = (ADDRESS,) * 2, (ADDRESS,) * 4
    return _Calls(
        call(raw.FPDFPage_CountObjects, NUMBER, ADDRESS),
        call(raw.FPDFPage_GetObject, ADDRESS, ADDRESS, NUMBER),
        call(raw.FPDFFormObj_CountObjects, NUMBER, ADDRESS),
        call(raw.FPDFFormObj_GetObject, ADDRESS, ADDRESS, SIZE),
        call(raw.FPDFPageObj_GetType, NUMBER, ADDRESS),
        call(raw.FPDFPageObj_GetMarkedContentID, NUMBER, ADDRESS),
        call(raw.FPDFTextObj_GetTextRenderMode, NUMBER, ADDRESS),
        call(raw.FPDFTextObj_GetFontSize, NUMBER, ADDRESS, ADDRESS),
        call(raw.FPDFPageObj_GetMatrix, NUMBER, ADDRESS, ADDRESS),
        call(raw.FPDFTextObj_GetText, SIZE, *two, ADDRESS, SIZE),
        call(raw.FPDFPageObj_GetBounds, NUMBER, ADDRESS, *four),
        call(raw.FPDFPath_GetDrawMode, NUMBER, ADDRESS, *two),
        call(raw.FPDFPageObj_GetFillColor, NUMBER, ADDRESS, *four),
        call(raw.FPDFPageObj_GetStrokeColor, NUMBER, ADDRESS, *four),
    )


class PageObjects:
    """The objects of a page, as long as it is open; raises ValueError where PDFium cannot tell of one."""

    def __init__(self, page: Any, text: Any) -> None:
        """``text`` is the text page of ``page``."""
        from pypdfium2 import raw

        self._open = page, text
        self._page = ctypes.cast(page.raw, ADDRESS).value
        self._text = ctypes.cast(text.raw, ADDRESS).value
        self._calls = _calls()
        self._edges = (ctypes.c_float * 4)()
        first = ctypes.addressof(self._edges)
        self._places = tuple(first + at * ctypes.sizeof(ctypes.c_float) for at in range(4))
        self._room = ctypes.create_string_buffer(ROOM)
        self._matrix, self._size = raw.FS_MATRIX(), ctypes.c_float()

    @cached_property
    def _found(self) -> dict[int, list[tuple[int, int]]]:
        """Level and address of each object, by kind."""
        found: dict[int, list[tuple[int, int]]] = {}
        calls = self._calls
        self._gather(found, self._page or 0, calls.count, calls.get, 0)
        return found

    def _gather(self, found: dict[int, list[tuple[int, int]]], parent: int, count: Any, get: Any, level: int) -> None:
        from pypdfium2 import raw

        calls = self._calls
        for at in range(count(parent)):
            address = get(parent, at)
            kind = calls.kind(address)
            found.setdefault(kind, []).append((level, address))
            if kind == raw.FPDF_PAGEOBJ_FORM and level < DEPTH - 1:
                self._gather(found, address, calls.count_in, calls.get_in, level + 1)

    @cached_property
    def texts(self) -> list[TextObject]:
        """The text objects, in the order in which they are drawn."""
        from pypdfium2 import raw

        return [self._said(level, address) for level, address in self._found.get(raw.FPDF_PAGEOBJ_TEXT, ())]

    @cached_property
    def painted_paths(self) -> list[Bounds]:
        """Where lines and areas are painted in anything but white."""
        from pypdfium2 import raw

        paths = self._found.get(raw.FPDF_PAGEOBJ_PATH, ())
        return [self._bounds(address) for _, address in paths if self._shows(address)]

    def _said(self, level: int, address: int) -> TextObject:
        calls, room = self._calls, self._room
        calls.size(address, ctypes.addressof(self._size))
        calls.matrix(address, ctypes.addressof(self._matrix))
        length = calls.text(address, self._text, ctypes.addressof(room), len(room))
        if length > len(room):
            self._room = room = ctypes.create_string_buffer(length)
            calls.text(address, self._text, ctypes.addressof(room), length)
        mcid = calls.mcid(address)
        return TextObject(
            level,
            mcid,
            calls.mode(address),
            self._size.value * scale(self._matrix),
            max(length // 2 - 1, 0),
            ctypes.string_at(room, max(length - 2, 0)).decode(
                "utf-16-le", "ignore"
            ),  # halves of characters: their tag spells them
            self._bounds(address) if mcid >= 0 and not level else NOWHERE,
        )

    def _bounds(self, address: int) -> Bounds:
        if not self._calls.bounds(address, *self._places):
            raise ValueError("an object that is at no place")
        left, bottom, right, top = self._edges
        return left, bottom, right, top

    def _shows(self, address: int) -> bool:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        self._calls.drawn(address, ctypes.addressof(fill), ctypes.addressof(stroke))
        return any(
            wanted and self._inked(colour, address)
            for wanted, colour in ((fill.value, self._calls.fill), (stroke.value, self._calls.stroke))
        )

    def _inked(self, colour: Any, address: int) -> bool:
        channels = (ctypes.c_uint * 4)()
        first, size = ctypes.addressof(channels), ctypes.sizeof(ctypes.c_uint)
        if not colour(address, *(first + at * size for at in range(4))):
            return False
        *rgb, alpha = channels
        return bool(alpha) and min(rgb) < INKLESS


def scale(matrix: Any) -> float:
    """By how much a PDFium matrix makes things higher."""
    return float((matrix.c**2 + matrix.d**2) ** 0.5)


def opened(document: Any) -> Iterator[PageObjects]:
    """The objects of each page of a pypdfium2 document."""
    return (PageObjects(page, page.get_textpage()) for page in document)
