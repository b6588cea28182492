"""The Markdown parser: CommonMark 0.31 with the project's extensions, every token with its place in the text."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from pipeline.source.block_parser import BlockParser, Environment
from pipeline.source.directives import directive
from pipeline.source.inline_rules import image_attributes, link_or_undefined
from pipeline.source.large_tables import table_within_limits
from pipeline.source.starting_rules import rules_by_character

MAX_INLINE_DEPTH = 32
"""Brackets and emphasis in one another; deeper ones are kept as flat text and reported (P06)."""
MAX_OPEN_BRACKETS = 100
"""Opening brackets that may wait for their end at one place of a paragraph."""
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
_MARKS = ("*", "[", "_", "`", "<", "&", "\\", "~")
"""What an inline rule may start with; a picture's ``!`` and ``{`` are nothing without a bracket."""
_STARTS = {
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "footnote_ref": "[",
    "image_attributes": "{",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
}
"""What the inline rules start with, all but the one for text."""
_BREAK = re.compile(r"[ \t]\n|\n[ \t]")
"""A line end that may be a hard break, or has blanks to trim."""


class PlacedInline(StateInline):
    """Inline parsing that gives each token ``meta["start"]`` and ``meta["end"]``, offsets in the content."""

    def __init__(self, src: str, md: MarkdownIt, env: Environment, tokens: list[Token]) -> None:
        super().__init__(src, md, env, tokens)
        self.pending_start = 0
        self.undefined: list[tuple[int, int, str]] = []
        """Start, end and label of each ``[text][label]`` whose label nothing defines."""
        self.too_deep: int | None = None
        """Offset of the first bracket that lies too deep."""

    def append_pending(self, text: str) -> None:
        """Collect plain text, and note where it starts."""
        if not self.pending:
            self.pending_start = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:  # noqa: N802 - markdown-it's name
        """Make a token of the plain text collected."""
        token = super().pushPending()
        token.meta["start"] = self.pending_start
        token.meta["end"] = self.pending_start + len(token.content)
        return token


class InlineParser(ParserInline):
    """Inline parsing that knows where each token stands."""

    def sort_rules(self) -> None:
        """Find out which rules a character must be shown to; to be called when all rules are there."""
        self._starting, self._others = rules_by_character(self.ruler, _STARTS)

    def tokenize(self, state: StateInline) -> None:
        """Parse up to ``posMax``; each rule's tokens get their places."""
        limit = state.md.options["maxNesting"]
        while state.pos < state.posMax:
            start, count = state.pos, len(state.tokens)
            character = state.src[start]
            for rule in self._starting.get(character, self._others) if state.level < limit else ():
                if rule(state, False):  # noqa: FBT003 - markdown-it passes it by position
                    _place(state.tokens, count, start, state.pos)
                    break
            else:
                state.append_pending(character)
                state.pos += 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 - markdown-it's name
        """Skip what a rule would take, as markdown-it does; note where brackets lie too deep for that."""
        start = state.pos
        if state.level >= state.md.options["maxNesting"]:
            if isinstance(state, PlacedInline):
                state.too_deep = start if state.too_deep is None else state.too_deep
            super().skipToken(state)
            return
        if start not in state.cache:
            state.level += 1
            rules = self._starting.get(state.src[start], self._others)
            found = any(rule(state, True) for rule in rules)  # noqa: FBT003 - the same
            state.level -= 1
            state.cache[start] = state.pos if found else state.pos + 1
        state.pos = state.cache[start]

    def placed(self, content: str, md: MarkdownIt, env: Environment) -> PlacedInline:
        """Parse one block's content; the result's ``tokens`` carry their offsets in ``content``."""
        state = PlacedInline(content, md, env, [])
        state.too_deep = _too_many_brackets(content)
        if state.too_deep is not None:
            _keep_flat(state)
            return state
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state

    def parse(self, src: str, md: MarkdownIt, env: Environment, tokens: list[Token]) -> list[Token]:
        """Parse a picture's text alternative, which markdown-it does on its own."""
        tokens.extend(self.placed(src, md, env).tokens)
        return tokens


def is_plain(content: str) -> bool:
    """Whether a block's content is nothing but its words and line ends, so that no rule has to be asked about it."""
    for mark in _MARKS:  # each is looked for at once, where a pattern would look at each character
        if mark in content:
            return False
    return "\n" not in content or not _BREAK.search(content)


def _too_many_brackets(content: str) -> int | None:
    """Where more brackets are open than any text needs; markdown-it would look for the end of each in turn."""
    depth = 0
    for match in _BRACKET.finditer(content):
        depth = depth + 1 if match.group() == "[" else max(depth - (match.group() == "]"), 0)
        if depth > MAX_OPEN_BRACKETS:
            return match.start()
    return None


def _keep_flat(state: PlacedInline) -> None:
    """Make the whole content plain text."""
    start = 0
    for line in state.src.split("\n"):
        if start:
            state.push("softbreak", "br", 0).meta.update(start=start - 1, end=start)
        token = state.push("text", "", 0)
        token.content = line
        token.meta.update(start=start, end=start + len(line))
        start += len(line) + 1


def _place(tokens: list[Token], first: int, start: int, end: int) -> None:
    """Give the tokens that one rule has pushed their offsets: they cover ``start`` to ``end``."""
    while first < len(tokens) and "end" in tokens[first].meta:
        first += 1
    if first == len(tokens):
        return
    last = tokens[-1]
    if tokens[first].nesting == 1:
        tokens[first].meta["start"] = start
        if tokens[first].markup == "autolink":
            tokens[first + 1].meta.update(start=start + 1, end=end - 1)
        last.meta["end"] = end
        return
    for token in tokens[first:]:
        token.meta["start"] = start
        token.meta["end"] = start = end if token is last else start + len(token.content)


@cache
def markdown() -> MarkdownIt:
    """The parser with every extension; it keeps no state between texts."""
    md = MarkdownIt(
        "commonmark",
        {"maxNesting": MAX_INLINE_DEPTH, "tasklists": True, "alerts": True, "strikethrough_single_tilde": True},
    )
    md.inline = inlines = InlineParser()
    md.block = blocks = BlockParser()
    md.configure("commonmark", {**md.options})
    md.enable(["table", "strikethrough"])
    md.block.ruler.at("table", table_within_limits, {"alt": ["paragraph", "reference"]})
    md.inline.ruler2.disable("fragments_join")  # it would lose where the joined pieces stand
    md.inline.ruler.at("link", link_or_undefined)
    md.inline.ruler.after("image", "image_attributes", image_attributes)
    md.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    md.block.ruler.before(
        "fence", "directive", directive, {"alt": ["paragraph", "reference", "blockquote", "list", "footnote_def"]}
    )
    # Unsafe targets stay links here, so that the check on links can name them.
    blocks.sort_rules()
    inlines.sort_rules()
    md.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    return md
