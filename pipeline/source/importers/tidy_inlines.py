"""Inline nodes made ready to be written as Markdown: single blanks, no empty emphasis, nothing that Markdown cannot hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never
from urllib.parse import quote

from pipeline.model.nodes import (
    Code,
    Emphasis,
    FootnoteReference,
    HardBreak,
    Image,
    Inline,
    Link,
    SoftBreak,
    Strikethrough,
    Strong,
    Text,
)

_UNSAFE_IN_TARGET = re.compile(r"[\s<>()\\\[\]\x00-\x20\x7f]")


def tidied(children: Iterable[Inline], *, one_line: bool) -> Iterator[Inline]:
    """Blanks as a line of Markdown can hold them: single ones, none at either end, none inside the ends of emphasis."""
    flat = list(merged(_spaced(children, one_line=one_line)))
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
                yield from _outward(type(child), tuple(merged(_spaced(child.children, one_line=True))))
            case Link():
                words = tuple(tidied(_without_links(child.children), one_line=True))
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


def flanked(children: Sequence[Inline]) -> Iterator[Inline]:
    """Emphasis whose ends Markdown sees (CommonMark 0.31, section 6.2): signs at an end that touches a word go outside it."""
    for number, child in enumerate(children):
        if not isinstance(child, Emphasis | Strong | Strikethrough):
            yield child
            continue
        inner = list(child.children)
        before = after = ""
        previous = children[number - 1] if number else None
        following = children[number + 1] if number + 1 < len(children) else None
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


def merged(children: Iterable[Inline]) -> Iterator[Inline]:
    """Neighbours of one kind as one, as a word processor parts them without a reason; emphasis in its own kind is one."""
    held: Inline | None = None
    texts: list[str] = []
    for child in children:
        if isinstance(child, Text):
            texts.append(child.value)
            continue
        if texts:
            if held is not None:
                yield held
            held, texts = Text(re.sub(" +", " ", "".join(texts))), []
        if isinstance(child, Code) and isinstance(held, Code):
            held = Code(held.value + child.value)
        elif isinstance(child, Emphasis | Strong | Strikethrough) and type(child) is type(held):
            held = type(child)((*held.children, *child.children))
        else:
            if held is not None:
                yield held
            held = child
    if held is not None:
        yield held
    if texts:
        yield Text(re.sub(" +", " ", "".join(texts)))


def _without_links(children: Iterable[Inline]) -> Iterator[Inline]:
    for child in children:
        if isinstance(child, Link):
            yield from _without_links(child.children)
        elif isinstance(child, Emphasis | Strong | Strikethrough):
            yield type(child)(tuple(_without_links(child.children)))
        else:
            yield child


def without_emphasis(children: Iterable[Inline]) -> Iterator[Inline]:
    """The same words, links, pictures and code, but none of them emphasised."""
    for child in children:
        if isinstance(child, Emphasis | Strong | Strikethrough):
            yield from without_emphasis(child.children)
        elif isinstance(child, Link):
            yield Link(child.href, tuple(without_emphasis(child.children)), child.title)
        else:
            yield child


def as_text(children: Iterable[Inline]) -> Iterator[Inline]:
    """The same without emphasis, and code as plain words."""
    for child in without_emphasis(children):
        match child:
            case Code():
                yield Text(child.value)
            case Link():
                yield Link(child.href, tuple(merged(as_text(child.children))), child.title)
            case _:
                yield child


def target(href: str) -> str:
    """A link's or picture's target as Markdown can hold it, percent-encoded where it must be (RFC 3986)."""
    return _UNSAFE_IN_TARGET.sub(lambda match: quote(match.group().encode("utf-8", "replace"), safe=""), href.strip())
