"""The JSON Schemas of what the pipeline prints and reads, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_args

from pipeline import manifest
from pipeline.model import json as article_form
from pipeline.model.article import Article
from pipeline.model.diagnostic import Diagnostic
from pipeline.model.edition import Entry, Released, State, Withdrawn
from pipeline.model.nodes import Span
from pipeline.model.schema import DRAFT, SchemaMaker

VERSION = {"type": "integer", "minimum": 1}


def _article() -> dict[str, Any]:
    maker = SchemaMaker(leave_out=article_form.LEFT_OUT, typed_module=Span.__module__)
    return maker.document(Article, "An article, as `pipeline model` prints it", {"schema_version": VERSION})


def _diagnostic() -> dict[str, Any]:
    return SchemaMaker(leave_out=frozenset({"edits"})).document(Diagnostic, "One finding of `pipeline check`")


def _manifest() -> dict[str, Any]:
    maker = SchemaMaker()
    properties = {
        "schema_version": VERSION,
        "generator": {"type": "string"},
        "tools": {"type": "object", "additionalProperties": {"type": "string"}},
        "outputs": {"type": "array", "items": maker.schema(manifest.Output)},
    }
    return _closed("build/manifest.json", properties, maker)


def _editions() -> dict[str, Any]:
    maker = SchemaMaker()
    text = {"type": "string"}
    lines = []
    for kind in get_args(Entry):
        entry = maker.schema(kind)
        row = maker.definitions[kind.__name__]
        row["properties"] |= {"event": {"const": kind.__name__.lower()}, "chain": {**text, "pattern": "^[0-9a-f]{64}$"}}
        row["required"] += ["event", "chain"]
        lines.append(entry)
    title = "One line of content/editions.jsonl"
    return {"$schema": DRAFT, "title": title, "oneOf": lines, "$defs": dict(sorted(maker.definitions.items()))}


def _trace() -> dict[str, Any]:
    maker = SchemaMaker()
    text = {"type": "string"}
    properties = {
        "schema_version": VERSION,
        **dict.fromkeys(("id", "slug", "kind", "title", "language"), text),
        "state": maker.schema(State),
        "releases": {"type": "array", "items": maker.schema(Released), "minItems": 1},
        "newer": maker.schema(Released | None),
        "withdrawn": maker.schema(Withdrawn | None),
        "file": {
            "type": ["object", "null"],
            "properties": {"path": text, "sha256": text, "altered": {"type": "boolean"}},
            "required": ["path", "sha256", "altered"],
            "additionalProperties": False,
        },
    }
    return _closed("What `pipeline trace --json` prints", properties, maker)


def _import() -> dict[str, Any]:
    from pipeline.report import imported

    maker = SchemaMaker()
    properties = {
        "schema_version": VERSION,
        "imported": {"type": "array", "items": maker.schema(imported.Entry)},
        "failures": {"type": "array", "items": maker.schema(imported.Failure)},
    }
    return _closed("What `pipeline import --json` prints", properties, maker)


def _closed(title: str, properties: dict[str, Any], maker: SchemaMaker) -> dict[str, Any]:
    """An object that has all of these properties and no other."""
    return {
        "$schema": DRAFT,
        "title": title,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
        "$defs": dict(sorted(maker.definitions.items())),
    }


def _publisher() -> dict[str, Any]:
    from pipeline.config.publisher import publisher_schema

    return {"$schema": DRAFT, **publisher_schema(), "title": "content/publisher.toml"}


def _profile() -> dict[str, Any]:
    from pipeline.profiles.house import profile_schema

    return {"$schema": DRAFT, **profile_schema(), "title": "content/profiles/<name>.toml"}


SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "article": _article,
    "diagnostic": _diagnostic,
    "manifest": _manifest,
    "editions": _editions,
    "trace": _trace,
    "import": _import,
    "publisher": _publisher,
    "profile": _profile,
}
"""By the name that ``pipeline schema`` takes; each a JSON Schema, draft 2020-12."""
