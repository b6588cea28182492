"""The edition id: eight characters that change with any word of a publication, and with nothing else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import cache
from json.encoder import encode_basestring
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
    return hashlib.sha256(_forms(leave_out).of(value).encode("utf-8", "surrogatepass")).digest()


Form = Callable[[Any], str]
"""Makes JSON of a value of one class."""


class _Forms(dict[type, Form]):
    """How values are written as JSON, by their classes: objects by name, without space, and with keys in their order.

    Written at once they take half of the time that dictionaries of them take to be made, sorted and written.
    """

    def __init__(self, leave_out: frozenset[str]) -> None:
        super().__init__({str: encode_basestring, int: int.__repr__, bool: json.dumps, type(None): json.dumps})
        self._leave_out = leave_out

    def of(self, value: Any) -> str:
        """A value as JSON."""
        return self[type(value)](value)

    def __missing__(self, kind: type) -> Form:
        form = self[kind] = self._form(kind)
        return form

    def _form(self, kind: type) -> Form:
        if kind is tuple or kind is list:
            return self._flowing_items if self._leave_out else self._items
        if kind is Picture:
            return lambda picture: f'"{hashlib.sha256(picture.data).hexdigest()}"'
        if kind is Imprint and self._leave_out:
            return lambda imprint: self._items((imprint.name, imprint.url, imprint.contact, imprint.postal_address))
        if kind is Span:
            return _span
        if is_dataclass(kind):
            return self._fields(kind)
        if issubclass(kind, Mapping):
            return self._mapping
        return (lambda day: f'"{day.isoformat()}"') if issubclass(kind, date) else _other

    def _items(self, items: Iterable[object]) -> str:
        return f"[{','.join([self[type(item)](item) for item in items])}]"

    def _flowing_items(self, items: Iterable[object]) -> str:
        return self._items(_flowing(items))

    def _mapping(self, mapping: Mapping[Any, Any]) -> str:
        named = {str(key): value for key, value in mapping.items()}
        return f"{{{','.join(f'{encode_basestring(key)}:{self.of(named[key])}' for key in sorted(named))}}}"

    def _fields(self, kind: Any) -> Form:
        """Those fields that count, and do not have their defaults."""
        counted = [
            (each.name, _default(each)) for each in sorted(fields(kind), key=_name) if each.name not in self._leave_out
        ]
        shown = self._leave_out and kind is Publication

        def written(value: Any) -> str:
            text = f'{{"":"{kind.__name__}"'
            for name, default in counted:
                content = getattr(value, name)
                if content is default or (default is not MISSING and content == default):
                    continue
                if shown and name == "pictures":
                    content = dict(_pictures(value))
                text += f',"{name}":{self[type(content)](content)}'
            return text + "}"

        return written


def _span(span: Span) -> str:
    """Every node has one."""
    start, end = (
        f'"column":{span.column},"end_column":{span.end_column}',
        f'"end_line":{span.end_line},"line":{span.line}',
    )
    return f'{{"":"Span",{start},{end}}}'


def _other(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@cache
def _forms(leave_out: frozenset[str]) -> _Forms:
    return _Forms(leave_out)


def _name(each: Field[Any]) -> str:
    return each.name


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
