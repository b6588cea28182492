"""Inline nodes as Markdown, proven as it is written: what the parser would read differently is written more plainly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, assert_never
from urllib.parse import quote, unquote

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
from pipeline.source.markdown import parse_markdown

_MARKS = re.compile(
    r"[\\`*\[\]~{]|_(?![^\W_])|(?<![^\W_])_|<(?=[A-Za-z/!?])|&(?=#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)"
)
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_LINE_START = re.compile(r"(?:#(?=#{0,5}(?:\s|$))|[>|]|[-+=](?=[-=\s]|$)|:(?=:|-)|[0-9]{1,9}[.)](?=\s|$))")
_UNSAFE_IN_TARGET = re.compile(r"[\s<>()\\\[\]\x00-\x20\x7f]")
_BACKTICKS = re.compile(r"`+")

Form = tuple[Any, ...]


def write_inlines(children: Sequence[Inline], *, one_line: bool = False) -> str:
    """The Markdown of a paragraph, or, with ``one_line``, of a heading or a cell; lines are parted by hard breaks alone.

    It reads back as the same words, links, pictures and marks. Where emphasis cannot be written so that it is read back,
    it is left out.
    """
    tidy = tuple(_tidied(children, one_line=one_line))
    for children_ in (tuple(_flanked(tidy)), tuple(_merged(_without_emphasis(tidy)))):
        text = _written(children_)
        if _reads_back(_safe_lines(text), form(children_)):
            return text if one_line else _safe_lines(text)
    text = _written(tuple(_merged(_as_text(tidy))), plain=True)
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


# --- tidying ----------------------------------------------------------------------------------------------------------


def _tidied(children: Iterable[Inline], *, one_line: bool) -> Iterator[Inline]:
    """Blanks as a line of Markdown can hold them: single ones, none at either end, none inside the ends of emphasis."""
    flat = list(_merged(_spaced(children, one_line=one_line)))
    for end, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while flat:
            edge = flat[end]
            if isinstance(edge, HardBreak | SoftBreak) or (isinstance(edge, Text) and not edge.value.strip()):
                flat.pop(end)
                continue
            if isinstance(edge, Text):
                flat[end] = Text(strip(edge.value))
            break
    for number, child in enumerate(flat):
        if isinstance(child, Text):
            after_break = number > 0 and isinstance(flat[number - 1], HardBreak)
            before_break = number + 1 < len(flat) and isinstance(flat[number + 1], HardBreak)
            value = child.value.lstrip() if after_break else child.value
            value = value.rstrip() if before_break else value
            if value:
                yield Text(value)
        elif not (isinstance(child, HardBreak) and number and isinstance(flat[number - 1], HardBreak)):
            yield child


def _spaced(children: Iterable[Inline], *, one_line: bool) -> Iterator[Inline]:
    for child in children:
        match child:
            case Text():
                yield Text(re.sub(r"\s+", " ", child.value))
            case SoftBreak():
                yield Text(" ")
            case HardBreak():
                yield Text(" ") if one_line else child
            case Emphasis() | Strong() | Strikethrough():
                yield from _outward(type(child), tuple(_merged(_spaced(child.children, one_line=True))))
            case Link():
                words = tuple(_tidied(_without_links(child.children), one_line=True))
                yield Link(target(child.href), words or (Text(child.href),), " ".join(child.title.split()))
            case Image():
                yield Image(target(child.src), " ".join(child.alt.split()), " ".join(child.title.split()))
            case Code():
                yield Code(" ".join(child.value.split())) if child.value.strip() else Text(" ")
            case FootnoteReference():
                yield child
            case _:
                assert_never(child)


def _outward(kind: type[Emphasis | Strong | Strikethrough], children: tuple[Inline, ...]) -> Iterator[Inline]:
    """Emphasis without blanks at its ends: they go before and behind it."""
    inner = list(children)
    before = after = ""
    if inner and isinstance(inner[0], Text):
        before = " " if inner[0].value[:1] == " " else ""
        inner[0] = Text(inner[0].value.lstrip())
    if inner and isinstance(inner[-1], Text):
        after = " " if inner[-1].value[-1:] == " " else ""
        inner[-1] = Text(inner[-1].value.rstrip())
    inner = [child for child in inner if not (isinstance(child, Text) and not child.value)]
    if before:
        yield Text(" ")
    if inner:
        yield kind(tuple(inner))
    if after:
        yield Text(" ")


def _flanked(children: Sequence[Inline]) -> Iterator[Inline]:
    """Emphasis whose ends Markdown sees (CommonMark 0.31, section 6.2): signs at an end that touches a word go outside it."""
    for number, child in enumerate(children):
        if not isinstance(child, Emphasis | Strong | Strikethrough):
            yield child
            continue
        inner = list(child.children)
        before = after = ""
        previous, following = (children[number - 1] if number else None), (*children, None)[number + 1]
        if isinstance(previous, Text) and previous.value[-1:].isalnum() and isinstance(inner[0], Text):
            before, inner[0] = _split(inner[0].value, r"[^\w\s]*")
        if isinstance(following, Text) and following.value[:1].isalnum() and isinstance(inner[-1], Text):
            words = inner[-1].value.rstrip("".join(filter(_is_sign, set(inner[-1].value))))
            after, inner[-1] = inner[-1].value[len(words) :], Text(words)
        inner = [each for each in inner if not (isinstance(each, Text) and not each.value)]
        if before:
            yield Text(before)
        if inner:
            yield type(child)(tuple(inner))
        if after:
            yield Text(after)


def _split(value: str, signs: str) -> tuple[str, Text]:
    match = re.match(signs, value)
    end = match.end() if match else 0
    return value[:end], Text(value[end:])


def _is_sign(character: str) -> bool:
    return not character.isalnum() and not character.isspace()


def _merged(children: Iterable[Inline]) -> Iterator[Inline]:
    """Neighbours of one kind as one, as a word processor parts them without a reason; emphasis in its own kind is one."""
    held: Inline | None = None
    for child in children:
        if isinstance(child, Text) and isinstance(held, Text):
            held = Text(re.sub(" +", " ", held.value + child.value))
        elif isinstance(child, Code) and isinstance(held, Code):
            held = Code(held.value + child.value)
        elif isinstance(child, Emphasis | Strong | Strikethrough) and type(child) is type(held):
            held = type(child)((*held.children, *child.children))
        else:
            if held is not None:
                yield held
            held = child
    if held is not None:
        yield held


def _without_links(children: Iterable[Inline]) -> Iterator[Inline]:
    for child in children:
        if isinstance(child, Link):
            yield from _without_links(child.children)
        elif isinstance(child, Emphasis | Strong | Strikethrough):
            yield type(child)(tuple(_without_links(child.children)))
        else:
            yield child


def _without_emphasis(children: Iterable[Inline]) -> Iterator[Inline]:
    for child in children:
        if isinstance(child, Emphasis | Strong | Strikethrough):
            yield from _without_emphasis(child.children)
        elif isinstance(child, Link):
            yield Link(child.href, tuple(_without_emphasis(child.children)), child.title)
        else:
            yield child


def _as_text(children: Iterable[Inline]) -> Iterator[Inline]:
    for child in _without_emphasis(children):
        match child:
            case Code():
                yield Text(child.value)
            case Link():
                yield Link(child.href, tuple(_merged(_as_text(child.children))), child.title)
            case _:
                yield child


def target(href: str) -> str:
    """A link's or picture's target as Markdown can hold it, percent-encoded where it must be (RFC 3986)."""
    return _UNSAFE_IN_TARGET.sub(lambda match: quote(match.group().encode("utf-8", "replace"), safe=""), href.strip())


# --- writing ----------------------------------------------------------------------------------------------------------


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
