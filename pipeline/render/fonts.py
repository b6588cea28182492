"""The bundled fonts: which faces a theme uses, and smaller copies of them for web pages and e-books."""

from __future__ import annotations

import importlib.resources
import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.errors import ExportError

WEB_CHARACTERS = (
    "U+0020-017F, U+02C6, U+02DA, U+02DC, U+2010-203F, U+20AC, U+2122, U+2190-2193, U+21A9, U+2212, U+2264-2265, U+2713"
)
"""What a page in a language of western or central Europe needs; in CSS's notation for ``unicode-range``."""


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: a family in one weight and style."""

    family: str
    package: str
    file: str
    weight: int = 400
    style: str = "normal"

    @property
    def path(self) -> Path:
        """The font file as its package installed it; raises ExportError when the package is not there."""
        try:
            found = Path(str(importlib.resources.files(self.package))) / "files" / self.file
        except ModuleNotFoundError:
            found = Path(self.file)
        if not found.is_file():
            raise ExportError(
                f"the font {self.file} of {self.family} is not installed",
                help=f"Install the package {self.package.replace('_', '-')}.",
            )
        return found

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return Path(self.file).stem


def ranges(notation: str) -> frozenset[int]:
    """The code points of a CSS ``unicode-range``."""
    points: set[int] = set()
    for part in notation.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(points)


def notation(points: Iterable[int]) -> str:
    """Code points as a CSS ``unicode-range``, neighbours joined."""
    runs: list[tuple[int, int]] = []
    for point in sorted(points):
        if runs and runs[-1][1] == point - 1:
            runs[-1] = (runs[-1][0], point)
        else:
            runs.append((point, point))
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)


@cache
def characters(face: Face) -> frozenset[int]:
    """The code points that a face has glyphs for."""
    from fontTools.ttLib import TTFont

    with TTFont(face.path, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def subset(face: Face, points: frozenset[int], flavour: str) -> bytes:
    """A copy of a face with the glyphs of ``points`` alone, the same bytes every time.

    ``flavour`` is ``woff2`` for web pages and ``ttf`` for e-books, whose readers know it best.
    """
    from fontTools import subset as tool
    from fontTools.ttLib import TTFont

    options = tool.Options(hinting=False, notdef_outline=True, recalc_timestamp=False, name_languages=[0x409])
    options.drop_tables += ["DSIG", "meta"]
    with TTFont(face.path, recalcTimestamp=False) as font:
        maker = tool.Subsetter(options)
        maker.populate(unicodes=points & characters(face))
        maker.subset(font)
        font.flavor = "woff2" if flavour == "woff2" else None
        out = io.BytesIO()
        font.save(out, reorderTables=False)
    return out.getvalue()


def font_face(face: Face, url: str, kind: str, unicode_range: str = "") -> str:
    """An ``@font-face`` rule."""
    limits = f"unicode-range:{unicode_range};" if unicode_range else ""
    return (
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};font-style:{face.style};'
        f'font-display:swap;{limits}src:url("{url}") format("{kind}")}}\n'
    )
