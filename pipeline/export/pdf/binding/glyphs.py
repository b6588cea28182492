"""The glyphs of what may fill a slot, drawn once beside a sheet's pages, so that its fonts have them.

In one type a character always has the same glyph. So they are drawn one by one for the first sheet that a process sets, and
for those after it the fonts are told.
"""

from __future__ import annotations

import copy
import re
from typing import Any

Glyphs = dict[str, tuple[str, float]]
"""By character: the glyph's number as four hexadecimal digits, and its width in thousandths of the type's size."""

_TYPE = ("family", "style", "weight", "size", "stretch", "kerning", "variant_ligatures", "variant_position", "variant_caps",
         "variant_numeric", "variant_alternates", "variant_east_asian", "feature_settings", "variation_settings",
         "language_override")  # fmt: skip


def glyphs_of(laid_out: Any, text: Any, characters: str) -> Glyphs:
    """The glyphs of characters in the type of a text box, which the fonts of WeasyPrint's document have from now on."""
    style = text.style
    remembered: dict[Any, Glyphs] = style.font_config.__dict__.setdefault("pipeline_glyphs", {})
    key = characters, style["lang"], tuple(str(style[f"font_{each}"]) for each in _TYPE)
    name, first = _drawn(laid_out, text, characters[0])
    if key in remembered:
        fonts = [font for font in laid_out.fonts.values() if font.hash == name]
        if len(fonts) == 1:
            _tell(fonts[0], remembered[key])
            return remembered[key]
    drawn = {characters[0]: (name, first)} | {each: _drawn(laid_out, text, each) for each in characters[1:]}
    made = {each: glyph for each, (_, glyph) in drawn.items()}
    if {each for each, _ in drawn.values()} == {name}:
        remembered[key] = made
    return made


def _tell(font: Any, glyphs: Glyphs) -> None:
    """Have a font of WeasyPrint's document hold glyphs as if they were drawn."""
    for character, (glyph, width) in glyphs.items():
        number = int(glyph, 16)
        font.to_unicode.setdefault(number, character)
        font.widths.setdefault(number, width)


def _drawn(laid_out: Any, text: Any, character: str) -> tuple[str, tuple[str, float]]:
    """A character's font by its name in the file, and its glyph."""
    from weasyprint.draw.text import draw_first_line
    from weasyprint.matrix import Matrix
    from weasyprint.pdf.stream import Stream
    from weasyprint.text.line_break import split_first_line

    stream = Stream(laid_out.fonts, (0, 0, 1, 1), {}, {}, None, {}, None)
    row = copy.copy(text)
    row.text = character
    row.pango_layout = split_first_line(character, text.style, None, None, 0)[0]
    row.pango_layout.reactivate(text.style)
    draw_first_line(stream, row, "clip", "none", Matrix())
    row.pango_layout.deactivate()
    (glyph,) = re.findall(rb"[0-9a-f]{4}", stream.stream[-1])
    font = next(each.split(b" ")[0][1:].decode() for each in reversed(stream.stream) if each.endswith(b" Tf"))
    widths = (each.widths for each in laid_out.fonts.values() if each.hash == font)
    number = int(glyph, 16)
    return font, (glyph.decode(), next(each[number] for each in widths if number in each))
