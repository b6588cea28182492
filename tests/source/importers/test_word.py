"""Word documents that are damaged, hostile or none at all get one clear message."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.errors import UnreadableError
from pipeline.profiles import load_profiles
from pipeline.source.importers import Imported, Options, import_article, word_archive
from tests.source.importers.documents import document, packed, paragraph

OPTIONS = Options(load_profiles(None), "en-GB")
WORDS = paragraph("How to Row", "Title") + paragraph(
    "Rows train the back and the arms of most people who do them twice a week."
)


def imported(data: bytes, name: str = "document.docx") -> Imported:
    return import_article(data, name, OPTIONS)


def archive(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written:
        for name, data in parts.items():
            written.writestr(name.replace("__", "/"), data)
    return made.getvalue()


def nested(depth: int) -> str:
    return "<w:sdt><w:sdtContent>" * depth + paragraph("deep") + "</w:sdtContent></w:sdt>" * depth


def bomb() -> bytes:
    """A document that says that it is small."""
    data = bytearray(packed(document(WORDS + "<!-- " + " " * (word_archive.MOST_XML + 10) + " -->")))
    return bytes(data)


BAD = {
    "an old .doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Word 97"),
    "an encrypted document": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64) + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
    ),
    "a PDF": (b"%PDF-1.7\n...", "a PDF"),
    "Rich Text": (rb"{\rtf1\ansi words}", "Rich Text"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(40), "a picture"),
    "text with the wrong name": (b"These are only words.", "no Word document"),
    "an archive of other files": (archive(**{"readme.txt": b"x"}), "archive of other files"),
    "a spreadsheet": (archive(**{"xl__workbook.xml": b"<x/>"}), "Excel"),
    "an OpenDocument file": (archive(**{"content.xml": b"<x/>"}), "OpenDocument"),
    "an archive cut off": (packed(document(WORDS))[:-200], "damaged"),
    "a document that unpacks to far more": (bomb(), "unpacks to"),
    "a document whose XML is broken": (packed({"word/document.xml": b"<w:document"}), "damaged"),
    "a document that declares entities": (
        packed({"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'}),
        "declares entities",
    ),
    "a document that nests without end": (packed(document(nested(5000))), "nests more than"),
    "bytes in the place of a part": (packed({**document(WORDS), "word/styles.xml": b"\x00\x01\x02"}), "damaged"),
}


@pytest.mark.parametrize("case", sorted(BAD))
def test_what_cannot_be_read_is_said_in_one_message(case: str):
    data, message = BAD[case]
    with pytest.raises(UnreadableError) as raised:
        imported(data)
    assert message in raised.value.message
    assert raised.value.help
    assert "\n" not in raised.value.message


def test_a_document_is_known_by_what_is_in_it_whatever_it_is_called():
    assert imported(packed(document(WORDS)), "copy of row (2)").title == "How to Row"


def test_pictures_that_lie_outside_of_the_document_are_not_read():
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId9" Type="{link}" Target="file:///etc/hostname" TargetMode="External"/></Relationships>'
    )
    picture = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData>'
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
        '<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:link="rId9"/>'
        "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    parts = {**document(WORDS + picture), "word/_rels/document.xml.rels": relations.encode()}
    try:
        article = imported(packed(parts))
    except UnreadableError:
        return
    assert list(article.embedded.values()) == []


def test_a_title_set_as_plain_text_above_many_large_headings_is_the_title():
    sections = "".join(
        paragraph(name, "Heading1") + paragraph("Rows train the back and the arms of most people who do them.")
        for name in ("Warming up first", "Pulling for real")
    )
    made = imported(packed(document(paragraph("How to row at home") + sections)))
    assert made.title == "How to row at home"
    assert "## Warming up first\n" in made.body({})
    assert made.dropped == ()
