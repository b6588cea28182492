"""Characters that nothing of a content tree may hold, and no output does."""

from __future__ import annotations

import re
import unicodedata

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls but tab and line ends (XML 1.0, section 2.2, refuses most)
    "\u202a-\u202e\u2066-\u2069"  # bidirectional embeddings, overrides and isolates (CVE-2021-42574)
    "\ufffe\uffff]"
)

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
    return list(FORBIDDEN.finditer(text))


def describe(character: str) -> str:
    """A forbidden character in words, with its code point: ``the control character NUL (U+0000)``."""
    point = f"U+{ord(character):04X}"
    name = NAMES.get(character) or unicodedata.name(character, "")
    kind = "the text-direction character" if "\u2000" < character < "\u2070" else "the control character"
    return f"{kind} {name} ({point})" if name else f"{kind} {point}"
