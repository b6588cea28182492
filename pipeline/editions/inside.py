"""Which edition a finished file says it is, whatever it is called and wherever it lies.

The file's metadata is asked first. Where a tool has thrown that away, the words of the file are: the id is printed in its
colophon and stands in the address of its status page.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from typing import Any
from zipfile import BadZipFile, ZipFile

from pipeline.editions.ids import ids_in, read_id

MAX_PART = 8 * 1024 * 1024
"""Bytes of one part of a book or a letter, unpacked, that are looked at."""
MAX_PARTS = 2_000
MAX_PAGES = 2_000

Said = tuple[str, Iterator[str]]
"""The id in the metadata, and the file's words, piece by piece."""

_META = re.compile(rb"""<meta\s[^>]*\bname=["']?edition["']?[^>]*>""", re.IGNORECASE)
_CONTENT = re.compile(rb"""\bcontent=["']?([0-9A-Za-z]+)""", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*+>")


def kind_of(data: bytes) -> str:
    """``pdf``, ``epub``, ``html`` or ``newsletter`` by the file's own bytes; empty for what is none of them."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"%pdf-" in head:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "epub"
    if head.startswith((b"<!doctype html", b"<html", b"<?xml", b"<!--")):
        return "html"
    if re.match(rb"[a-z][a-z0-9-]*:", head) and re.search(
        rb"^mime-version:", data[:65536], re.IGNORECASE | re.MULTILINE
    ):
        return "newsletter"
    return ""


def edition_of(data: bytes, known: Collection[str]) -> str:
    """The id of a finished file; of its words only those in ``known`` count. Empty when it says none, or is no such file."""
    reader = READERS.get(kind_of(data))
    if reader is None:
        return ""
    stated, words = reader(data)
    if stated:
        return read_id(stated)
    return next((id_ for text in words for id_ in ids_in(text) if id_ in known), "")


def _pdf(data: bytes) -> Said:
    return _xmp(data), _pdf_words(data)


def _xmp(data: bytes) -> str:
    """``xmpMM:VersionID`` of the document's metadata."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_metadata() as metadata:
            return str(metadata.get("xmpMM:VersionID", ""))
    except Exception:  # noqa: BLE001 -- a damaged file can fail anywhere in it; its words are still to be asked
        return ""


def _pdf_words(data: bytes) -> Iterator[str]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return
    try:
        for number in range(min(len(document), MAX_PAGES)):
            with suppress(pypdfium2.PdfiumError):
                yield document[number].get_textpage().get_text_bounded()
    finally:
        document.close()


def _epub(data: bytes) -> Said:
    parts = dict(_unpacked(data))
    package = next((text for name, text in parts.items() if name.endswith(".opf")), "")
    stated = re.search(r'property="schema:bookEdition"[^>]*>\s*([0-9A-Za-z]+)', package)
    return stated[1] if stated else "", (_TAG.sub(" ", text) for name, text in parts.items() if name.endswith("html"))


def _unpacked(data: bytes) -> Iterator[tuple[str, str]]:
    """The texts of a book; what is too large or damaged is passed over."""
    try:
        book = ZipFile(io.BytesIO(data))
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return
    for entry in book.infolist()[:MAX_PARTS]:
        if entry.file_size <= MAX_PART and entry.filename.endswith((".opf", ".xhtml", ".html")):
            with suppress(Exception), book.open(entry) as part:
                yield entry.filename, part.read(MAX_PART).decode("utf-8", "replace")


def _html(data: bytes) -> Said:
    return _meta(data), iter([_TAG.sub(" ", data.decode("utf-8", "replace"))])


def _meta(data: bytes) -> str:
    element = _META.search(data)
    content = _CONTENT.search(element[0]) if element else None
    return content[1].decode("ascii") if content else ""


def _letter(data: bytes) -> Said:
    """The header ``X-Edition``, the same element as in a page, or the words of either part."""
    from email import message_from_bytes
    from email.policy import default

    message: Any = message_from_bytes(data, policy=default)
    parts = [part for part in message.walk() if part.get_content_maintype() == "text"]
    bodies = [(part.get_payload(decode=True) or b"")[:MAX_PART] for part in parts]
    stated = str(message.get("X-Edition", "")) or next(filter(None, map(_meta, bodies)), "")
    return stated, (_TAG.sub(" ", body.decode("utf-8", "replace")) for body in bodies)


READERS: Mapping[str, Callable[[bytes], Said]] = {"pdf": _pdf, "epub": _epub, "html": _html, "newsletter": _letter}
