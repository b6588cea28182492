"""``:::disclaimer KIND`` ... ``:::``, as a block rule of the parser."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

_MARKER = re.compile(r"(:{3,})[ \t]*(.*?)[ \t]*$")
_CODE_FENCE = re.compile(r"(`{3,}|~{3,})(.*)")
_HEADING = re.compile(r"#{1,6}(?:[ \t]|$)")


def directive(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: N803 - markdown-it's names
    """Push ``directive_open`` (``info``: the words after the colons; ``meta["closed"]``), what it holds, and a close.

    A closing marker that closes nothing becomes a ``directive_stray``. A directive without a close ends before the next
    heading or directive, so that one slip does not swallow the sections below.
    """
    match = None if state.is_code_block(startLine) else _MARKER.match(_text(state, startLine))
    if match is None:
        return False
    if silent:
        return True
    colons, words = match.groups()
    if not words:
        state.push("directive_stray", "", 0).map = [startLine, startLine + 1]
        state.line = startLine + 1
        return True
    end, closed = _find_end(state, startLine + 1, endLine, len(colons))
    token = state.push("directive_open", "", 1)
    token.info = words
    token.meta["closed"] = closed
    token.map = [startLine, end + closed]
    parent_type, line_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "directive", end
    state.md.block.tokenize(state, startLine + 1, end)
    state.parentType, state.lineMax = parent_type, line_max
    state.push("directive_close", "", -1)
    state.line = end + closed
    return True


def _text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _find_end(state: StateBlock, first: int, end: int, colons: int) -> tuple[int, bool]:
    """The line of the closing marker and True; without one, the line on which to stop and False."""
    fence = ""
    depth = 1
    stop = end
    for line in range(first, end):
        text = _text(state, line)
        if text and state.sCount[line] < state.blkIndent:
            return min(line, stop), False
        if state.is_code_block(line):
            continue
        if fence:
            if text.startswith(fence) and not text.strip(fence[0] + " \t"):
                fence = ""
            continue
        code = _CODE_FENCE.match(text)
        if code and not (code[1][0] == "`" and "`" in code[2]):
            fence = code[1]
            continue
        marker = _MARKER.match(text)
        if marker and marker[2]:
            depth += 1
        elif marker and len(marker[1]) >= (colons if depth == 1 else 3):
            depth -= 1
            if depth == 0:
                return line, True
        if stop == end and ((marker and marker[2]) or _HEADING.match(text)):
            stop = line
    return stop, False
