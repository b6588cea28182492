"""Fonts for characters that no theme has: other scripts, symbols and emoji, from packages beside the theme's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from pipeline.export.pdf import emoji
from pipeline.render.fonts import characters
from pipeline.render.theme import Theme

PACKAGES = ("manimgx_fonts", "noto_cjk_sans_jp_regular", "ziafont", "ziamath")
"""The Noto fonts of the world's scripts; DejaVu Sans for signs such as ☐ and ✗, STIX Two Math for the letters of mathematics."""

GENERAL = "NotoSans"
"""The font that is asked first: its signs fit a Latin text best."""

ENDINGS = frozenset({".ttf", ".otf", ".ttc"})


INVISIBLE = re.compile(r"[\s\u00ad\u034f\u061c\u200b-\u200f\u2060-\u206f\ufe00-\ufe0f\ufeff]")
"""Characters that no font need have: spaces, and those that only tell others how to look."""


def foreign_characters(text: str, theme: Theme) -> frozenset[str]:
    """The characters of a text that no face of the theme has."""
    known = frozenset[int]().union(*map(characters, theme.faces))
    found = frozenset(each for each in set(INVISIBLE.sub("", text)) if ord(each) not in known)
    return found | {emoji.ANY} if emoji.SEQUENCE.search(text) else found


def fallback_fonts(missing: Iterable[str]) -> tuple[Path, ...]:
    """The font files that have these characters, in a fixed order; no file for a character that none has."""
    wanted = {ord(character) for character in missing}
    chosen = []
    for path in _files():
        if not wanted:
            break
        if found := wanted & _points(path):
            chosen.append(path)
            wanted -= found
    return tuple(chosen)


@cache
def _files() -> tuple[Path, ...]:
    found: list[Path] = []
    for package in PACKAGES:
        spec = find_spec(package)  # the packages themselves are never run
        folders = spec.submodule_search_locations if spec else None
        fonts = (
            path
            for folder in folders or ()
            for path in Path(folder).rglob("*")
            if path.suffix in ENDINGS and "Italic" not in path.name
        )
        found.extend(sorted(fonts, key=lambda path: (path.name.partition("[")[0] != GENERAL, path.name)))
    return tuple(found)


@cache
def _points(path: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True, fontNumber=0) as font:
        return frozenset(font.getBestCmap())
