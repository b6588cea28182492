"""Build HTML elements: the one place where text becomes markup, so that none is ever put together from strings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from lxml import etree

Element = etree._Element  # noqa: SLF001 -- the type has no public name
Content = Element | str

EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
XHTML = "http://www.w3.org/1999/xhtml"

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (section 2.2) has no place for; HTML forbids nearly all of it, too."""


ADDRESSES = frozenset({"href", "src", "style"})
"""Attributes that name files, which must stay as they are."""


def written(text: str) -> str:
    """A text as it stands in a file: without what XML forbids, its accents in Normalization Form C.

    That form is what the Character Model for the Web (section 3) asks of authors' tools.
    """
    if text.isascii() and text.isprintable():
        return text  # as nearly all is
    return unicodedata.normalize("NFC", NOT_XML.sub("", text))


def element(tag: str, *content: Content, **attributes: str | None) -> Element:
    """An element with attributes and content; ``class_`` and ``for_`` lose their underscore, others turn ``_`` to ``-``.

    Attributes that are None or empty are left out, apart from ``alt``.
    """
    made = etree.Element(tag)
    for name, value in attributes.items():
        if value or (value is not None and name == "alt"):
            key = _key(name)
            made.set(key, NOT_XML.sub("", value) if key in ADDRESSES else written(value))
    if content:
        extend(made, content)
    return made


@cache
def _key(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def extend(parent: Element, content: Iterable[Content]) -> None:
    """Put text and elements at the end of ``parent``."""
    last = parent[-1] if len(parent) else None
    for piece in content:
        if not isinstance(piece, str):
            parent.append(piece)
            last = piece
        elif last is not None:
            last.tail = (last.tail or "") + written(piece)
        else:
            parent.text = (parent.text or "") + written(piece)


def class_names(*names: str | None) -> str:
    """The names that are there, joined by spaces."""
    return " ".join(name for name in names if name)


def joined(groups: Iterable[list[Content]], separator: str) -> list[Content]:
    """The groups' content in one list, with a separator between groups."""
    out: list[Content] = []
    for group in groups:
        if out:
            out.append(separator)
        out.extend(group)
    return out
