"""SVG (SVG 2, in secure static mode: no scripts, no outside files, no foreign markup)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.model.characters import FORBIDDEN, describe
from pipeline.source.pictures.parts import DamagedError, ReadPicture
from pipeline.source.pictures.svg_uses import refuse_bombs

if TYPE_CHECKING:
    from lxml import etree

SVG = "http://www.w3.org/2000/svg"
XML = "{http://www.w3.org/XML/1998/namespace}"
_FORBIDDEN = frozenset(
    {"script", "foreignObject", "iframe", "object", "embed", "audio", "video", "canvas", "handler", "listener"}
)
_FOREIGN = "http://www.w3.org/1999/xhtml"
_CHANGING = frozenset({"set", "animate"})
_MOST_ATTRIBUTES = 1000
"""Of one element; libxml2 looks through all for each."""
_LONGEST = 1_000_000
"""Pixels of a side."""
_MOST_EFFECT = {"numOctaves": 16, "radius": 500, "stdDeviation": 500}
"""Numbers of filters that grow the work without end (Filter Effects 1, sections 9.8, 9.14 and 9.21)."""
_NUMBER = re.compile(r"(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)?")
_METADATA = frozenset({"metadata"})
_INLINE_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,", re.IGNORECASE)
_OUTSIDE_STYLE = re.compile(r"@import|url\(\s*+[\"']?+(?!#|data:image/)|(?:image-set|\bsrc)\(", re.IGNORECASE)
_LENGTH = re.compile(
    r"\s*+((?:[0-9]++(?:\.[0-9]++)?|\.[0-9]++)(?:e[+-]?[0-9]++)?)\s*+(px|pt|pc|mm|cm|in|q)?\s*+", re.IGNORECASE
)
_PIXELS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96, "q": 96 / 101.6}


def read_svg(data: bytes) -> ReadPicture:
    """Parse safely, refuse what reaches outside, drop comments and metadata. Raises DamagedError."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedError(f"it is not well-formed XML: {error}") from None
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise DamagedError("it declares entities")
    if etree.QName(root).localname != "svg":
        raise DamagedError("its outermost element is no <svg>")
    if etree.QName(root).namespace != SVG:  # browsers would show nothing
        raise DamagedError(f'its <svg> lacks xmlns="{SVG}"')
    for element in list(root.iter(etree.Element)):
        _check(element)
    for element in [element for element in root.iter(etree.Element) if _name(element) in _METADATA]:
        _remove(element)
    refuse_bombs(root)
    etree.cleanup_namespaces(root)
    width, height = _size(root)
    return ReadPicture(width, height, etree.tostring(root, encoding="utf-8") + b"\n")


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _check(element: etree._Element) -> None:
    name = _name(element)
    if name in _FORBIDDEN or _FOREIGN in str(element.tag):
        raise DamagedError(f"it holds <{name}>")
    if len(element.attrib) > _MOST_ATTRIBUTES:
        raise DamagedError(f"its <{name}> has more than {_MOST_ATTRIBUTES:,} attributes")
    for words in (element.text or "", element.tail or ""):
        _refuse_characters(words)
    if name == "style" and _OUTSIDE_STYLE.search(_unescaped("".join(str(text) for text in element.itertext()))):
        raise DamagedError("its style refers to something outside the picture")
    for key, value in element.attrib.items():
        attribute = str(key).rpartition("}")[2]
        words = str(value).strip()
        _refuse_characters(words)
        if attribute == "base":
            raise DamagedError(f"it refers to something outside the picture, in `{key.replace(XML, 'xml:')}`")
        if attribute in _MOST_EFFECT and any(float(n) > _MOST_EFFECT[attribute] for n in _NUMBER.findall(words)):
            raise DamagedError(f"its effect is too large, in `{attribute}`")
        if attribute.lower().startswith("on"):
            raise DamagedError(f"it holds a script, in `{attribute}`")
        if (
            name in _CHANGING
            and attribute == "attributeName"
            and re.search(r"(?:^|:)(?:href|src|on\w*)$", words, re.IGNORECASE)
        ):
            raise DamagedError(f"it changes where it leads, in `{words[:60]}`")
        reference = attribute in {"href", "src"} or (name in _CHANGING and "script:" in words.lower())
        if reference and not words.startswith("#") and not _INLINE_PICTURE.match(words):
            raise DamagedError(f"it refers to something outside the picture: `{words[:60]}`")
        if attribute != "href" and _OUTSIDE_STYLE.search(_unescaped(words)):
            raise DamagedError(f"it refers to something outside the picture, in `{attribute}`")


def _refuse_characters(words: str) -> None:
    found = FORBIDDEN.search(words)
    if found:
        raise DamagedError(f"it holds {describe(found.group())}")


def _unescaped(style: str) -> str:
    """CSS without comments, and with its escapes read (CSS Syntax 3, section 4.3.7)."""
    without_comments = re.sub(r"/\*.*?(?:\*/|\Z)", "", style, flags=re.DOTALL)
    return re.sub(r"\\([0-9a-fA-F]{1,6})\s?", _character, without_comments).replace("\\", "")


def _character(match: re.Match[str]) -> str:
    point = int(match[1], 16)
    return chr(point) if 0 < point <= 0x10FFFF else "\N{REPLACEMENT CHARACTER}"


def _remove(element: etree._Element) -> None:
    """Take an element away but leave the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    tail = element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _size(root: etree._Element) -> tuple[int, int]:
    """Width and height in user units: as given, else those of the view box, else 0. Raises DamagedError beyond all measure."""
    sides = _sides(root)
    if max(sides) > _LONGEST:
        raise DamagedError(f"a side of it is longer than {_LONGEST:,} pixels")
    return round(sides[0]), round(sides[1])


def _sides(root: etree._Element) -> tuple[float, float]:
    box = re.split(r"[\s,]+", str(root.get("viewBox", "")).strip())
    sides = [_length(part) for part in box[2:4]] if len(box) == 4 else [0, 0]
    width, height = _length(str(root.get("width", ""))), _length(str(root.get("height", "")))
    if width and height:
        return width, height
    if width and all(sides):
        return width, width * sides[1] / sides[0]
    if height and all(sides):
        return height * sides[0] / sides[1], height
    return sides[0], sides[1]


def _length(text: str) -> float:
    match = _LENGTH.fullmatch(text)
    return float(match[1]) * _PIXELS[(match[2] or "").lower()] if match else 0
