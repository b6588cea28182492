"""SVG drawings that only draw: no scripts, no links, nothing from elsewhere, no editor's traces."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from pipeline.render.elements import Element

SVG = "http://www.w3.org/2000/svg"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"

DRAWING = frozenset(
    """
    a circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix
    feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur
    feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter g image
    line linearGradient marker mask path pattern polygon polyline radialGradient rect stop style svg switch symbol text
    textPath title tspan use view
    """.split()  # noqa: SIM905 -- read better as words
)
"""The elements of SVG 1.1 and 2 that draw or describe; scripts, animation, foreign content and metadata are not here."""

OUTSIDE = re.compile(r"url\(\s*['\"]?\s*(?!['\"]?#)|@import|expression\s*\(|javascript:", re.IGNORECASE)
"""In a style: something to fetch or to run. ``url(#id)`` stays within the drawing."""

PICTURE_DATA = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,")


def clean_svg(data: bytes, embedded: Callable[[str], str]) -> bytes:
    """The drawing as UTF-8 with what draws alone; raises ValueError or SyntaxError when it is no well-formed SVG.

    ``embedded`` cleans the ``data:`` address of a picture inside the drawing.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(data, parser)
    if root.tag not in {f"{{{SVG}}}svg", "svg"}:
        raise ValueError("its root is not <svg>")
    for each in list(root.iter()):
        _clean(each)
    for each in root.iter(f"{{{SVG}}}image", "image"):
        for name in ("href", XLINK_HREF):
            if value := each.get(name):
                each.set(name, embedded(value))
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="utf-8") + b"\n"


def _clean(each: Element) -> None:
    if not isinstance(each.tag, str) or not _draws(each):
        _remove(each)
        return
    for name, value in list(each.attrib.items()):
        if not _is_harmless(str(name), str(value)):
            del each.attrib[name]
    if etree.QName(each).localname == "style" and OUTSIDE.search(each.text or ""):
        _remove(each)


def _draws(each: Element) -> bool:
    name = etree.QName(each)
    return name.namespace in {SVG, None} and name.localname in DRAWING


def _is_harmless(name: str, value: str) -> bool:
    local = etree.QName(name)
    if local.namespace not in {None, "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"}:
        return False
    if local.localname.lower().startswith("on") or local.localname == "base":
        return False
    if local.localname == "href":
        return value.startswith("#") or bool(PICTURE_DATA.match(value))
    return not OUTSIDE.search(value)


def _remove(each: Element) -> None:
    """Take an element out, but not the text that follows it."""
    parent = each.getparent()
    if parent is None:
        return
    if each.tail:
        before = each.getprevious()
        if before is None:
            parent.text = (parent.text or "") + each.tail
        else:
            before.tail = (before.tail or "") + each.tail
    parent.remove(each)
