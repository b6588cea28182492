"""The bytes of a text or HTML file as text, in whichever encoding it is."""

from __future__ import annotations

import codecs
import re

from pipeline.errors import UnreadableError, UsageError
from pipeline.source.importers.draft import Draft

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
FALLBACK = "windows-1252"
"""What browsers take a text for that says nothing and is not UTF-8 (WHATWG Encoding Standard)."""
_DECLARED = re.compile(rb"(?i)(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?([a-z0-9_:.-]{1,40})")
_HEAD = 4096
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060]")
_LINE_ENDS = re.compile("\r\n?|[\x0c\x85\u2028\u2029]")
_MOST_CONTROLS = 0.02
"""Share of control characters above which a file is no text."""


def decode_text(data: bytes, draft: Draft, *, encoding: str = "", markup: bool = False) -> str:
    """The text of a file, lines ended by line feeds, without characters that no article may hold.

    ``encoding`` is what the user says it is in; else its mark, for ``markup`` what it declares, UTF-8, or Windows-1252 decide.
    What had to be guessed or left out is noted in the draft. Raises UnreadableError for bytes that are no text, and UsageError
    for an encoding that does not exist.
    """
    text = _decoded(data, draft, encoding, markup=markup)
    text = _LINE_ENDS.sub("\n", text)
    controls = len(_CONTROLS.findall(text))
    if controls > max(8, _MOST_CONTROLS * len(text)):
        raise UnreadableError(
            "this is no text: it is full of control characters",
            help="Name a text, HTML or Word file (.docx), or its encoding with --encoding.",
        )
    if controls:
        draft.drop("control characters", f"{controls} that no article may hold")
    return _INVISIBLE.sub("", _CONTROLS.sub("", text))


def _decoded(data: bytes, draft: Draft, encoding: str, *, markup: bool) -> str:
    if encoding:
        return _as_asked(data, encoding)
    for mark, name in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if guessed := _unmarked_utf16(data):
        draft.changed.append(f"read as {guessed}, since every other byte is zero")
        return data.decode(guessed, "replace")
    declared = _declared(data) if markup else ""
    for name in ("utf-8", declared, FALLBACK):
        if not name:
            continue
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if name == FALLBACK != declared:
            draft.changed.append(f"read as {name}, since it is not UTF-8; name another with --encoding")
        return text
    draft.changed.append(f"read as {FALLBACK}; bytes that it does not know are marked by “\N{REPLACEMENT CHARACTER}”")
    return data.decode(FALLBACK, "replace")


def _as_asked(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except LookupError:
        raise UsageError(f"there is no encoding {encoding}", help="Try utf-8, windows-1252 or mac-roman.") from None
    except UnicodeDecodeError as error:
        message = f"is not in {encoding}: byte 0x{data[error.start]:02X} at offset {error.start}"
        raise UnreadableError(message, help="Leave --encoding out, or name another.") from None


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 without a mark, of mostly Latin letters: every other byte is zero."""
    head = data[:_HEAD]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if half < 4 or len(data) % 2:  # noqa: PLR2004 -- fewer letters say nothing
        return ""
    if odd > 0.8 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.8 * half and odd < 0.1 * half else ""


def _declared(data: bytes) -> str:
    """The encoding that an HTML or XML file says it is in; empty where Python has no such codec for text."""
    found = _DECLARED.search(data[:_HEAD])
    if found is None:
        return ""
    name = found[1].decode("ascii")
    try:
        info = codecs.lookup("windows-1252" if name.lower() in {"iso-8859-1", "latin1", "us-ascii", "ascii"} else name)
    except LookupError:
        return ""
    return info.name if info._is_text_encoding else ""  # noqa: SLF001 -- what bytes.decode itself looks at
