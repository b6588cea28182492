"""A finished EPUB, opened again: container, package and the documents of its spine, with zipfile and lxml alone."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import unquote

from lxml import etree

from pipeline.render.elements import EPUB_TYPE, Element

MIMETYPE = "application/epub+zip"
XHTML_TYPE = "application/xhtml+xml"
CONTAINER = "META-INF/container.xml"
MOST = 256 * 1024 * 1024
"""Bytes that a book may hold unpacked; ours hold far fewer."""

NAMESPACES = {
    "container": "urn:oasis:names:tc:opendocument:xmlns:container",
    "opf": "http://www.idpf.org/2007/opf",
    "x": "http://www.w3.org/1999/xhtml",
}


class DamagedError(Exception):
    """The file is no EPUB that reading systems open; the message is a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Page:
    """One document of the spine, in reading order."""

    href: str
    """Relative to the package document, as ``text/hip-thrusts.xhtml``."""
    root: Element
    nav: bool = False
    """Whether it is the navigation document."""

    @property
    def stem(self) -> str:
        """The file's name without folder and ending."""
        return posixpath.splitext(posixpath.basename(self.href))[0]

    def is_chapter(self) -> bool:
        """Whether its text is a chapter (``epub:type``)."""
        return any("chapter" in (each.get(EPUB_TYPE) or "").split() for each in self.root.iter())


@dataclass(frozen=True, slots=True)
class Book:
    """What the container holds."""

    folder: str
    pages: tuple[Page, ...]
    """The linear documents of the spine; others are no part of the reading order."""
    files: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    """Every file by its path in the container."""

    def file(self, reference: str, base: str) -> bytes | None:
        """The file that ``reference`` in the document ``base`` (relative to the package) names; None when it is not there."""
        path = posixpath.normpath(posixpath.join(self.folder, posixpath.dirname(base), unquote(reference)))
        return self.files.get(path)


def open_book(data: bytes) -> Book:
    """Open a finished file; raises DamagedError when it is not whole."""
    files = _unpack(data)
    container = _parse(files, CONTAINER)
    roots = container.xpath("//container:rootfile/@full-path", namespaces=NAMESPACES)
    if not roots:
        raise DamagedError("the container names no package document")
    path = str(roots[0])
    package = _parse(files, path)
    folder = posixpath.dirname(path)
    return Book(folder, tuple(_pages(package, folder, files)), files)


def _unpack(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            if len(set(names)) != len(names):
                raise DamagedError("two files in the container have the same name")
            if sum(entry.file_size for entry in entries) > MOST:
                raise DamagedError("the container unpacks to more than a book can be")
            files = {name: archive.read(name) for name in names}
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError) as problem:
        raise DamagedError("the container is damaged and cannot be unpacked") from problem
    first = entries[0] if entries else None
    if first is None or first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED:
        raise DamagedError("the container does not start with its media type, uncompressed")
    if files["mimetype"] != MIMETYPE.encode():
        raise DamagedError(f"the container's media type is not {MIMETYPE}")
    return files


def _parse(files: Mapping[str, bytes], path: str) -> Element:
    if path not in files:
        raise DamagedError(f"{path} is missing")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(files[path], parser)
    except etree.XMLSyntaxError as problem:
        raise DamagedError(f"{path} is not well-formed XML: {problem.msg}") from problem
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise DamagedError(f"{path} declares entities: what it says would depend on who reads it")
    return root


def _pages(package: Element, folder: str, files: Mapping[str, bytes]) -> list[Page]:
    manifest = {str(item.get("id")): item for item in package.iterfind("opf:manifest/opf:item", NAMESPACES)}
    pages = []
    for reference in package.iterfind("opf:spine/opf:itemref", NAMESPACES):
        item = manifest.get(str(reference.get("idref")))
        if item is None:
            raise DamagedError(f"the spine names {reference.get('idref')}, which the package does not list")
        if reference.get("linear") == "no" or item.get("media-type") != XHTML_TYPE:
            continue
        href = unquote(item.get("href", ""))
        root = _parse(files, posixpath.normpath(posixpath.join(folder, href)))
        pages.append(Page(href, root, "nav" in item.get("properties", "").split()))
    if not pages:
        raise DamagedError("the spine has no document to read")
    return pages
