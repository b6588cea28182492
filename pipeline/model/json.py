"""An article as JSON: what ``pipeline model`` prints, and ``pipeline schema article`` describes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from pipeline.model.article import Article
from pipeline.model.nodes import Span

SCHEMA_VERSION = 1

LEFT_OUT = frozenset({"source", "spans", "edits"})
"""The text itself, and what only editing it needs."""


def article_json(article: Article) -> dict[str, Any]:
    """The whole article as plain dicts and lists.

    Every node has a ``type``, the name of its class; a span is ``[line, column, end_line, end_column]``, lines and columns
    counted from 1, the end column exclusive; dates are ISO 8601.
    """
    return {"schema_version": SCHEMA_VERSION, **_fields(article)}


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: _json(getattr(value, field.name)) for field in fields(value) if field.name not in LEFT_OUT}


def _json(value: Any) -> Any:
    match value:
        case Span():
            return [value.line, value.column, value.end_line, value.end_column]
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case tuple():
            return [_json(item) for item in value]
        case Mapping():
            return {key: _json(item) for key, item in value.items()}
        case _ if is_dataclass(value) and not isinstance(value, type):
            node = type(value).__module__ == "pipeline.model.nodes"
            return ({"type": type(value).__name__} if node else {}) | _fields(value)
        case _:
            return value
