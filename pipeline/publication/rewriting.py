"""Blocks and chapters with some of their nodes replaced: other words, no note marks, links unwrapped."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from pipeline.model.nodes import Block, Node, Span, Text
from pipeline.model.publication import Chapter

BlockT = TypeVar("BlockT", bound=Block)
Change = Callable[[Any], Iterable[Node]]
"""What stands in the place of a node whose own children are changed already: itself, others, or nothing."""


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
    front = _changed(chapter.front, change, known)
    body = _changed(chapter.body, change, known)
    footnotes = _changed(chapter.footnotes, change, known)
    first = known.get(id(chapter.first_instruction), chapter.first_instruction)
    return replace(chapter, front=front, body=body, footnotes=footnotes, first_instruction=first)


def changed(blocks: Iterable[BlockT], change: Change) -> tuple[BlockT, ...]:
    """The blocks with every node below them, and they themselves, changed."""
    made: tuple[BlockT, ...] = _changed(tuple(blocks), change, {})
    return made


def _changed(value: Any, change: Change, known: dict[int, Any]) -> Any:
    made = value
    if isinstance(value, tuple):
        items: list[Any] = []
        for item in value:
            own = _changed(item, change, known)
            places = tuple(change(own)) if _is_node(own) else (own,)
            if len(places) == 1:
                known[id(item)] = places[0]
            items += places
        same = len(items) == len(value) and all(new is old for new, old in zip(items, value, strict=True))
        made = value if same else tuple(items)
    elif _is_node(value):
        own_fields = {field.name: _changed(getattr(value, field.name), change, known) for field in fields(value)}
        changes = {name: new for name, new in own_fields.items() if new is not getattr(value, name)}
        made = replace(value, **changes) if changes else value
    known[id(value)] = made
    return made


def _is_node(value: object) -> bool:
    return is_dataclass(value) and not isinstance(value, Span | type)
