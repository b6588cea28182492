"""Fonts cut down to the characters that a book uses, fast enough to do it for every book.

fontTools' own subsetter takes about 0.1 s for each face, most of it for kerning. Here glyphs keep their numbers: outlines
that the book does not need become empty, the character map shrinks, and the kerning table stays valid as it is.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

DROPPED = frozenset({"DSIG", "GSUB", "meta", "cmap", "glyf", "loca", "post"})
"""Signatures no longer hold, substitutions could ask for glyphs that are empty now; the others are made anew."""

POST_WITHOUT_NAMES = 0x00030000
"""Version 3.0 of the ``post`` table: no glyph names."""


WINDOWS = 3
"""The platform whose character maps every reading system knows."""

LAST_OF_BMP = 0xFFFF
"""Closes a character map of format 4."""


@dataclass(frozen=True, slots=True)
class _Master:
    """A font file taken apart."""

    version: str
    tables: Mapping[str, bytes]
    outlines: tuple[bytes, ...]
    """By glyph number."""
    cmap: Mapping[int, int]
    """Code point -> glyph number."""
    parts: Mapping[int, tuple[int, ...]]
    """Glyph number -> the glyphs that it is composed of."""


def subset(path: Path, points: Iterable[int]) -> bytes:
    """A TrueType file with the outlines of the code points alone; the same bytes every time."""
    return _subset(path, frozenset(point for point in points if point in _open(path).cmap))


@lru_cache(maxsize=64)
def _subset(path: Path, points: frozenset[int]) -> bytes:
    """As ``subset``, of code points that the font has; many texts are written with the same characters."""
    from fontTools.ttLib.sfnt import SFNTWriter

    master = _open(path)
    cmap = {point: master.cmap[point] for point in sorted(points)}
    kept = _closure(master, {0, *cmap.values()})
    outlines = [outline if number in kept else b"" for number, outline in enumerate(master.outlines)]
    tables = {tag: data for tag, data in master.tables.items() if tag not in DROPPED}
    tables["glyf"] = b"".join(outlines)
    tables["loca"] = _loca(outlines, master.tables["head"])
    tables["cmap"] = _cmap(cmap)
    tables["post"] = struct.pack(">L", POST_WITHOUT_NAMES) + master.tables["post"][4:32]
    out = io.BytesIO()
    writer = SFNTWriter(out, len(tables), master.version)
    for tag in sorted(tables):
        writer[tag] = tables[tag]
    writer.close()
    return out.getvalue()


def covers(path: Path, text: str) -> bool:
    """Whether the font has a glyph for every character of ``text``."""
    return all(ord(char) in _open(path).cmap for char in text if not char.isspace())


@cache
def _open(path: Path) -> _Master:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        order = {name: number for number, name in enumerate(font.getGlyphOrder())}
        offsets = font["loca"].locations
        glyf: Any = font["glyf"]
        whole = font.reader["glyf"]
        parts = {
            number: tuple(order[part] for part in glyf[name].getComponentNames(glyf))
            for name, number in order.items()
            if glyf[name].isComposite()
        }
        return _Master(
            version=font.sfntVersion,
            tables={tag: font.reader[tag] for tag in font.reader.keys()},  # noqa: SIM118 -- no mapping, has no __iter__
            outlines=tuple(whole[offsets[at] : offsets[at + 1]] for at in range(len(order))),
            cmap={point: order[name] for point, name in font.getBestCmap().items()},
            parts=parts,
        )


def _closure(master: _Master, glyphs: set[int]) -> set[int]:
    """The glyphs with all that they are composed of."""
    waiting = list(glyphs)
    while waiting:
        new = set(master.parts.get(waiting.pop(), ())) - glyphs
        glyphs |= new
        waiting += new
    return glyphs


def _loca(outlines: list[bytes], head: bytes) -> bytes:
    """Where each outline starts; half the offset in the short form (OpenType, ``loca``)."""
    offsets = [0]
    for outline in outlines:
        offsets.append(offsets[-1] + len(outline))
    long = struct.unpack(">h", head[50:52])[0]
    if long:
        return struct.pack(f">{len(offsets)}L", *offsets)
    return struct.pack(f">{len(offsets)}H", *(offset // 2 for offset in offsets))


def _cmap(cmap: Mapping[int, int]) -> bytes:
    """A character map in two forms (OpenType, ``cmap``): format 4, which old readers know, and 12, which holds all."""
    runs = _runs(cmap)
    whole = b"".join(struct.pack(">LLL", *run) for run in runs)
    tables = (
        (1, _format_4([run for run in runs if run[1] < LAST_OF_BMP])),
        (10, struct.pack(">HHLLL", 12, 0, 16 + len(whole), 0, len(runs)) + whole),
    )
    at = 4 + 8 * len(tables)
    head = struct.pack(">HH", 0, len(tables))
    for encoding, table in tables:
        head += struct.pack(">HHL", WINDOWS, encoding, at)
        at += len(table)
    return head + b"".join(table for _, table in tables)


def _runs(cmap: Mapping[int, int]) -> list[tuple[int, int, int]]:
    """First and last code point, and first glyph, of each run in which both count up by one; none leaves a plane."""
    runs: list[tuple[int, int, int]] = []
    for point, glyph in sorted(cmap.items()):
        if runs and runs[-1][1] == point - 1 and point & 0xFFFF and glyph - runs[-1][2] == point - runs[-1][0]:
            runs[-1] = (runs[-1][0], point, runs[-1][2])
        else:
            runs.append((point, point, glyph))
    return runs


def _format_4(runs: list[tuple[int, int, int]]) -> bytes:
    closed = [*runs, (LAST_OF_BMP, LAST_OF_BMP, 0)]
    count = len(closed)
    power = count.bit_length() - 1
    search = 2 << power
    columns = (
        [last for _, last, _ in closed],
        [0],
        [first for first, _, _ in closed],
        [(glyph - first) % 0x10000 for first, _, glyph in closed],
        [0] * count,
    )
    body = b"".join(struct.pack(f">{len(column)}H", *column) for column in columns)
    return struct.pack(">HHHHHHH", 4, 14 + len(body), 0, 2 * count, search, power, 2 * count - search) + body
