"""A chapter with other words: every run of text in it rewritten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from pipeline.model.nodes import Span, Text
from pipeline.model.publication import Chapter

T = TypeVar("T")


def with_words(chapter: Chapter, rewrite: Callable[[str], str]) -> Chapter:
    """The chapter with the text of its front matter, body and footnotes rewritten; what does not change stays the same.

    The first instruction remains the node of the body that it was.
    """
    known: dict[int, Any] = {}
    front = _rewritten(chapter.front, rewrite, known)
    body = _rewritten(chapter.body, rewrite, known)
    footnotes = _rewritten(chapter.footnotes, rewrite, known)
    first = known.get(id(chapter.first_instruction), chapter.first_instruction)
    return replace(chapter, front=front, body=body, footnotes=footnotes, first_instruction=first)


def _rewritten(value: T, rewrite: Callable[[str], str], known: dict[int, Any]) -> T:
    made: Any = value
    if isinstance(value, Text):
        words = rewrite(value.value)
        made = value if words == value.value else replace(value, value=words)
    elif isinstance(value, tuple):
        items = tuple(_rewritten(item, rewrite, known) for item in value)
        made = items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    elif is_dataclass(value) and not isinstance(value, Span | type):
        changed = {
            field.name: new
            for field in fields(value)
            if (new := _rewritten(getattr(value, field.name), rewrite, known)) is not getattr(value, field.name)
        }
        made = replace(value, **changed) if changed else value
    known[id(value)] = made
    return made  # type: ignore[no-any-return]
