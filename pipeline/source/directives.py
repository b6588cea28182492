"""``:::disclaimer KIND`` ... ``:::``, as a block rule of the parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.rules_block import StateBlock

_MARKER = re.compile(r"(:{3,}+)\s*+((?:\S(?:.*\S)?)?)\s*$")
"""Of a line; word processors leave no-break spaces where nobody sees them, which say no more than others."""
_CODE_FENCE = re.compile(r"(`{3,}|~{3,})(.*)")
_CONTAINERS = re.compile(r"(?:>[ \t]?|(?:[-*+]|\d{1,9}[.)])[ \t]+)*+")
"""Marks of quotations and list items at the start of a line."""
_HEADING = re.compile(r"#{1,6}(?:[ \t]|$)")


@dataclass(slots=True)
class _Opening:
    line: int
    colons: int
    stop: int | None = None
    """The first heading or directive below it."""


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
    words = match[2]
    if not words:
        state.push("directive_stray", "", 0).map = [startLine, startLine + 1]
        state.line = startLine + 1
        return True
    end, closed = _find_end(state, startLine, endLine)
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


def _find_end(state: StateBlock, line: int, end: int) -> tuple[int, bool]:
    """The line of the closing marker and True; without one, the line on which to stop and False.

    One pass finds the ends of all directives below ``line`` in the same container; they are kept for when their turn comes.
    """
    known: dict[tuple[int, int], tuple[int, bool]] = state.env.setdefault("directives", {})
    if (line, state.blkIndent) not in known:
        for opening, found in _find_ends(state, line, end):
            known[opening.line, state.blkIndent] = found
    stop, closed = known[line, state.blkIndent]
    return min(stop, end), closed and stop < end


def _find_ends(state: StateBlock, first: int, end: int) -> Iterator[tuple[_Opening, tuple[int, bool]]]:
    stack: list[_Opening] = []
    line = first
    for line, marker in _markers(state, first, end):
        for opening in _without_stop(stack) if marker is None or marker[2] else ():
            opening.stop = line
        if marker is None:
            continue
        if marker[2]:
            stack.append(_Opening(line, len(marker[1])))
            continue
        closing = next((o for o in reversed(stack) if o.colons <= len(marker[1])), None)
        while closing is not None and stack:
            opening = stack.pop()
            if opening is closing:
                yield opening, (line, True)
                break
            yield opening, (line if opening.stop is None else opening.stop, False)
        if not stack:
            return
    last = _last_line(state, first, end)
    for opening in stack:
        yield opening, (last if opening.stop is None else opening.stop, False)


def _without_stop(stack: list[_Opening]) -> Iterator[_Opening]:
    """Those openings, from the top of the stack, that no heading or directive has followed yet."""
    for opening in reversed(stack):
        if opening.stop is not None:
            return
        yield opening


def _last_line(state: StateBlock, first: int, end: int) -> int:
    """The line behind the last one of the container that is being parsed."""
    outside = (line for line in range(first + 1, end) if _is_outside(state, line))
    return next(outside, end)


def _is_outside(state: StateBlock, line: int) -> bool:
    return state.sCount[line] < state.blkIndent and not state.isEmpty(line)


def _markers(state: StateBlock, first: int, end: int) -> Iterator[tuple[int, re.Match[str] | None]]:
    """Lines of directives with what their markers say, and those of headings with None; code does not count."""
    code: _Code | None = None
    for line in range(first, end):
        if line > first and _is_outside(state, line):
            return
        text = _text(state, line)
        if code and not code.is_left_by(state, line, text):
            code = None if code.is_closed_by(text) else code
        elif state.is_code_block(line):
            code = None
        elif code := _opened(state, line, text):
            continue
        elif marker := _MARKER.match(text):
            yield line, marker
        elif _HEADING.match(text):
            yield line, None


@dataclass(frozen=True, slots=True)
class _Code:
    """Fenced code (CommonMark 0.31, 4.5), also in a list item or quotation that starts on the line of its fence."""

    fence: str
    column: int
    """Where the text of the list item starts that holds it; 0 for none."""
    quoted: bool

    def is_left_by(self, state: StateBlock, line: int, text: str) -> bool:
        """Whether a line is no more in the item or quotation, which ends the code too."""
        if state.isEmpty(line):
            return self.quoted
        return state.sCount[line] < self.column or (self.quoted and not text.startswith(">"))

    def is_closed_by(self, text: str) -> bool:
        inner = text.lstrip("> \t") if self.quoted else text
        return inner.startswith(self.fence) and not inner.strip(self.fence[0] + " \t")


def _opened(state: StateBlock, line: int, text: str) -> _Code | None:
    marks = _CONTAINERS.match(text)
    before = marks[0] if marks else ""
    code = _CODE_FENCE.match(text, len(before))
    if code is None or (code[1][0] == "`" and "`" in code[2]):
        return None
    item = before.partition(">")[0]
    return _Code(code[1], state.sCount[line] + len(item) if item else 0, ">" in before)
