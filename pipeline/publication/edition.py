"""The edition id: eight characters that change with any word of a publication, and with nothing else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import unquote

from pipeline.model.nodes import SoftBreak, Span, Text
from pipeline.model.publication import Imprint, Picture, Publication
from pipeline.publication.shown import shown_pictures

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32, which leaves out letters that a reader may take for another."""
LENGTH = 8

LOOK = frozenset({"span", "edition", "theme", "paper", "sources", "standalone"})
"""Fields that say where something stands or how it looks, not what it says."""
DERIVED = frozenset({"notices", "first_instruction", "page_starts"})
"""Fields that repeat what the front matter and the text say."""
NOT_CONTENT = LOOK | DERIVED


def edition(publication: Publication) -> str:
    """The id of a publication's words and pictures; the same on every machine and for every format.

    Neither the look counts (theme, paper, colour, logo) nor how the source is broken into lines. A field that a later
    version of the model adds does not count as long as it has its default, so that ids in readers' hands stay true.
    """
    number = int.from_bytes(digest(publication, leave_out=NOT_CONTENT)[:5])
    return "".join(ALPHABET[number >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5))


def digest(value: object, leave_out: frozenset[str] = frozenset()) -> bytes:
    """SHA-256 of a value of the model, whatever the process, machine or hash seed; fields in ``leave_out`` do not count."""
    canonical = json.dumps(_plain(value, leave_out), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).digest()


_AS_IT_IS = frozenset({str, int, float, bool, type(None)})


def _plain(value: Any, leave_out: frozenset[str]) -> Any:
    kind: Any = type(value)
    if kind in _AS_IT_IS:
        return value  # most values are words; what else they might be need not be asked
    if kind is tuple or kind is list:
        return [_plain(item, leave_out) for item in (_flowing(value) if leave_out else value)]
    fields = _fields_of(kind, leave_out)
    if fields is not None:
        return _of_fields(value, kind, fields, leave_out)
    match value:
        case Picture():
            return hashlib.sha256(value.data).hexdigest()
        case Imprint():
            return [value.name, value.url, value.contact, value.postal_address]
        case Mapping():
            return {str(key): _plain(item, leave_out) for key, item in value.items()}
        case date():
            return value.isoformat()
        case _:
            return value


_PLACES = tuple(each.name for each in fields(Span))


def _of_fields(
    value: Any, kind: type, fields: Sequence[tuple[str, object]], leave_out: frozenset[str]
) -> dict[str, Any]:
    made: dict[str, Any] = {"": kind.__name__}
    for name, default in fields:
        content = getattr(value, name)
        if content is default:
            continue
        if type(content) in _AS_IT_IS:
            if content != default:
                made[name] = content
        elif type(content) is Span:  # every node has one
            if content != default:
                made[name] = {"": "Span", **{place: getattr(content, place) for place in _PLACES}}
        elif default is MISSING or content != default:
            if name == "pictures" and leave_out and kind is Publication:
                content = dict(_pictures(value))
            made[name] = _plain(content, leave_out)
    return made


@cache
def _fields_of(kind: Any, leave_out: frozenset[str]) -> tuple[tuple[str, object], ...] | None:
    """The fields of a class that count, with their defaults; None for what is written in a way of its own."""
    if not is_dataclass(kind) or kind is Picture or (leave_out and kind is Imprint):
        return None
    return tuple((each.name, _default(each)) for each in fields(kind) if each.name not in leave_out)


def _default(each: Field[Any]) -> object:
    return each.default_factory() if each.default_factory is not MISSING else each.default


def _pictures(publication: Publication) -> Iterator[tuple[str, Picture]]:
    """The pictures but for the logo, where that is not shown as a picture, too."""
    chapters = publication.chapters
    shown = {*map(unquote, shown_pictures(chapters))} | {chapter.cover for chapter in chapters}
    for path, picture in publication.pictures.items():
        if path != publication.imprint.logo or path in shown:
            yield path, picture


def _flowing(items: Iterable[object]) -> Iterable[object]:
    """Items with running words joined, however the source breaks them into lines or writes their characters."""
    if not any(type(item) in _RUNNING for item in items):
        return items
    return _joined(items)


_RUNNING = frozenset({Text, SoftBreak})


def _joined(items: Iterable[object]) -> Iterator[object]:
    words: list[str] = []
    for item in items:
        if isinstance(item, Text):
            words.append(item.value)
        elif isinstance(item, SoftBreak):
            words.append(" ")
        else:
            if words:
                yield Text("".join(words))
                words.clear()
            yield item
    if words:
        yield Text("".join(words))
