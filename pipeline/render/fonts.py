"""The bundled fonts: which faces a theme uses, and smaller copies of them for web pages."""

from __future__ import annotations

import importlib.resources
import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from zlib import crc32

from pipeline.bundled import Kept
from pipeline.errors import ExportError

WEB_CHARACTERS = (
    "U+0020-00FF, U+0152-0153, U+02C6, U+02DA, U+02DC, U+2010-203F, U+20AC, U+2122, U+2190-2193, U+21A9, U+2212, U+2215, "
    "U+2219, U+2264-2265, U+2713"
)
"""What a page in a language of western Europe needs; in CSS's notation for ``unicode-range``. The rest is a file of its own."""

WORTH_A_FILE = 100
"""Characters; a face that has fewer besides leaves them to the next family."""

FEATURES = ("kern", "liga", "ccmp", "locl", "mark", "mkmk", "tnum")
"""OpenType features that the style sheets or the languages use."""

NEAR = 4
"""Code points from one to the next within one run of a short ``unicode-range``."""

WINDOWS = 3
NAMES = frozenset({0, 1, 2, 4, 5, 6, 13, 14})
"""Copyright, family, style, full name, version, PostScript name, licence and its address (OpenType, ``name``)."""


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
            found = _folder(self.package) / self.file
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


@cache
def _folder(package: str) -> Path:
    """Where a package has its font files; raises ModuleNotFoundError."""
    return Path(str(importlib.resources.files(package))) / "files"


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


def short_notation(face: Face, points: frozenset[int]) -> str:
    """The ``unicode-range`` of a file with ``points`` of a face, short: between neighbours it names a few that the face lacks.

    For one of those a browser looks into the file, and goes on to the next family.
    """
    known = characters(face)
    gaps = (range(a + 1, b) for a, b in pairwise(sorted(points)) if b - a <= NEAR)
    return notation(points.union(*(gap for gap in gaps if known.isdisjoint(gap))))


@cache
def characters(face: Face) -> frozenset[int]:
    """The code points that a face has glyphs for."""
    from fontTools.ttLib import TTFont

    with TTFont(face.path, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def woff2(face: Face, points: frozenset[int]) -> bytes:
    """A copy of a face with the glyphs of ``points`` alone, for web pages; the same bytes every time."""
    name = f"{face.stem}-{crc32(notation(points).encode()):08x}"
    kept = Kept(Path(__file__).with_name(name), [face.path, Path(__file__), *_makers()])
    data = kept.load()
    if data is None:
        data = _cut(face, points)
        kept.save(data)
    return data


def _makers() -> Iterable[Path]:
    """Of the libraries that cut and pack fonts: another version may write other bytes."""
    specs = (find_spec(name) for name in ("fontTools", "brotli"))
    return [Path(spec.origin) for spec in specs if spec is not None and spec.origin]


def _cut(face: Face, points: frozenset[int]) -> bytes:
    from fontTools import subset as tool
    from fontTools.ttLib import TTFont

    # Which names are wanted is said below: the tool would search the whole font for uses of them.
    options = tool.Options(
        hinting=False,
        notdef_outline=True,
        recalc_timestamp=False,
        layout_features=[*FEATURES],
        name_IDs=["*"],
        name_languages=["*"],
        name_legacy=True,
    )
    options.drop_tables += ["DSIG", "meta"]
    with TTFont(face.path, recalcTimestamp=False) as font:
        names = font["name"]
        names.names = [each for each in names.names if each.nameID in NAMES and each.platformID == WINDOWS]
        maker = tool.Subsetter(options)
        maker.populate(unicodes=points & characters(face))
        maker.subset(font)
        font.flavor = "woff2"
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
