"""JSON Schemas (draft 2020-12) of the model's dataclasses, made from their types, so that they cannot drift apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import reduce
from operator import or_
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pipeline.model.nodes import Span

DRAFT = "https://json-schema.org/draft/2020-12/schema"
SPAN = {
    "type": "array",
    "description": "Line, column, end line, end column; counted from 1, the end column exclusive.",
    "prefixItems": [{"type": "integer", "minimum": 1}] * 4,
    "minItems": 4,
    "items": False,
}
SIMPLE = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}


class SchemaMaker:
    """Makes schemas of types; dataclasses become definitions that refer to one another."""

    def __init__(self, *, leave_out: frozenset[str] = frozenset(), typed_module: str = "") -> None:
        self.leave_out = leave_out
        """Names of fields that the JSON form does not have."""
        self.typed_module = typed_module
        """Module whose dataclasses say in ``type`` what they are."""
        self.definitions: dict[str, Any] = {}

    def document(self, kind: type, title: str, extra: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The whole schema of a document whose root is ``kind``, with ``extra`` properties beside its fields."""
        root = self._object(kind)
        if extra:
            root["properties"] = {**extra, **root["properties"]}
            root["required"] = [*extra, *root["required"]]
        return {"$schema": DRAFT, "title": title, **root, "$defs": dict(sorted(self.definitions.items()))}

    def schema(self, kind: Any) -> dict[str, Any]:
        """The schema of one type. Raises TypeError for one that has no JSON form."""
        if kind is Span:
            return SPAN
        if isinstance(kind, type) and kind in SIMPLE:
            return {"type": SIMPLE[kind]}
        if kind is date:
            return {"type": "string", "format": "date"}
        if isinstance(kind, type) and issubclass(kind, Enum):
            return {"enum": [member.value for member in kind]}
        if is_dataclass(kind) and isinstance(kind, type):
            return self._reference(kind)
        return self._composed(kind)

    def _composed(self, kind: Any) -> dict[str, Any]:
        arguments = get_args(kind)
        origin = get_origin(kind)
        if origin is Literal:
            return {"enum": list(arguments)}
        if origin in (Union, UnionType):
            return {"anyOf": [self.schema(argument) for argument in arguments]}
        if origin is tuple:
            return {"type": "array", "items": self.schema(reduce(or_, (a for a in arguments if a is not Ellipsis)))}
        if origin is Mapping:
            return {"type": "object", "additionalProperties": self.schema(arguments[1])}
        raise TypeError(f"{kind} has no JSON form")

    def _reference(self, kind: type) -> dict[str, Any]:
        if kind.__name__ not in self.definitions:
            self.definitions[kind.__name__] = {}
            self.definitions[kind.__name__] = self._object(kind)
        return {"$ref": f"#/$defs/{kind.__name__}"}

    def _object(self, kind: type) -> dict[str, Any]:
        hints = get_type_hints(kind)
        names = [field.name for field in fields(kind) if field.name not in self.leave_out]
        properties = {name: self.schema(hints[name]) for name in names}
        if kind.__module__ == self.typed_module:
            properties = {"type": {"const": kind.__name__}, **properties}
        about = (kind.__doc__ or "").partition("\n")[0]
        return {
            "type": "object",
            "description": about,
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }
