"""The parser of blocks: those that patterns tell are taken at once, and every other has its place in the text."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from pipeline.source.ready_blocks import Ready, after_blank_lines, ready_block
from pipeline.source.starting_rules import rules_by_character

MAX_BLOCK_DEPTH = 32
"""Quotations, lists and directives in one another; deeper ones are kept as flat text and reported (P06)."""

_STARTS = {
    "directive": ":",
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*-+0123456789",
    "footnote_def": "[",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
}
"""What the block rules start with that know it by one character. Of the others, only a paragraph needs no second line or blanks."""

Environment = MutableMapping[str, Any]
Rule = Callable[[StateBlock, int, int, bool], bool]


class PlacedBlocks(StateBlock):
    """Block parsing that gives each block's first token ``meta["start"]``, an offset in the text."""

    def __init__(self, src: str, md: MarkdownIt, env: Environment, tokens: list[Token]) -> None:
        super().__init__(src, md, env, tokens)
        self.depth = 0

    def start(self, line: int) -> int:
        """Offset of the first character of ``line`` that belongs to the block being parsed."""
        return self.bMarks[line] + self.tShift[line]

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Add a token; a list item's gets its place, which only now is known."""
        token = super().push(ttype, tag, nesting)
        if ttype == "list_item_open":
            token.attrs["at"] = self.start(self.line)  # the list rule may put another `meta` in place later
        return token


class BlockParser(ParserBlock):
    """Block parsing that knows where each block starts, and that stops before it nests too deep."""

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 - markdown-it's names
        """Parse lines up to ``endLine``, or what belongs to the container that is being parsed."""
        assert isinstance(state, PlacedBlocks)
        if state.depth >= MAX_BLOCK_DEPTH:
            _flatten(state, startLine, endLine)
            return
        state.depth += 1
        self._tokenize(state, startLine, endLine)
        state.depth -= 1

    def sort_rules(self) -> None:
        """Find out which rules a line must be shown to, by its first character; to be called when all rules are there."""
        self._starting, self._others = rules_by_character(self.ruler, _STARTS)
        known = zip(self.ruler.get_active_rules(), self.ruler.getRules(""), strict=True)
        self._paragraph = [rule for name, rule in known if name == "paragraph"]

    def _rules(self, state: PlacedBlocks, line: int, end: int, start: int) -> Sequence[Rule]:
        """The rules that may take what starts at ``start``, on a line that is not empty; any other would refuse it."""
        rules = self._starting.get(state.src[start], self._others)
        alone = line + 1 >= end or state.isEmpty(line + 1)
        return self._paragraph if alone and rules is self._others and not state.is_code_block(line) else rules

    def _tokenize(self, state: PlacedBlocks, line: int, end: int) -> None:
        blank_lines = False
        while line < end:
            state.line = line = state.skipEmptyLines(line)
            if line >= end or state.sCount[line] < state.blkIndent:
                break
            self._block(state, line, end)
            state.tight = not blank_lines
            line = state.line
            blank_lines = blank_lines or ((line - 1) < end and state.isEmpty(line - 1))
            if line < end and state.isEmpty(line):
                blank_lines = True
                line += 1
                state.line = line

    def _block(self, state: PlacedBlocks, line: int, end: int) -> None:
        """Parse the block that starts on a line, which is not empty."""
        state.line = line
        start, count = state.start(line), len(state.tokens)
        for rule in self._rules(state, line, end, start):
            if rule(state, line, end, False):  # noqa: FBT003 - markdown-it passes it by position
                break
        _mark(state, count, start)

    def blocks(self, source: str, md: MarkdownIt, env: Environment) -> list[Token | Ready]:
        """The blocks of a text whose lines end in line feeds: those at its top that are plain, and tokens of all others."""
        found: list[Any] = []
        state: PlacedBlocks | None = None
        offset, line = 0, 0
        while True:
            start = after_blank_lines(source, offset)
            line += source.count("\n", offset, start)
            if start == len(source):
                return found
            ready = ready_block(source, start, line)
            if ready is not None:
                found.append(ready[0])
                offset = ready[1]
                line += source.count("\n", start, offset)
                continue
            if state is None:
                state = PlacedBlocks(source, md, env, found)
                state.depth = 1
            self._block(state, line, state.lineMax)
            line = state.line
            offset = state.bMarks[line]


def _mark(state: PlacedBlocks, count: int, start: int) -> None:
    """Note where a block starts, and each row of a table."""
    if count == len(state.tokens):
        return
    state.tokens[count].meta["start"] = start
    if state.tokens[count].type == "table_open":
        for token in state.tokens[count:]:
            if token.type == "tr_open" and token.map:
                token.meta["start"] = state.start(token.map[0])


def _flatten(state: PlacedBlocks, line: int, end: int) -> None:
    """Keep what lies too deep as one paragraph of plain text."""
    state.line = first = line = state.skipEmptyLines(line)
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        line += 1
    if line == first:
        return
    token = state.push("too_much", "", 0)
    token.info = f"more than {MAX_BLOCK_DEPTH} lists and quotations lie in one another"
    token.meta["mend"] = "Write it flatter."
    token.content = state.getLines(first, line, state.blkIndent, keepLastLF=False).strip()
    token.map = [first, line]
    token.meta["start"] = state.start(first)
    state.line = line
