"""Opening a Word document so that nothing in it can fill the machine's memory or reach outside of it."""

from __future__ import annotations

import io
import zipfile
import zlib

from pipeline.errors import UnreadableError

MOST_PARTS = 5000
MOST_XML = 32 * 1024 * 1024
"""Bytes of one XML part, unpacked."""
MOST_BYTES = 256 * 1024 * 1024
"""Bytes of all parts, unpacked."""
DEEPEST = 200
"""Elements in one another."""
MAIN = ("word/document.xml",)
_DAMAGED = "Open it in Word, let it be repaired, and save it anew."
_OTHERS = {
    "xl/workbook.xml": "an Excel workbook",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "content.xml": "an OpenDocument file (.odt)",
    "META-INF/container.xml": "an EPUB",
    "Index/Document.iwa": "a Pages document",
}


def open_document(data: bytes) -> zipfile.ZipFile:
    """The document's archive, when it is a Word document and its parts are of a size that can be read.

    Raises UnreadableError for anything else: another kind of archive, a damaged or encrypted one, one that unpacks to far more
    than it says (a zip bomb), XML that declares entities or nests too deep.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError) as error:
        raise UnreadableError(f"the document is damaged: {error}", help=_DAMAGED) from None
    names = {part.filename for part in parts}
    if "word/document.xml" not in names and not any(name.startswith("word/document") for name in names):
        found = next((what for name, what in _OTHERS.items() if name in names), "an archive of other files")
        raise UnreadableError(f"this is {found}, no Word document", help="Save it as Word (.docx), HTML or plain text.")
    _check_sizes(parts)
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _check_xml(archive, part)
    return archive


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse what says of itself that it is too large; what lies is found when it is read."""
    if len(parts) > MOST_PARTS:
        raise UnreadableError(f"the document has {len(parts)} parts", help="Copy its text into a new document.")
    if any(part.flag_bits & 0x1 for part in parts):
        raise UnreadableError("the document is encrypted", help="Open it in Word, take its password away, and save it.")
    whole = sum(part.file_size for part in parts)
    largest = max((part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))), default=0)
    if whole > MOST_BYTES or largest > MOST_XML:
        size = max(whole, largest) // 1024 // 1024
        raise UnreadableError(
            f"the document unpacks to {size} MB", help="Copy its text into a new document, without pictures."
        )


def _check_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    from lxml import etree

    try:
        with archive.open(part) as stream:
            xml = stream.read(MOST_XML + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnreadableError(f"the document is damaged: {part.filename}: {error}", help=_DAMAGED) from None
    if len(xml) > MOST_XML:
        raise UnreadableError(f"{part.filename} unpacks to more than it says", help="Do not open this document.")
    if b"<!DOCTYPE" in xml[:4096] or b"<!ENTITY" in xml:
        raise UnreadableError(f"{part.filename} declares entities, as no Word document does", help="Do not open it.")
    depth = deepest = 0
    try:
        for event, _ in etree.iterparse(
            io.BytesIO(xml), ("start", "end"), resolve_entities=False, no_network=True, huge_tree=True
        ):
            depth += 1 if event == "start" else -1
            deepest = max(deepest, depth)
            if deepest > DEEPEST:
                raise UnreadableError(
                    f"{part.filename} nests more than {DEEPEST} elements", help="Copy its text into a new document."
                )
    except etree.XMLSyntaxError as error:
        raise UnreadableError(f"the document is damaged: {part.filename}: {error.msg}", help=_DAMAGED) from None
