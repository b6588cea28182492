"""A shorter way from shaped lines to operands of a PDF; they are the same.

WeasyPrint goes through a line glyph by glyph, and asks CFFI for four numbers of each. Within a document, the same glyph with
the same width is always written the same, so it is worked out once here.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from functools import wraps
from struct import Struct
from typing import Any

GLYPH = Struct("Iiii4x")
"""PangoGlyphInfo: glyph, width, two offsets, and what is not asked for."""

FIRST_TO_MEASURE = 14802
"""The version of Pango from which on fonts tell their size (GNOME/pango#530)."""

MOST_FONTS = 1_000

Glyph = tuple[int, int, int, int]
Draw = Callable[[Any, Any, str, Any, Any], list[Any]]


def quicken_drawing() -> None:
    """Let WeasyPrint, which is imported, take the shorter way."""
    drawing: Any = importlib.import_module("weasyprint.draw.text")
    if drawing.ffi.sizeof("PangoGlyphInfo") != GLYPH.size or drawing.pango.pango_version() < FIRST_TO_MEASURE:
        return
    pictures: Any = importlib.import_module("weasyprint.svg.text")
    drawing.draw_first_line = pictures.draw_first_line = _line(drawing, drawing.draw_first_line)


def _line(drawing: Any, whole: Draw) -> Draw:
    """``draw_first_line``: ``whole``, but for lines of common glyphs, that are not cut off."""
    pango = drawing.pango
    odd = pango.PANGO_GLYPH_EMPTY  # and all beyond, which say that a glyph is missing

    @wraps(whole)
    def draw(stream: Any, box: Any, text_overflow: str, block_ellipsis: Any, matrix: Any) -> list[Any]:
        if (
            text_overflow == "ellipsis"
            or block_ellipsis != "none"
            or not box.text.strip()
            or box.style["font_size"] < 1
        ):
            return whole(stream, box, text_overflow, block_ellipsis, matrix)
        layout = box.pango_layout
        pango.pango_layout_set_single_paragraph_mode(layout.layout, 1)
        runs = list(_runs(drawing, stream, box, layout.get_first_line()[0]))
        if any(run.font.bitmap or run.font.png or run.font.svg or run.font.colr for run in runs) or any(
            rise or glyph >= odd for run in runs for glyph, _, _, rise in run.glyphs
        ):
            return whole(stream, box, text_overflow, block_ellipsis, matrix)
        stream.set_text_matrix(*matrix.values)
        before, said = None, ""
        for run in runs:
            if run.pango_font != before:
                before = run.pango_font
                if said:
                    stream.show_text(said)
                said = ""
                stream.set_font_size(run.font.hash, run.size)
            written = f"<{run.written(drawing, stream, layout)}"
            said += written[:-1] if written[-1] == "<" else f"{written}>"
        stream.show_text(said)
        return []

    return draw


class _Run:
    """A part of a line in one font."""

    __slots__ = ("font", "glyphs", "item", "pango_font", "size")

    def __init__(self, item: Any, pango_font: Any, font: Any, size: float, glyphs: list[Glyph]) -> None:
        self.item, self.pango_font, self.font, self.size, self.glyphs = item, pango_font, font, size, glyphs

    def written(self, drawing: Any, stream: Any, layout: Any) -> str:
        """Its glyphs in hexadecimal digits, with what is between them."""
        known: dict[Glyph, str] = self.font.__dict__.setdefault("pipeline_written", {}).setdefault(self.size, {})
        written = [known.get(glyph) for glyph in self.glyphs]
        for place, glyph in enumerate(self.glyphs):
            if written[place] is None:
                if glyph[0] not in self.font.to_unicode:
                    self.font.to_unicode[glyph[0]] = self._said(place, layout.text)
                written[place] = known[glyph] = self._written(drawing, stream, glyph)
        return "".join(written)  # type: ignore[arg-type]

    def _said(self, place: int, text: str) -> str:
        item, clusters, count = self.item.item, self.item.glyphs.log_clusters, len(self.glyphs)
        start = clusters[place]
        if item.analysis.level % 2:  # from right to left
            end = item.length if place == 0 else clusters[place - 1]
        else:
            end = item.length if place == count - 1 else clusters[place + 1]
        return text.encode()[item.offset + start : item.offset + end].decode()

    def _written(self, drawing: Any, stream: Any, info: Glyph) -> str:
        glyph, width, moved, _ = info
        offset = moved / self.size
        widths = self.font.widths
        if glyph not in widths:
            drawing.pango.pango_font_get_glyph_extents(self.pango_font, glyph, stream.ink_rect, stream.logical_rect)
            widths[glyph] = round(stream.logical_rect.width * 1000 * drawing.FROM_UNITS / self.size)
        kerning = widths[glyph] + offset - width * 1000 * drawing.FROM_UNITS / self.size
        return (f">{-offset}<" if offset else "") + f"{glyph:04x}" + (f">{int(kerning)}<" if kerning else "")


def _runs(drawing: Any, stream: Any, box: Any, line: Any) -> Iterator[_Run]:
    ffi, run = drawing.ffi, line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        pango_font = item.item.analysis.font
        font, size = _font(ffi, stream, box, pango_font)
        shaped = item.glyphs
        glyphs = list(GLYPH.iter_unpack(ffi.buffer(shaped.glyphs, shaped.num_glyphs * GLYPH.size)))
        yield _Run(item, pango_font, font, size, glyphs)


def _font(ffi: Any, stream: Any, box: Any, pango_font: Any) -> tuple[Any, float]:
    """What ``add_font`` gives. The name of a font is asked for once; its layout is kept, so that its address stays its own."""
    named = box.style.font_config.__dict__.setdefault("pipeline_fonts", {})
    address = int(ffi.cast("uintptr_t", pango_font))
    if address in named:
        name, size, _ = named[address]
        if name in stream._fonts:  # noqa: SLF001
            return stream._fonts[name], size  # noqa: SLF001
    font, size = stream.add_font(pango_font)
    if len(named) < MOST_FONTS:
        name = next(name for name, each in stream._fonts.items() if each is font)  # noqa: SLF001
        named[address] = name, size, box.pango_layout.layout
    return font, size
