"""Forms: what keys a document may have, checked all at once, and described as JSON Schema.

A form is plain data and functions. pydantic would do as well, but costs more processor time to import than an article takes
to be read and checked; it stays where nobody waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import field
from typing import Any, Literal

from pipeline.errors import did_you_mean, shorten
from pipeline.frozen import dataclass

Place = tuple[str | int, ...]
"""The way to a value: keys, and numbers of list items from 0."""


class WrongError(Exception):
    """A value that is not what its form asks for; ``mend`` says what to do."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong in a document, in words."""

    place: Place
    message: str
    mend: str
    kind: Literal["wrong", "unknown", "missing"] = "wrong"

    @property
    def key(self) -> str:
        """The place as written: ``authors.0.name``."""
        return dotted(self.place)


@dataclass(frozen=True, slots=True)
class Field:
    """What a value must be."""

    read: Callable[[object, Place, list[Mistake]], Any]
    """Gives the value as it is kept; what is wrong goes to the list."""
    schema: Mapping[str, Any] = field(default_factory=dict)
    """The same as JSON Schema."""
    keys: Mapping[str, Field] = field(default_factory=dict)
    """Of a group."""


def dotted(place: Place) -> str:
    """A place as written: ``authors.0.name``."""
    return ".".join(str(part) for part in place)


def value(check: Callable[[Any], object], **schema: object) -> Field:
    """A single value; ``check`` gives it as it is kept, or raises WrongError."""

    def read(given: object, place: Place, mistakes: list[Mistake]) -> object:
        try:
            return check(given)
        except WrongError as wrong:
            message = f"`{shorten(dotted(place))}`: {wrong.message}"
            mistakes.append(Mistake(place, message, wrong.mend))
            return None

    return Field(read, schema)


def several(item: Field, is_list: Callable[[object], object]) -> Field:
    """A list of values; ``is_list`` raises WrongError when it is none."""
    whole = value(is_list)

    def read(given: object, place: Place, mistakes: list[Mistake]) -> list[Any]:
        whole.read(given, place, mistakes)
        items = given if isinstance(given, list) else []
        return [item.read(one, (*place, number), mistakes) for number, one in enumerate(items)]

    return Field(read, {"type": "array", "items": item.schema})


def mapped(item: Field, is_mapping: Callable[[object], object]) -> Field:
    """Values under keys of the writer's own; ``is_mapping`` raises WrongError when it is none."""
    whole = value(is_mapping)

    def read(given: object, place: Place, mistakes: list[Mistake]) -> dict[str, Any]:
        whole.read(given, place, mistakes)
        pairs = given.items() if isinstance(given, dict) else ()
        return {str(key): item.read(one, (*place, str(key)), mistakes) for key, one in pairs}

    return Field(read, {"type": "object", "additionalProperties": item.schema})


def group(keys: Mapping[str, Field], is_group: Callable[[object], object], required: Collection[str] = ()) -> Field:
    """Values under known keys; any other key, and a required one that is absent, is a mistake."""
    whole = value(is_group)

    def read(given: object, place: Place, mistakes: list[Mistake]) -> dict[str, Any]:
        whole.read(given, place, mistakes)
        if not isinstance(given, dict):
            return {}
        mistakes.extend(_missing((*place, key)) for key in required if key not in given)
        mistakes.extend(_unknown((*place, str(key)), keys) for key in given if key not in keys)
        return {key: keys[key].read(one, (*place, key), mistakes) for key, one in given.items() if key in keys}

    properties = {key: field.schema for key, field in keys.items()}
    schema = {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}
    return Field(read, schema, keys)


def _missing(place: Place) -> Mistake:
    return Mistake(place, f"`{dotted(place)}` is missing", f"Add `{place[-1]}`.", "missing")


def _unknown(place: Place, known: Collection[str]) -> Mistake:
    mend = did_you_mean(str(place[-1]), known) or f"The keys are {', '.join(known)}."
    return Mistake(place, f"unknown key `{shorten(dotted(place))}`", mend, "unknown")
