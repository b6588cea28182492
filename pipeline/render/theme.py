"""Themes: one folder each, laid over the default theme, so that a theme holds only what it changes."""

from __future__ import annotations

import difflib
import importlib.resources
import re
import tomllib
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from pipeline.errors import ContentError
from pipeline.render import fonts
from pipeline.render.colours import brand_tokens
from pipeline.render.fonts import WEB_CHARACTERS, Face
from pipeline.render.scene import Target

DEFAULT = "default"

SYMBOL = re.compile(r'url\("symbol:(?P<name>[a-z-]+)"\)')
VARIABLE = re.compile(r"var\(--(?P<name>[a-z0-9-]+)\)")
TOKEN = re.compile(r"(?<![a-z0-9-])--(?P<name>[a-z0-9-]++):\s*+(?P<value>[^;}]+)[;}]")
SAFE_IN_DATA = " =:/'"
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
BLANK = re.compile(r"(?<!\s)[^\S\n]*+\n\s*+")
SPARE = re.compile(r'(?P<text>"[^"]*+")|(?:(?<!\s)\s++)?+(?:(?:;\s*+)?+(?P<end>\})|(?P<sign>[{;,>]))\s*+|(?<=:)\s++')
"""What a browser reads a style sheet as well without: space around signs, and the semicolon before a brace."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A look: style sheets, document shells, symbols and fonts."""

    name: str
    layers: tuple[Traversable, ...]
    """Its own folder first, the default theme's last."""
    faces: tuple[Face, ...]

    def read(self, file: str) -> str:
        """Text of a file, as ``screen.css`` or ``symbols/info.svg``; raises FileNotFoundError when no layer has it."""
        for layer in self.layers:
            found = layer.joinpath(file)
            if found.is_file():
                return found.read_text("utf-8")
        raise FileNotFoundError(file)

    def stylesheet(
        self, target: Target, colour: str, *, faces: str = "", paper: str = "", more: Sequence[str] = ()
    ) -> str:
        """The whole style sheet of a target in the brand's colour.

        ``faces`` are its ``@font-face`` rules, ``paper`` is A4, Letter or A5 where pages have a size. Reading systems and WeasyPrint get plain values; only browsers get custom properties, which dark mode changes, and a sheet without space, which they fetch with every first page.
        """
        return faces + self._sheet(target, colour, paper, tuple(more))

    @lru_cache(maxsize=32)  # noqa: B019 -- themes are kept as long as the process lasts, and are few
    def _sheet(self, target: Target, colour: str, paper: str, more: tuple[str, ...]) -> str:
        tokens = "".join(f"--{name}:{value};" for name, value in brand_tokens(colour).items())
        files = ["tokens.css", "base.css", f"{target}.css"]
        size = ""
        if paper:
            size = f"@page{{size:{paper}}}"
            files.append(f"{target}-{paper.lower()}.css")
        files += more
        css = "\n".join((f":root{{{tokens}}}", *map(self._all, files), size))
        css = SYMBOL.sub(lambda found: self._symbol(found["name"], tokens), COMMENT.sub("", css))
        css = _packed(css) if target == "screen" else BLANK.sub("\n", resolved(css))
        return css.strip() + "\n"

    def rules(self, file: str) -> str:
        """Rules that are laid over the style sheet of print where a page calls for them; they name no token."""
        return COMMENT.sub("", self._all(file))

    def print_faces(self) -> str:
        """``@font-face`` rules of the installed files; WeasyPrint embeds what a document uses."""
        return "".join(fonts.font_face(face, face.path.as_uri(), "truetype") for face in self.faces)

    def font_paths(self) -> tuple[Path, ...]:
        """The installed font files, the only ones that a document on paper may read."""
        return tuple(face.path for face in self.faces)

    def web_faces(self, folder: str) -> str:
        """``@font-face`` rules of the files that ``web_fonts`` makes, found below ``folder``."""
        rules = []
        for face, name, points in self._web_files():
            rules.append(fonts.font_face(face, f"{folder}{name}", "woff2", fonts.short_notation(face, points)))
        return "".join(rules)

    def inline_faces(self, points: frozenset[int]) -> str:
        """``@font-face`` rules with the files in them: those that have one of the characters ``points``."""
        rules = []
        for face, _, known in self._web_files():
            if known & points:
                address = f"data:font/woff2;base64,{b64encode(fonts.woff2(face, known)).decode()}"
                rules.append(fonts.font_face(face, address, "woff2", fonts.short_notation(face, known)))
        return "".join(rules)

    def web_fonts(self) -> dict[str, bytes]:
        """WOFF2 files by name; browsers fetch only those that a page has characters for."""
        return {name: fonts.woff2(face, points) for face, name, points in self._web_files()}

    def _web_files(self) -> list[tuple[Face, str, frozenset[int]]]:
        common = fonts.ranges(WEB_CHARACTERS)
        files = []
        for face in self.faces:
            known = fonts.characters(face)
            files.append((face, f"{face.stem}.woff2", known & common))
            if len(known - common) >= fonts.WORTH_A_FILE:
                files.append((face, f"{face.stem}-more.woff2", known - common))
        return files

    def embedded_faces(self, folder: str) -> str:
        """``@font-face`` rules of the faces under their own file names, found below ``folder``, for an e-book."""
        return "".join(fonts.font_face(face, f"{folder}{face.file}", "truetype") for face in self.faces)

    def families(self) -> tuple[str, ...]:
        """Names of the font families, each once."""
        return tuple(dict.fromkeys(face.family for face in self.faces))

    def family(self, use: Literal["text", "head"]) -> tuple[Face, ...]:
        """The faces of the first family that ``--text-face`` or ``--head-face`` names."""
        named = resolved(f"{self._all('tokens.css')} --first:var(--{use}-face);")
        first = re.findall(r'--first:\s*"([^"]+)"', named)[-1]
        return tuple(face for face in self.faces if face.family == first)

    def _all(self, file: str) -> str:
        """A style sheet of the default theme, then what each theme above it adds."""
        found = [layer.joinpath(file) for layer in reversed(self.layers)]
        return "\n".join(each.read_text("utf-8") for each in found if each.is_file())

    def _symbol(self, name: str, tokens: str) -> str:
        drawing = resolved(self.read(f"symbols/{name}.svg").strip(), tokens)
        return f'url("data:image/svg+xml,{quote(drawing, safe=SAFE_IN_DATA)}")'


