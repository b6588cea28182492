"""A page that is one file: style sheet, fonts and pictures are in it, and links lead to the publisher's site."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from urllib.parse import unquote, urlsplit

from pipeline.export.html.assets import ASSETS
from pipeline.model.publication import Picture
from pipeline.render.elements import Element, element
from pipeline.render.pictures import clean
from pipeline.render.theme import load_theme


def style(theme_name: str, colour: str, trees: Iterable[Element]) -> Element:
    """The theme's style sheet, with the fonts that have a character of the trees' text."""
    theme = load_theme(theme_name)
    points = frozenset(ord(each) for tree in trees for text in tree.itertext() for each in text)
    css = theme.stylesheet("screen", colour, faces=theme.inline_faces(points))
    return element("style", css)


def enclose(elements: Iterable[Element], pictures: Mapping[str, Picture], site: str) -> None:
    """Put the pictures into the elements that show them, and the site's address before links to other pages.

    ``pictures`` are by path; raises ExportError when one is damaged.
    """
    for outer in elements:
        for each in outer.iter("img", "link", "a"):
            if each.tag == "img":
                each.set("src", _enclosed(each.get("src", ""), pictures))
            elif each.get("rel") == "icon":
                each.set("href", _enclosed(each.get("href", ""), pictures))
            elif each.tag == "a":
                each.set("href", _on_site(each.get("href", ""), site))


def _enclosed(address: str, pictures: Mapping[str, Picture]) -> str:
    picture = pictures[unquote(address.removeprefix(ASSETS))]
    return f"data:{picture.media_type};base64,{b64encode(clean(picture).data).decode()}"


def _on_site(address: str, site: str) -> str:
    parts = urlsplit(address)
    if parts.scheme or not parts.path:
        return address
    return f"{site.rstrip('/')}/{address}"
