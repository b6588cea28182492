"""Characters that nothing of a content tree may hold, and no output does."""

from __future__ import annotations

import re
import unicodedata

_NONCHARACTERS = "\ufdd0-\ufdef\ufffe\uffff" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
"""Unicode 15, section 23.7."""
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
"""What they look like is a matter of one font: anywhere else they are boxes."""
_LOST = "\N{REPLACEMENT CHARACTER}"
"""What programs write where they could not read a character."""

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls but tab and line ends (XML 1.0, section 2.2, refuses most)
    "\u202a-\u202e\u2066-\u2069"  # bidirectional embeddings, overrides and isolates (CVE-2021-42574)
    f"{_PRIVATE}{_LOST}{_NONCHARACTERS}]"
)

_SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ue000-\uf8ff\ufdd0-\ufdef\ufffd-\uffff"
    "\U00010000-\U0010ffff]"
)
"""All of them and whatever lies beyond plane 0, which is looked for in a tenth of the time that so many planes take."""
_PLAIN = bytes({*range(0x20, 0x7F), 0x09, 0x0A, 0x0D})
"""The ASCII characters that are allowed."""

NAMES = {
    "\x00": "NUL",
    "\x07": "BELL",
    "\x08": "BACKSPACE",
    "\x0b": "VERTICAL TAB",
    "\x0c": "FORM FEED",
    "\x1b": "ESCAPE",
    "\x7f": "DELETE",
    "\x85": "NEXT LINE",
}


def find_forbidden(text: str) -> list[re.Match[str]]:
    """Every forbidden character of ``text``, in order."""
    if text.isascii():
        return list(FORBIDDEN.finditer(text)) if text.encode().translate(None, _PLAIN) else []
    return list(FORBIDDEN.finditer(text)) if _SUSPECT.search(text) else []


def describe(character: str) -> str:
    """A forbidden character in words, with its code point: ``the control character NUL (U+0000)``."""
    point = f"U+{ord(character):04X}"
    name = NAMES.get(character) or unicodedata.name(character, "")
    kind = _kind(character)
    return f"{kind} {name} ({point})" if name else f"{kind} {point}"


def _kind(character: str) -> str:
    if "\u2000" < character < "\u2070":
        return "the text-direction character"
    kinds = {"Co": "the private-use character", "Cn": "the noncharacter", "So": "the character"}
    return kinds.get(unicodedata.category(character), "the control character")
