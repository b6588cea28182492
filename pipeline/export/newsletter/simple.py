"""Rendered text as mail programs understand it: headings, paragraphs, lists and tables, and nothing that needs a browser."""

from __future__ import annotations

from collections.abc import Mapping
from posixpath import join
from urllib.parse import unquote

from pipeline.export.newsletter.pictures import MailPicture
from pipeline.render.elements import Element, element

BLOCKS = {
    "section": "div",
    "article": "div",
    "nav": "div",
    "footer": "div",
    "figure": "div",
    "blockquote": "div",
    "figcaption": "p",
    "pre": "div",
    "time": "span",
}
"""Elements of HTML5 and such as have margins of their own, and what stands for them."""
CLASSES = {
    "figure": "figure",
    "figcaption": "caption",
    "blockquote": "quote",
    "pre": "code",
}
KEPT_CLASSES = frozenset(
    {"disclaimer", "disclaimer-stop", "disclaimer-emergency", "disclaimer-risk", "alert", "labelled"}
)
KEPT = frozenset(
    {"href", "src", "alt", "width", "height", "id", "role", "scope", "lang", "start", "colspan", "rowspan"}
)
"""Attributes that mail programs use or proof looks for."""


def simplify(root: Element, pictures: Mapping[str, MailPicture], address: str) -> Element:
    """The tree, changed in place; a picture's address is ``address`` with the picture's name in the place of ``*``."""
    for each in list(root.iter()):
        if isinstance(each.tag, str):
            _simplify(each, pictures, address)
    for box in list(root.iter("td", "div")):
        if "disclaimer" in box.get("class", "").split():
            _boxed(box)
    return root


def _simplify(each: Element, pictures: Mapping[str, MailPicture], address: str) -> None:
    classes = each.get("class", "").split()
    if each.tag == "img":
        _picture(each, pictures, address, classes)
        return
    if each.tag == "a" and ("backlink" in classes or each.get("role") == "doc-noteref"):
        _unlink(each, gone="backlink" in classes)
        return
    if each.tag == "div" and "table-scroll" in classes:
        each.attrib.clear()
    kept = [name for name in classes if name in KEPT_CLASSES]
    if "part-key-points" in classes:
        kept.append("key-points")
    if {"notes", "part-sources", "review"} & set(classes):
        kept.append("small")
    if each.tag == "table":
        kept.append("data")
    kept += [CLASSES[str(each.tag)]] if each.tag in CLASSES else []
    for name in list(each.attrib):
        if name not in KEPT or (name == "role" and each.get("role") != "doc-notice"):
            del each.attrib[name]
    if each.get("id", "").startswith(("contents", "fnref-")):
        del each.attrib["id"]
    if kept:
        each.set("class", " ".join(kept))
    each.tag = BLOCKS.get(str(each.tag), each.tag)


def _picture(image: Element, pictures: Mapping[str, MailPicture], address: str, classes: list[str]) -> None:
    found = pictures[unquote(image.get("src", ""))]
    alt = image.get("alt", "")
    image.attrib.clear()
    wide = round(24 * found.width / found.height) if "logo" in classes else found.width
    size = {"width": str(wide), "height": "24" if "logo" in classes else str(found.height)}
    image.attrib.update({"src": join(address.replace("*", found.name)), "alt": alt, **size})


def _unlink(link: Element, *, gone: bool) -> None:
    """Links within a text lead nowhere in most mail programs: a mark stays as a mark, a way back goes."""
    parent = link.getparent()
    if parent is None:
        return
    words = "" if gone else "".join(link.itertext())
    rest = words + (link.tail or "")
    before = link.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + rest
    else:
        parent.text = (parent.text or "") + rest
    parent.remove(link)


def _boxed(box: Element) -> None:
    """Put a box into a table, since Outlook knows padding of cells alone."""
    parent = box.getparent()
    if parent is None:
        return
    at = parent.index(box)
    tail, box.tail = box.tail, None
    box.tag = "td"
    made = element("table", element("tbody", element("tr", box)), class_="box", role="presentation")
    made.attrib.update({"cellpadding": "0", "cellspacing": "0", "border": "0", "width": "100%"})
    made.tail = tail
    parent.insert(at, made)
