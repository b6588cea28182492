"""What kind of file is to be imported, by what is in it rather than by its name."""

from __future__ import annotations

import re
from typing import Literal

from pipeline.errors import UnreadableError

Kind = Literal["text", "html", "word", "markdown"]

_MARKUP = re.compile(
    rb"(?i)<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h[1-6]|ul|ol|table|span|meta|title)\b"
)
_CLOSING = re.compile(rb"(?i)</(?:p|h[1-6]|li|div|ul|ol|a|html|body|article|strong|em|span|td)>")
_SAVE_AS = "Open it in the program that made it and save it as Word (.docx), HTML or plain text."
FOREIGN = (
    (b"%PDF-", "a PDF", "Import what it was made from, or copy its text into a text file."),
    (b"{\\rtf", "Rich Text (RTF)", _SAVE_AS),
    (b"\x89PNG", "a picture", "Put pictures into content/images/ and import the text."),
    (b"\xff\xd8\xff", "a picture", "Put pictures into content/images/ and import the text."),
    (b"GIF8", "a picture", "Put pictures into content/images/ and import the text."),
    (b"\x1f\x8b", "a compressed file", "Unpack it first."),
    (b"7z\xbc\xaf", "a compressed file", "Unpack it first."),
    (b"Rar!", "a compressed file", "Unpack it first."),
    (b"\x7fELF", "a program", "Name a text, HTML or Word file."),
    (b"MZ\x90", "a program", "Name a text, HTML or Word file."),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Start of a compound file: Word before 2007, and any encrypted document ([MS-CFB] 2.2, [MS-OFFCRYPTO] 2.3)."""


def kind_of(data: bytes, name: str = "") -> Kind:
    """The kind of a file. Raises UnreadableError, which says what to do, for one that cannot be imported."""
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableError(
                "the document is encrypted", help="Open it in Word, take its password away, and save it."
            )
        raise UnreadableError("this is a document of Word 97–2003 (.doc)", help="Open it in Word and save it as .docx.")
    for start, what, mend in FOREIGN:
        if data.startswith(start):
            raise UnreadableError(f"this is {what}, no text", help=mend)
    suffix = name.rpartition(".")[2].lower()
    if data.startswith(b"PK"):
        return "word"
    if suffix in {"docx", "docm", "dotx"}:
        raise UnreadableError(
            "this is no Word document (.docx)", help="It may be damaged; open it in Word and save it anew."
        )
    if suffix in {"html", "htm", "xhtml"} or _is_markup(data):
        return "html"
    return "markdown" if suffix in {"md", "markdown", "mdown", "mkd"} else "text"


def _is_markup(data: bytes) -> bool:
    """Whether text starts as HTML does, or is full of it."""
    head = data[:65536].replace(b"\0", b"")  # UTF-16, too
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start[:1] != b"<":
        return len(_CLOSING.findall(head)) >= 3 and _MARKUP.search(head) is not None  # noqa: PLR2004 -- more than a mention
    return _MARKUP.search(head) is not None
