"""Running words of the text part: links become numbers, whose addresses stand at the end."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from typing import assert_never

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
from pipeline.render.scene import Scene

WIDTH = 72
"""Characters in a line, so that it may be quoted twice before it passes 78 (RFC 5322, 2.1.1)."""
_FIELD = re.compile(r"\{\{[^{}]*\}\}")
_GLUE = "\ue000"
"""Stands for a space at which no line may break; it is a private character, which no article holds."""


class Words:
    """The words of one text, and the addresses that they lead to, numbered in order of first use."""

    def __init__(self) -> None:
        self._addresses: dict[str, int] = {}

    def note(self, address: str) -> str:
        """The mark that stands for an address."""
        return f"[{self._addresses.setdefault(address, len(self._addresses) + 1)}]"

    def behind(self, address: str) -> str:
        """The same behind a word; nothing where there is no address."""
        return f" {self.note(address)}" if address else ""

    def listed(self) -> list[str]:
        """The addresses by number, a line each."""
        return [f"[{number}] {address}" for address, number in self._addresses.items()]

    def inline(self, nodes: Iterable[Inline], scene: Scene) -> str:
        """Inline nodes as words; a line break that the writer asked for is a line feed."""
        return "".join(self._one(node, scene) for node in nodes)

    def _one(self, node: Inline, scene: Scene) -> str:
        match node:
            case Text() | Code():
                return node.value
            case SoftBreak():
                return " "
            case HardBreak():
                return "\n"
            case Strong() | Emphasis() | Strikethrough():
                return self.inline(node.children, scene)
            case Link():
                return self._link(node, scene)
            case Image():
                return "" if node.decorative else f"[{node.alt}]"
            case FootnoteReference():
                return f"*{node.number}"
            case _:
                assert_never(node)

    def _link(self, node: Link, scene: Scene) -> str:
        words = self.inline(node.children, scene)
        href = scene.href(node.href)
        if href is None or href.startswith("#") or href.removeprefix("mailto:") == words:
            return words
        return f"{words} {self.note(href)}"


def wrapped(words: str, indent: int = 0) -> list[str]:
    """The words as lines that leave room for ``indent`` characters; a merge field, or a word and its mark, stays whole."""
    words = _FIELD.sub(lambda field: field.group().replace(" ", _GLUE), words)
    words = re.sub(r" (?=\[\d+\])", _GLUE, words)
    lines: list[str] = []
    for line in words.split("\n"):
        lines += textwrap.wrap(
            line, WIDTH - indent, break_long_words=False, break_on_hyphens=False, drop_whitespace=True
        )
    return [line.replace(_GLUE, " ") for line in lines]
