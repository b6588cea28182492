"""Inline tokens as nodes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pipeline.errors import did_you_mean, shorten
from pipeline.model.nodes import (
    NOWHERE,
    Code,
    Emphasis,
    FootnoteReference,
    HardBreak,
    Image,
    Inline,
    Link,
    SoftBreak,
    Span,
    Strikethrough,
    Strong,
    Text,
)
from pipeline.source.attributes import Attributes
from pipeline.source.characters import cleaned
from pipeline.source.findings import Findings
from pipeline.source.parser import MAX_INLINE_DEPTH, PlacedInline
from pipeline.source.places import Content

if TYPE_CHECKING:
    from markdown_it.token import Token

CONTAINERS = frozenset({"em", "strong", "s", "link"})


@dataclass(slots=True)
class _Open:
    """An inline node whose end has not been seen yet."""

    kind: str
    start: int
    token: Token | None = None
    children: list[Inline] = field(default_factory=list)


class InlineBuilder:
    """Builds the nodes of one paragraph, heading or cell."""

    def __init__(self, content: Content, numbers: dict[str, int], findings: Findings) -> None:
        self.content = content
        self.numbers = numbers
        self.findings = findings
        self.stack = [_Open("", 0)]
        self.skipped = 0
        self.words: list[str] = []
        """Plain text that may go on, and its span so far."""
        self.words_span = NOWHERE

    def build(self, state: PlacedInline) -> tuple[Inline, ...]:
        """The nodes of a parsed content; what is wrong in it goes to the findings."""
        for start, end, label in state.undefined:
            self._find(
                "L01",
                f"nothing defines the link label `{shorten(label)}`",
                start,
                end,
                f"Add a line `[{shorten(label)}]: address`, or write the address in round brackets.",
            )
        if state.too_deep is not None:
            self._too_deep(state.too_deep)
        for token in state.tokens:
            kind, _, side = token.type.partition("_")
            if kind in CONTAINERS and side == "open":
                self._open(kind, token)
            elif kind in CONTAINERS and side == "close":
                self._close(token)
            else:
                self._leaf(token)
        self._flush()
        return tuple(self.stack[0].children)

    def _open(self, kind: str, token: Token) -> None:
        start = token.meta["start"] - (1 if kind == "strong" else 0)
        if len(self.stack) > MAX_INLINE_DEPTH:
            if not self.skipped:
                self._too_deep(start)
            self.skipped += 1
            return
        self._flush()
        self.stack.append(_Open(kind, start, token))

    def _close(self, token: Token) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        self._flush()
        done = self.stack.pop()
        end = token.meta["end"] + (1 if done.kind == "strong" else 0)
        children, span = tuple(done.children), self.content.span(done.start, end)
        node: Inline
        match done.kind:
            case "em":
                node = Emphasis(children, span)
            case "strong":
                node = Strong(children, span)
            case "s":
                node = Strikethrough(children, span)
            case _:
                assert done.token is not None
                title = cleaned(str(done.token.attrs.get("title", "")), span, self.findings)
                node = Link(str(done.token.attrs["href"]), children, title, span)
        self.stack[-1].children.append(node)

    def _leaf(self, token: Token) -> None:
        start, end = token.meta["start"], token.meta["end"]
        span = self.content.span(start, end)
        if token.type == "text":
            self._text(token.content, span)
            return
        self._flush()
        children = self.stack[-1].children
        match token.type:
            case "text_special":
                self._special(token, span)
            case "code_inline":
                children.append(Code(token.content, span))
            case "softbreak":
                children.append(SoftBreak(self._break(start, end)))
            case "hardbreak":
                children.append(HardBreak(self._break(start, end)))
            case "image":
                children.append(self._image(token, span))
            case "footnote_ref":
                self._footnote(token, span)
            case _:
                self._raw_html(token.content, start, end)

    def _break(self, start: int, end: int) -> Span:
        return Span(*self.content.place(start), *self.content.place(end))

    def _text(self, value: str, span: Span) -> None:
        """Gather neighbouring texts into one, as long as each character stands for itself in the source."""
        if not value:
            return
        here = (span.line, span.column)
        if not self.words or here != (self.words_span.end_line, self.words_span.end_column) or not _whole(value, span):
            self._flush()
            self.words_span = span
        self.words.append(value)
        first = self.words_span
        self.words_span = Span(first.line, first.column, span.end_line, span.end_column)
        if not _whole(value, span):
            self._flush()

    def _flush(self) -> None:
        if self.words:
            self.stack[-1].children.append(Text("".join(self.words), self.words_span))
            self.words = []

    def _special(self, token: Token, span: Span) -> None:
        """An escape or an entity stays a Text of its own, so that in every other Text offsets are columns."""
        self._flush()
        self.stack[-1].children.append(Text(cleaned(token.content, span, self.findings), span))

    def _image(self, token: Token, span: Span) -> Image:
        alt = []
        for child in token.children or ():
            if child.type == "html_inline":
                at = token.meta["start"] + 2 + child.meta["start"]
                self._raw_html(child.content, at, at + len(child.content))
            else:
                alt.append(_plain(child))
        src, title = str(token.attrs["src"]), str(token.attrs.get("title", ""))
        return Image(
            cleaned(picture_path(src), span, self.findings),
            cleaned("".join(alt), span, self.findings),
            cleaned(title, span, self.findings),
            self._decorative(token),
            span,
        )

    def _decorative(self, token: Token) -> bool:
        """Whether a picture's attributes mark it so; all others are reported."""
        attributes: Attributes | None = token.meta.get("attributes")
        if attributes is None:
            return False
        unknown = [f".{name}" for name in attributes.classes if name != "decorative"]
        unknown += [f"#{attributes.id}"] if attributes.id else []
        unknown += [key for key, _ in attributes.pairs]
        for name in unknown:
            message = f"a picture has no attribute `{shorten(name)}`"
            mend = did_you_mean(name, [".decorative"]) or "Delete it."
            self._find("P05", message, token.meta["attributes_start"], token.meta["end"], mend)
        return "decorative" in attributes.classes

    def _footnote(self, token: Token, span: Span) -> None:
        label = token.meta["label"]
        number = self.numbers.get(footnote_key(label))
        if number is None:
            self.findings.add(
                "L01",
                f"no footnote is called `{shorten(label)}`",
                span,
                f"Add a line `[^{shorten(label)}]: text`, or put `\\` before the bracket.",
            )
            self._text(f"[^{label}]", span)
        else:
            self.stack[-1].children.append(FootnoteReference(label, number, span))

    def _raw_html(self, html: str, start: int, end: int) -> None:
        self._find("P02", f"raw HTML: `{shorten(html)}`", start, end, "Write it in Markdown, or put it in a code span.")

    def _too_deep(self, start: int) -> None:
        message = f"more than {MAX_INLINE_DEPTH} brackets or emphases lie in one another"
        self._find("P06", message, start, start + 1, "Write it flatter.")

    def _find(self, code: str, message: str, start: int, end: int, mend: str) -> None:
        self.findings.add(code, message, self.content.span(start, end), mend)