def resolved(css: str, tokens: str = "") -> str:
    """The style sheet with every ``var()`` replaced by its value, from ``tokens`` or itself; the last definition holds."""
    values = {found["name"]: found["value"].strip() for found in TOKEN.finditer(tokens + css)}

    def value(found: re.Match[str]) -> str:
        return VARIABLE.sub(value, values[found["name"]])

    return VARIABLE.sub(value, css)


def _packed(css: str) -> str:
    return SPARE.sub(lambda found: found["text"] or found["end"] or found["sign"] or "", css)


def theme_names() -> list[str]:
    """The themes that there are."""
    return sorted(each.name for each in _root().iterdir() if each.is_dir() and each.joinpath("theme.toml").is_file())


@cache
def load_theme(name: str) -> Theme:
    """A theme by name; raises ContentError when there is none."""
    names = theme_names()
    if name not in names:
        close = difflib.get_close_matches(name, names, n=1)
        mend = f"Did you mean {close[0]!r}?" if close else f"There are: {', '.join(names)}."
        raise ContentError(f"there is no theme {name!r}", path="content/publisher.toml", help=mend)
    own = _root().joinpath(name)
    layers = (own,) if name == DEFAULT else (own, _root().joinpath(DEFAULT))
    settings = [tomllib.loads(layer.joinpath("theme.toml").read_text("utf-8")) for layer in layers]
    rows = next(each["faces"] for each in settings if "faces" in each)
    return Theme(name, layers, tuple(Face(**row) for row in rows))


def _root() -> Traversable:
    return importlib.resources.files("pipeline").joinpath("themes")
