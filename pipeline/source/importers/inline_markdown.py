"""Inline nodes as Markdown, proven as it is written: what the parser would read differently is written more plainly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, assert_never
from urllib.parse import unquote

from pipeline.model.nodes import (
    Code,
    Emphasis,
    FootnoteReference,
    HardBreak,
    Image,
    Inline,
    Link,
    Paragraph,
    SoftBreak,
    Strikethrough,
    Strong,
    Text,
)
from pipeline.source.findings import Findings
from pipeline.source.importers.tidy_inlines import as_text, flanked, merged, tidied, without_emphasis
from pipeline.source.markdown import parse_markdown

_MARKS = re.compile(
    r"[\\`*\[\]~{]|_(?![^\W_])|(?<![^\W_])_|<(?=[A-Za-z/!?])|&(?=#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)"
)
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_LINE_START = re.compile(r"(?:#(?=#{0,5}(?:\s|$))|[>|]|[-+=](?=[-=\s]|$)|:(?=:|-)|[0-9]{1,9}[.)](?=\s|$))")
_BACKTICKS = re.compile(r"`+")

Form = tuple[Any, ...]


def write_inlines(children: Sequence[Inline], *, one_line: bool = False) -> str:
    """The Markdown of a paragraph, or, with ``one_line``, of a heading or a cell; lines are parted by hard breaks alone.

    It reads back as the same words, links, pictures and marks. Where emphasis cannot be written so that it is read back,
    it is left out.
    """
    tidy = tuple(tidied(children, one_line=one_line))
    for plainer in (flanked, without_emphasis):
        children_ = tuple(merged(plainer(tidy)))
        text = _written(children_)
        if _reads_back(_safe_lines(text), form(children_)):
            return text if one_line else _safe_lines(text)
    text = _written(tuple(merged(as_text(tidy))), plain=True)
    return text if one_line else _safe_lines(text)


def form(children: Iterable[Inline]) -> Form:
    """What children say, in a form that can be compared: runs of text joined, places left out, emphasis by what it holds."""
    found: list[Any] = []
    for child in children:
        match child:
            case Text():
                piece: Any = child.value
            case Emphasis() | Strong() | Strikethrough():
                piece = (type(child).__name__, form(child.children))
            case Link():
                piece = ("link", unquote(child.href), child.title, form(child.children))
            case Image():
                piece = ("image", unquote(child.src), child.alt, child.title)
            case Code():
                piece = ("code", child.value)
            case FootnoteReference():
                piece = ("note", child.label.casefold())
            case HardBreak():
                piece = ("break",)
            case SoftBreak():
                piece = "\n"
            case _:
                assert_never(child)
        if isinstance(piece, str) and found and isinstance(found[-1], str):
            found[-1] += piece
        else:
            found.append(piece)
    return tuple(found)


def _reads_back(text: str, wanted: Form) -> bool:
    labels = dict.fromkeys(re.findall(r"\[\^([^\]\s]+)\]", text))
    notes = "".join(f"\n\n[^{label}]: x" for label in labels)
    body = parse_markdown(text + notes, findings=Findings()).body
    if not text.strip():
        return not wanted
    if len(body) != 1:
        return False
    if isinstance(body[0], Paragraph):
        return form(body[0].children) == wanted
    figure = getattr(body[0], "image", None)
    return figure is not None and form([figure]) == wanted


def _written(children: Sequence[Inline], *, plain: bool = False) -> str:
    pieces = [_one(child, plain=plain) for child in children]
    for number, child in enumerate(children[1:]):
        if isinstance(child, Link | FootnoteReference) and pieces[number].endswith("!"):
            pieces[number] = f"{pieces[number][:-1]}\\!"  # else it would be a picture
    return "".join(pieces)


def _one(child: Inline, *, plain: bool) -> str:
    match child:
        case Text():
            return escape(child.value, every=plain)
        case Emphasis():
            return f"*{_written(child.children)}*"
        case Strong():
            return f"**{_written(child.children)}**"
        case Strikethrough():
            return f"~~{_written(child.children)}~~"
        case Code():
            return _code(child.value)
        case Link():
            return _link(child, plain=plain)
        case Image():
            return f"![{escape(child.alt, every=plain)}]({_target(child.src)}{_title(child.title)})"
        case FootnoteReference():
            return f"[^{child.label}]"
        case HardBreak():
            return "\\\n"
        case SoftBreak():
            return " "
        case _:
            assert_never(child)


def escape(text: str, *, every: bool = False) -> str:
    """Text in which Markdown sees no marks; with ``every``, each sign of punctuation is escaped."""
    return (_PUNCTUATION if every else _MARKS).sub(lambda match: f"\\{match.group()}", text)


def _code(value: str) -> str:
    longest = max((len(run) for run in _BACKTICKS.findall(value)), default=0)
    fence = "`" * (longest + 1)
    space = " " if value.startswith("`") or value.endswith("`") else ""
    return f"{fence}{space}{value}{space}{fence}"


def _link(link: Link, *, plain: bool) -> str:
    if not link.title and form(link.children) == (link.href,) and re.match(r"(?i)https?://", link.href):
        return f"<{link.href}>"
    return f"[{_written(link.children, plain=plain)}]({_target(link.href)}{_title(link.title)})"


def _target(href: str) -> str:
    return href.replace("&", "\\&") or "<>"


def _title(title: str) -> str:
    return ' "{}"'.format(re.sub(r'["\\&]', lambda match: f"\\{match.group()}", title)) if title else ""


def _safe_lines(text: str) -> str:
    """Lines that do not look like headings, lists, quotations, rules or directives."""
    return "\n".join(_safe_line(line) for line in text.split("\n"))


def _safe_line(line: str) -> str:
    start = _LINE_START.match(line)
    if start is None:
        return line
    return f"{line[: start.end() - 1]}\\{line[start.end() - 1 :]}"
