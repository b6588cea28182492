"""Chapters in other words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from pipeline.model.nodes import Node, Text
from pipeline.model.publication import Chapter
from pipeline.model.rewriting import changed


def with_words(chapter: Chapter, rewrite: Callable[[str], str]) -> Chapter:
    """The chapter with the text of its front matter, body and footnotes rewritten; what does not change stays the same.

    The first instruction remains the node of the body that it was.
    """

    def change(node: Node) -> Iterable[Node]:
        if not isinstance(node, Text):
            return (node,)
        words = rewrite(node.value)
        return (node if words == node.value else replace(node, value=words),)

    known: dict[int, Any] = {}
    front = changed(chapter.front, change, known)
    body = changed(chapter.body, change, known)
    footnotes = changed(chapter.footnotes, change, known)
    first = known.get(id(chapter.first_instruction), chapter.first_instruction)
    return replace(chapter, front=front, body=body, footnotes=footnotes, first_instruction=first)
