"""One font of each face for all sheets of a book.

Every sheet brings a face with the glyphs that it shows. Glyphs keep their numbers when a face is cut down, so that the font
of the book is made of those of its sheets. What cannot be joined, as fonts without TrueType outlines, stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.export.pdf.binding.outlines import NotTrueTypeError, joined

MAPPED = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")
"""A glyph and its characters, in a ToUnicode map; ISO 32000-1, 9.10.3."""
RANGE = re.compile(rb"(<0000> <ffff>\s+endcodespacerange\s).*?(endcmap)", re.DOTALL)
MOST = 100
"""Rows of one block of such a map."""


def share_fonts(book: Any, pages: Iterable[Any]) -> None:
    """Have all pages of a pikepdf document use the same fonts and colour spaces, where they are of the same name."""
    resources = list({page.Resources.objgen: page.Resources for page in pages if "/Font" in page.Resources}.values())
    for each in resources[1:]:
        if sorted(each.get("/ColorSpace", {}).keys()) == sorted(resources[0].get("/ColorSpace", {}).keys()):
            each.ColorSpace = resources[0].ColorSpace
    found: dict[str, list[tuple[Any, str]]] = {}
    for each in resources:
        for key, font in each.Font.items():
            found.setdefault(f"{key} {font.BaseFont}", []).append((each.Font, key))
    for _, places in sorted(found.items()):
        fonts = [where[key] for where, key in places]
        if len(fonts) > 1 and (shared := _shared(book, fonts)) is not None:
            for where, key in places:
                where[key] = shared


def _shared(book: Any, fonts: list[Any]) -> Any:
    """One font with all glyphs of several; None where they cannot be joined."""
    descendants = [font.get("/DescendantFonts", [None])[0] for font in fonts]
    if any(each is None or "/FontFile2" not in each.get("/FontDescriptor", {}) for each in descendants):
        return None
    widths = [dict(_widths(each.W)) for each in descendants]
    try:
        files = [each.FontDescriptor.FontFile2.read_bytes() for each in descendants]
        outlines = joined([(file, set(own)) for file, own in zip(files, widths, strict=True)])
    except NotTrueTypeError:
        return None
    font, descendant = fonts[0], descendants[0]
    descendant.FontDescriptor.FontFile2 = book.make_stream(outlines, Length1=len(outlines))
    descendant.W = [each for glyph, width in sorted(_first(widths).items()) for each in (glyph, [width])]
    font.ToUnicode = book.make_stream(_map(font.ToUnicode.read_bytes(), [each.ToUnicode for each in fonts]))
    return font


def _widths(rows: Any) -> Iterator[tuple[int, Any]]:
    """Widths by glyph; ISO 32000-1, 9.7.4.3."""
    import pikepdf

    waiting = list(rows)
    while waiting:
        first, second = int(waiting.pop(0)), waiting.pop(0)
        if isinstance(second, pikepdf.Array):
            yield from ((first + at, width) for at, width in enumerate(second))
        else:
            width = waiting.pop(0)
            yield from ((glyph, width) for glyph in range(first, int(second) + 1))


def _map(model: bytes, maps: Iterable[Any]) -> bytes:
    """A ToUnicode map with the rows of several."""
    rows = sorted(_first(dict(MAPPED.findall(_rows(each.read_bytes()))) for each in maps).items())
    blocks = []
    for at in range(0, len(rows), MOST):
        block = b"".join(b"<%b> <%b>\n" % row for row in rows[at : at + MOST])
        blocks.append(b"%d beginbfchar\n%bendbfchar\n" % (len(rows[at : at + MOST]), block))
    return RANGE.sub(lambda found: found[1] + b"".join(blocks) + found[2], model)


def _rows(mapping: bytes) -> bytes:
    """The part of a map that has its rows."""
    return mapping.partition(b"endcodespacerange")[2]


def _first(tables: Iterable[dict[Any, Any]]) -> dict[Any, Any]:
    """All tables as one; what the first of them says counts."""
    whole: dict[Any, Any] = {}
    for table in tables:
        whole = {**table, **whole}
    return whole
