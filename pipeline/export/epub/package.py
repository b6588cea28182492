"""The book as EbookLib writes it, with a way round each of its traps; issue numbers are EbookLib's."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.export.epub.metadata import Statement
from pipeline.render.elements import NOT_XML

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Item:
    """One resource of the package."""

    id: str
    href: str
    media_type: str
    data: bytes
    properties: str = ""
    """Those of the manifest, as ``nav`` or ``svg``."""


@dataclass(frozen=True, slots=True)
class Package:
    """All that the package document says."""

    identifier: str
    title: str
    language: str
    right_to_left: bool
    modified: datetime
    statements: Sequence[Statement]
    items: Sequence[Item]
    spine: Sequence[str]
    """Ids of items in reading order."""


def write(package: Package) -> bytes:
    """The EPUB as EbookLib packs it, with the times of now. Errors are raised, never only logged (as they are by default)."""
    from ebooklib import epub

    class Writer(epub.EpubWriter):  # type: ignore[misc]  # EbookLib publishes no types
        """A writer that says the package's language, which Ace asks for and EbookLib has no option for."""

        def _write_opf_file(self, root: Any) -> None:
            root.set(XML_LANG, package.language)
            # there is no NCX, but EbookLib always points to one
            del root.find("spine").attrib["toc"]
            super()._write_opf_file(root)

    book = epub.EpubBook()
    book.IDENTIFIER_ID = "publication-id"
    book.set_identifier(package.identifier)
    book.set_title(NOT_XML.sub("", package.title))
    book.set_language(package.language)
    if package.right_to_left:
        book.set_direction("rtl")
    _describe(book, package.statements)
    for item in package.items:
        # whole documents as plain items: EpubHtml drops head content and changes SVG attributes (#294, #76)
        made = epub.EpubItem(item.id, item.href, item.media_type, item.data)
        if item.properties:
            made.properties = [item.properties]
        book.add_item(made)
    book.spine = list(package.spine)
    out = io.BytesIO()
    # any element with epub:type and id would go to a page list of its own making: epub3_pages
    options = {"epub3_pages": False, "epub3_landmark": False, "package_direction": True}
    Writer(out, book, {**options, "mtime": package.modified, "compresslevel": 0}).write()
    return out.getvalue()


def _describe(book: Any, statements: Iterable[Statement]) -> None:
    for each in statements:
        prefix, _, name = each.name.partition(":")
        # EbookLib leaves out, without an error, what XML has no place for
        value = NOT_XML.sub("", each.value)
        if prefix == "dc":
            book.add_metadata("DC", name, value, each.attributes)
        else:
            book.add_metadata(None, "meta", value, {"property": each.name, **each.attributes})
    # what reading systems of EPUB 2 look for
    book.add_metadata(None, "meta", "", {"name": "cover", "content": "cover-image"})
