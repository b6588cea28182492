"""Every glyph is mapped to a character, if only to one without width.

WeasyPrint maps the second glyph of one character to nothing at all; ISO 19005-2, 6.2.11.7.2 wants all mapped.
"""

from __future__ import annotations

import re
from typing import Any

NAMELESS = re.compile(rb"^(<[0-9a-f]{4}>) <>$")


def mend(pdf: Any) -> None:
    """Complete the ToUnicode maps among a ``pydyf.PDF``'s objects."""
    for found in pdf.objects:
        lines = getattr(found, "stream", None)
        if lines and isinstance(lines[0], bytes) and lines[0].startswith(b"/CIDInit"):
            lines[:] = [NAMELESS.sub(rb"\1 <200b>", line) if isinstance(line, bytes) else line for line in lines]