def plain_inlines(content: Content) -> tuple[Inline, ...]:
    """The nodes of a content that is nothing but words and line ends."""
    text = content.text
    if "\n" not in text:
        return (Text(text, content.span(0, len(text))),) if text else ()
    found: list[Inline] = []
    start = 0
    for line in text.split("\n"):
        if start:
            found.append(SoftBreak(Span(*content.place(start - 1), *content.place(start))))
        found.append(Text(line, content.span(start, start + len(line))))
        start += len(line) + 1
    return tuple(found)


def _whole(text: str, span: Span) -> bool:
    """Whether each character of a text stands for itself in the source."""
    return span.line == span.end_line and span.end_column - span.column == len(text)


def _plain(token: Token) -> str:
    """The words of a token inside a text alternative, markup taken away (CommonMark 0.31, section 6.4)."""
    if token.type == "image":
        return "".join(_plain(child) for child in token.children or ())
    if token.type in {"softbreak", "hardbreak"}:
        return "\n"
    return token.content


def picture_path(src: str) -> str:
    """A picture's file as it is called on disk; an address on the web as it is."""
    if ":" in src.partition("/")[0] or src.startswith("//"):
        return src
    path = unquote(src)
    while path.startswith("./"):
        path = path[2:]
    return path


def footnote_key(label: str) -> str:
    """What two spellings of a footnote's label share: GitHub ignores their case."""
    return label.casefold()
