"""Merge fields: ``{{name}}``, ``{{name|fallback}}`` and ``{{email}}`` in a message, each written as its place demands."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, unquote

from pipeline.errors import ContentError, did_you_mean
from pipeline.model.merge_fields import NAMES

FIELDS = (*NAMES, "email")
BRACES = r"(?:\{\{|%7B%7B)\s*(?P<field>[^\W\d][\w.-]*)\s*(?:(?:\||%7C)(?P<fallback>(?:(?!\}\}|%7D%7D)[^{}])*))?(?:\}\}|%7D%7D)"
FIELD = re.compile(BRACES, re.IGNORECASE)
"""A field; tools that write HTML percent-encode the braces in addresses."""
ONE_FIELD = r"\{\{[^{}]*\}\}"
URLS = {
    "text": re.compile(rf"(?:https?://|mailto:)(?:{ONE_FIELD}|[^\s<>\"])*", re.IGNORECASE),
    "html": re.compile(r"(?<=[\s\"'])(?:href|src|action|background)\s*=\s*(?:\"[^\"]*\"|'[^']*')", re.IGNORECASE),
    "header": re.compile(r"<[^<>]*>"),
}
"""Where a value stands in an address (RFC 3986), by the kind of text around it."""

Place = Literal["plain", "html", "url"]


@dataclass(frozen=True, slots=True)
class Field:
    """A place that each member's own value takes."""

    name: str
    fallback: str | None
    """What stands there for a member without one, written as the text around it is; None when the message has none."""
    place: Place

    def fill(self, values: Mapping[str, str]) -> str:
        """What the place says for these values."""
        value = values[self.name]
        match self.place:
            case "plain":
                return value or self.fallback or ""
            case "html":
                return html.escape(value) if value else self.fallback or ""
            case "url":
                return quote(value or html.unescape(unquote(self.fallback or "")), safe="")


@dataclass(frozen=True, slots=True)
class Template:
    """Text with fields in it."""

    parts: tuple[str | Field, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its fields, in order."""
        return tuple(part for part in self.parts if isinstance(part, Field))

    def fill(self, values: Mapping[str, str]) -> str:
        """The text for one member; a value that looks like a field is not filled again."""
        return "".join(part if isinstance(part, str) else part.fill(values) for part in self.parts)


def compile_template(text: str, kind: Literal["text", "html", "header", "subject"]) -> Template:
    """Find the fields in a text. Raises ContentError for one that no member has."""
    urls = [match.span() for match in URLS[kind].finditer(text)] if kind in URLS else []
    return Template(tuple(_parts(text, "html" if kind == "html" else "plain", urls)))


def _parts(text: str, place: Place, urls: Iterable[tuple[int, int]]) -> Iterator[str | Field]:
    spans = list(urls)
    last = 0
    for match in FIELD.finditer(text):
        name = match["field"].casefold()
        if name not in FIELDS:
            hint = did_you_mean(name, FIELDS) or "There are {{name}}, {{name|fallback}} and {{email}}."
            raise ContentError(f"the message has the field {match.group()}, which no member has", help=hint)
        while spans and spans[0][1] <= match.start():
            spans.pop(0)
        inside = bool(spans) and spans[0][0] <= match.start()
        yield text[last : match.start()]
        fallback = match["fallback"]
        yield Field(name, None if fallback is None else fallback.strip(), "url" if inside else place)
        last = match.end()
    yield text[last:]
