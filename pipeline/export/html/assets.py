"""What pages share: style sheet and fonts, and the pictures. The same publisher's pages have the same."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pipeline.model.proof import OutputFile
from pipeline.model.publication import Picture
from pipeline.render.pictures import clean
from pipeline.render.theme import load_theme

FOLDER = "html"
"""Below ``build/``."""
ASSETS = "assets/"
"""Below ``html/``; a picture keeps its path below it."""


def stylesheet_url(theme: str) -> str:
    """Address of a theme's style sheet, as a page writes it."""
    return f"{ASSETS}{theme}.css"


@lru_cache(maxsize=8)
def look(theme_name: str, colour: str, folder: str = FOLDER, more: tuple[str, ...] = ()) -> tuple[OutputFile, ...]:
    """The style sheet, with ``more`` of the theme's files in it, and the fonts that it names, below ``folder``."""
    theme = load_theme(theme_name)
    css = theme.stylesheet("screen", colour, faces=theme.web_faces("fonts/"), more=more)
    sheet = OutputFile(f"{folder}/{stylesheet_url(theme_name)}", "text/css", css.encode())
    fonts = (
        OutputFile(f"{folder}/{ASSETS}fonts/{name}", "font/woff2", data)
        for name, data in sorted(theme.web_fonts().items())
    )
    return (sheet, *fonts)


def pictures(used: Iterable[Picture], folder: str = FOLDER) -> list[OutputFile]:
    """The pictures without their metadata, below ``folder``; raises ExportError when one is damaged."""
    return [
        OutputFile(f"{folder}/{ASSETS}{each.path}", each.media_type, clean(each).data)
        for each in sorted(used, key=lambda each: each.path)
    ]
