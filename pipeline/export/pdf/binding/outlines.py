"""TrueType fonts that were cut down from one face, put together again; the tables are those of OpenType 1.9."""

from __future__ import annotations

import struct
from collections.abc import Collection, Sequence
from dataclasses import dataclass

LONG = 1
"""Format of ``loca`` whose offsets have 32 bits."""

WHOLE = 0xB1B0AFBA
"""What the checksum of a font file is taken from; OpenType, ``head``."""


class NotTrueTypeError(ValueError):
    """The font has no outlines in ``glyf``."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """A font that has some of the glyphs of its face, under their own numbers."""

    tables: dict[str, bytes]
    glyphs: tuple[bytes, ...]
    metrics: tuple[bytes, ...]
    """Advance and left side bearing of each glyph, as ``hmtx`` has them."""
    used: Collection[int]


def joined(fonts: Sequence[tuple[bytes, Collection[int]]]) -> bytes:
    """The font with all glyphs of several, each given with the numbers of those that are used.

    Raises NotTrueTypeError where one has no TrueType outlines.
    """
    cuts = [_read(file, used) for file, used in fonts]
    base = max(cuts, key=lambda each: len(each.glyphs))
    owners = _owners(cuts)
    chosen = [owners.get(glyph, base) for glyph in range(len(base.glyphs))]
    places, outlines = [0], bytearray()
    for glyph, cut in enumerate(chosen):
        outlines += cut.glyphs[glyph] + bytes(-len(cut.glyphs[glyph]) % 4)
        places.append(len(outlines))
    head, hhea = bytearray(base.tables["head"]), bytearray(base.tables["hhea"])
    struct.pack_into(">I", head, 8, 0)
    struct.pack_into(">h", head, 50, LONG)
    struct.pack_into(">H", hhea, 34, len(chosen))
    tables = {
        **base.tables,
        "head": bytes(head),
        "hhea": bytes(hhea),
        "hmtx": b"".join(cut.metrics[glyph] for glyph, cut in enumerate(chosen)),
        "loca": struct.pack(f">{len(places)}I", *places),
        "glyf": bytes(outlines),
    }
    return _written(tables)


def _owners(cuts: Sequence[_Cut]) -> dict[int, _Cut]:
    """The font to take each glyph from: the first that uses it, else the first that has it as a part of others."""
    found: dict[int, _Cut] = {}
    for cut in cuts:
        for glyph in cut.used:
            if glyph < len(cut.glyphs):
                found.setdefault(glyph, cut)
    for cut in cuts:
        for glyph, outline in enumerate(cut.glyphs):
            if outline:
                found.setdefault(glyph, cut)
    return found


def _read(file: bytes, used: Collection[int]) -> _Cut:
    tables = {}
    for at in range(struct.unpack_from(">H", file, 4)[0]):
        tag, _, start, length = struct.unpack_from(">4sIII", file, 12 + 16 * at)
        tables[tag.decode("latin-1")] = file[start : start + length]
    if not {"glyf", "loca", "head", "hhea", "hmtx", "maxp"} <= tables.keys():
        raise NotTrueTypeError
    (count,) = struct.unpack_from(">H", tables["maxp"], 4)
    (form,) = struct.unpack_from(">h", tables["head"], 50)
    places = struct.unpack_from(f">{count + 1}{'I' if form == LONG else 'H'}", tables["loca"])
    step = 1 if form == LONG else 2
    glyf = tables["glyf"]
    glyphs = tuple(glyf[places[at] * step : places[at + 1] * step] for at in range(count))
    (full,) = struct.unpack_from(">H", tables["hhea"], 34)
    hmtx = tables["hmtx"]
    metrics = [hmtx[4 * at : 4 * at + 4] for at in range(full)]
    last = metrics[-1][:2]
    metrics += [last + hmtx[4 * full + 2 * at : 4 * full + 2 * at + 2] for at in range(count - full)]
    return _Cut(tables, glyphs, tuple(metrics), used)


def _written(tables: dict[str, bytes]) -> bytes:
    """The font file of tables; OpenType, organization of an OpenType font."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    header = struct.pack(">IHHHH", 0x00010000, count, power * 16, power.bit_length() - 1, (count - power) * 16)
    start = len(header) + 16 * count
    rows, body, at_head = b"", bytearray(), 0
    for tag, table in sorted(tables.items()):
        if tag == "head":
            at_head = start + len(body)
        rows += struct.pack(">4sIII", tag.encode("latin-1"), _checksum(table), start + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    file = bytearray(header + rows + body)
    struct.pack_into(">I", file, at_head + 8, (WHOLE - _checksum(bytes(file))) & 0xFFFFFFFF)
    return bytes(file)


def _checksum(table: bytes) -> int:
    padded = table + bytes(-len(table) % 4)
    total: int = sum(struct.unpack(f">{len(padded) // 4}I", padded))
    return total & 0xFFFFFFFF
