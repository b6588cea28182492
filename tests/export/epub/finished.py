"""Finished books taken apart and put together again, as somebody who tampers with them would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import cache

from lxml import etree

from pipeline.export.epub import FORMAT
from pipeline.model.proof import OutputFile, Proof
from pipeline.model.publication import Publication
from tests.export.epub import books
from tests.publications import requirements, sample

BOOKS = {
    "sample": sample,
    "torture": books.torture,
    "book": books.book,
    "right-to-left": books.right_to_left,
    "paged": books.paged,
}
"""Publications by name."""


@cache
def publication(name: str) -> Publication:
    """A publication, made once."""
    return BOOKS[name]()


@cache
def finished(name: str) -> OutputFile:
    """The finished file of a publication, made once."""
    return FORMAT.export(publication(name))[0]


def files(data: bytes) -> dict[str, bytes]:
    """Every file of the container, in its order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(contents: Mapping[str, bytes]) -> bytes:
    """A container of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return out.getvalue()


def document(name: str, path: str) -> etree._Element:
    """A parsed document of a finished book, its path relative to the package."""
    return etree.fromstring(files(finished(name).data)[f"EPUB/{path}"])


def proof(data: bytes, name: str = "sample") -> Proof:
    """What is proven of a file that should be a publication's book."""
    file = OutputFile(f"epub/{name}.epub", "application/epub+zip", data)
    return FORMAT.verify(file, requirements(publication(name)), lambda _: None)
