"""What comes from the editor, within limits: before pygls makes anything of a message, it is neither too long nor too deep."""

from __future__ import annotations

import io
import re

from pipeline.errors import UsageError

MOST_BYTES = 64 * 1024**2
"""Of one message; a text has at most 2 MB, and each of its bytes at most six in JSON."""
DEEPEST = 100
"""Lists and objects in one another; the protocol needs a dozen."""
LONGEST_LINE = 8 * 1024
"""Bytes of a line of the header."""

_LENGTH = re.compile(rb"Content-Length: ([0-9]++)\r\n")
_MARKS = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|(?P<opens>[\[{])|(?P<closes>[\]}])', re.DOTALL)


class Messages(io.BufferedReader):
    """The editor's end of the pipe (LSP 3.17, base protocol). Reading raises UsageError for what no editor sends."""

    def readline(self, size: int | None = -1, /) -> bytes:
        """The next line of a header."""
        line = super().readline(LONGEST_LINE if size is None or size < 0 else size)
        if len(line) == LONGEST_LINE:
            raise _wrong(f"a line of more than {LONGEST_LINE // 1024} KB in its header")
        announced = _LENGTH.fullmatch(line)
        if announced and (len(announced[1]) > len(str(MOST_BYTES)) or int(announced[1]) > MOST_BYTES):
            raise _wrong(f"more than {MOST_BYTES // 1024**2} MB")
        return line

    def read(self, size: int | None = -1, /) -> bytes:
        """The body of a message."""
        body = super().read(size)
        if _is_deep(body):
            raise _wrong(f"more than {DEEPEST} lists and objects in one another")
        return body


def _wrong(what: str) -> UsageError:
    return UsageError(f"a message from the editor has {what}", help="Restart the language server in the editor.")


def _is_deep(body: bytes) -> bool:
    depth = 0
    for mark in _MARKS.finditer(body):
        depth += (mark.lastgroup == "opens") - (mark.lastgroup == "closes")
        if depth > DEEPEST:
            return True
    return False
