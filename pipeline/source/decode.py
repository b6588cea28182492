"""The bytes of a file as text, and what is wrong with its characters (P03)."""

from __future__ import annotations

import codecs

from pipeline.model.characters import describe, find_forbidden
from pipeline.model.lines import LineIndex, line_index
from pipeline.model.nodes import Span
from pipeline.source.findings import Findings

SAVE_AS_UTF8 = "Save it as UTF-8."
OTHER_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}


def decode(data: bytes, findings: Findings) -> str | None:
    """The text of a UTF-8 file without its byte order mark; None when it is in another encoding.

    Reports bytes that are not UTF-8, and characters that no article may hold, each at its place.
    """
    for mark, name in OTHER_MARKS.items():
        if data.startswith(mark):
            findings.add("P03", f"the file is in {name}, not UTF-8", Span(1, 1, 1, 1), SAVE_AS_UTF8)
            return None
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        index = LineIndex(data[: error.start].decode("utf-8") + " ")
        place = index.place(len(data[: error.start].decode("utf-8")))
        span = Span(*place, place[0], place[1] + 1)
        findings.add("P03", f"the byte 0x{data[error.start]:02X} is not UTF-8", span, SAVE_AS_UTF8)
        return None
    for match in find_forbidden(text):
        index = line_index(text)
        message = f"{describe(match.group())} is not allowed in an article"
        findings.add("P03", message, index.span(match.start(), match.end()), "Delete it.")
    return text
