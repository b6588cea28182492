"""What an ellipsis says: itself, where WeasyPrint has it say what it stands for.

A running head that is too long ends in an ellipsis, which Pango draws for the words that it leaves out. WeasyPrint takes down
what the first glyph of a kind stood for, so that every ellipsis of that font was read, searched and copied as those words.
ISO 32000-1, 9.10.3.
"""

from __future__ import annotations

import importlib
from functools import wraps
from typing import Any

ELLIPSIS = "…"


def name_ellipses() -> None:
    """Let WeasyPrint, which is imported, map the glyph of an ellipsis to an ellipsis."""
    font: Any = importlib.import_module("weasyprint.pdf.fonts").Font
    init = font.__init__

    @wraps(init)
    def with_ellipses(self: Any, *given: Any) -> None:
        init(self, *given)
        self.to_unicode = _Said(self.hb_font)

    font.__init__ = with_ellipses


class _Said(dict[int, str]):
    """Glyph -> what it says."""

    def __init__(self, hb_font: Any) -> None:
        super().__init__()
        self._hb_font = hb_font

    def __setitem__(self, glyph: int, text: str) -> None:
        # Other glyphs of several characters are ligatures and emoji.
        is_ellipsis = len(text) > 1 and glyph == _glyph(self._hb_font)
        super().__setitem__(glyph, ELLIPSIS if is_ellipsis else text)


def _glyph(hb_font: Any) -> int | None:
    libraries: Any = importlib.import_module("weasyprint.text.ffi")
    found = libraries.ffi.new("uint32_t *")
    return int(found[0]) if libraries.harfbuzz.hb_font_get_nominal_glyph(hb_font, ord(ELLIPSIS), found) else None
