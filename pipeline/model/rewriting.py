"""Nodes with some of those below them replaced: other words, pictures elsewhere, no note marks, links unwrapped."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from pipeline.model.nodes import Block, Footnote, Node, Span

NodeT = TypeVar("NodeT", bound=Block | Footnote)
Change = Callable[[Any], Iterable[Node]]
"""What stands in the place of a node whose own children are changed already: itself, others, or nothing."""


def changed(nodes: Iterable[NodeT], change: Change, known: dict[int, Any] | None = None) -> tuple[NodeT, ...]:
    """The nodes with every node below them, and they themselves, changed; what does not change stays the same.

    ``known`` is told what became of each node, by the ``id`` that it had.
    """
    made: tuple[NodeT, ...] = _changed(tuple(nodes), change, {} if known is None else known)
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
