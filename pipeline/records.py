"""What is kept of an article between runs: its outline, what was found in it, and from what; as JSON and back."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, fields, replace
from datetime import date
from pathlib import Path
from sys import intern
from typing import Any

from pipeline.cache import Cache, digest, open_cache
from pipeline.frozen import dataclass
from pipeline.language.readability import Measure
from pipeline.model.article import ArticleMetadata, Outline, Person
from pipeline.model.diagnostic import Diagnostic, Edit, Severity
from pipeline.model.nodes import Span
from pipeline.source import SourceFile
from pipeline.toolchain import reading

DATES = ("published", "reviewed", "next_review")
_DIAGNOSTIC = tuple(field.name for field in fields(Diagnostic))
_MEASURE = tuple(field.name for field in fields(Measure))
TUPLES = ("topics", "keywords", "related", "disclaimers")


@dataclass(frozen=True, slots=True)
class Record:
    """Of one article."""

    outline: Outline
    found: tuple[Diagnostic, ...]
    """What the checks found in it, before any of it is silenced."""
    measure: Measure
    """Of its prose."""
    asked: Mapping[str, bool]
    """The articles that were looked up for it by slug, and whether their anchors were; all of them where ``""`` is there."""
    surroundings: str
    """Digest of all that the checks went by besides the article and the rules."""
    planned: Mapping[str, Any]
    """What a build plans to make of it, by what it was asked for."""

    @property
    def stopped(self) -> bool:
        """Whether the article took too much to be read or checked, so that nothing else is known of it."""
        return not self.surroundings


def rules_digest(content: Path) -> str:
    """What changes when the house rules of a content tree do, or what reads and checks it."""
    folders = [content / "profiles", content / "disclaimers"]
    files = [content / "publisher.toml", *(file for folder in folders for file in sorted(folder.glob("*.toml")))]
    parts: list[bytes | str] = [reading(), content.as_posix(), os.path.relpath(content)]
    for file in files:
        with suppress(OSError):
            if file.is_file():  # reading a pipe would wait for ever; loading the house rules says what is wrong with it
                parts += [file.as_posix(), file.read_bytes()]
    return digest(parts)


class Records:
    """What is kept of the articles of one tree; nothing without a tree."""

    def __init__(self, content: Path | None = None, rules: str = "") -> None:
        self.rules = rules
        """Digest of the house rules under which all that is kept was found."""
        self._root = os.path.realpath(content) if content else ""
        self._cache = open_cache(self._root) if content else Cache(None)
        self._loaded: dict[str, tuple[bytes, Record]] = {}

    def load(self, file: SourceFile, data: bytes) -> Record | None:
        """The record of a file with these bytes, where there is one; whether it still holds, its surroundings tell."""
        found = self._loaded.pop(file.name, None)
        return found[1] if found and found[0] is data else from_json(self._cache.get(*self._names(file, data)))

    def save(self, file: SourceFile, data: bytes, record: Record) -> None:
        """Keep the record of a file with these bytes; it is written before long."""
        self._cache.put(*self._names(file, data), to_json(record))

    def keep(self) -> None:
        """Write what was saved: to be called when nothing more is expected soon, or when all ends early."""
        self._cache.keep()

    def outline(self, file: SourceFile, data: bytes) -> Outline | None:
        """The outline of a file with these bytes, where an earlier run has made it."""
        record = self.load(file, data)
        if record is None:
            return None
        self._loaded[file.name] = data, record  # whoever wants the outline mostly wants the rest soon
        return record.outline

    def _names(self, file: SourceFile, data: bytes) -> tuple[str, str]:
        return f"{self._root}\0{file.name}", digest((self.rules, file.name, repr(file.findings), data))


def with_shared_words(record: Record) -> Record:
    """A record that came from another process, with what is said of thousands of articles held once."""
    found = tuple(_with_shared_words(each) for each in record.found)
    metadata = record.outline.metadata
    spans = {intern(key): span for key, span in metadata.spans.items()}
    outline = replace(record.outline, metadata=replace(metadata, spans=spans))
    return replace(record, outline=outline, found=found)


def _with_shared_words(found: Diagnostic) -> Diagnostic:
    said = ((name, getattr(found, name)) for name in _DIAGNOSTIC)
    values: dict[str, Any] = {name: intern(value) if type(value) is str else value for name, value in said}
    return Diagnostic(**values)


def to_json(record: Record) -> dict[str, Any]:
    """What JSON can say of a record."""
    outline = record.outline
    return {
        "metadata": _metadata_json(outline.metadata),
        "anchors": sorted(outline.anchors),
        "links": sorted(outline.links),
        "files": outline.files,
        "body_line": outline.body_line,
        "parsed": outline.parsed,
        "found": [_diagnostic_json(each) for each in record.found],
        "measure": [getattr(record.measure, name) for name in _MEASURE],
        "asked": dict(record.asked),
        "surroundings": record.surroundings,
        "planned": dict(record.planned),
    }


def from_json(value: Any) -> Record | None:
    """The record that ``to_json`` made this of; None for anything else."""
    try:
        outline = Outline(
            metadata=_metadata(value["metadata"]),
            anchors=frozenset(value["anchors"]),
            links=frozenset(value["links"]),
            files=tuple(value["files"]),
            body_line=value["body_line"],
            parsed=value["parsed"],
        )
        found = tuple(_diagnostic(each) for each in value["found"])
        asked, planned = dict(value["asked"]), dict(value["planned"])
        return Record(outline, found, Measure(*map(int, value["measure"])), asked, value["surroundings"], planned)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _metadata_json(metadata: ArticleMetadata) -> dict[str, Any]:
    made = {field.name: getattr(metadata, field.name) for field in fields(metadata)}
    for name in DATES:
        made[name] = made[name] and made[name].isoformat()
    made["authors"] = [asdict(person) for person in metadata.authors]
    made["reviewer"] = metadata.reviewer and asdict(metadata.reviewer)
    made["allow"] = dict(metadata.allow)
    made["spans"] = {key: [s.line, s.column, s.end_line, s.end_column] for key, s in metadata.spans.items()}
    return made


def _metadata(value: dict[str, Any]) -> ArticleMetadata:
    days = {name: value[name] and date.fromisoformat(value[name]) for name in DATES}
    lists = {name: tuple(value[name]) for name in TUPLES}
    people = {
        "authors": tuple(Person(**each) for each in value["authors"]),
        "reviewer": value["reviewer"] and Person(**value["reviewer"]),
    }
    spans = {intern(key): Span(*places) for key, places in value["spans"].items()}
    return ArticleMetadata(**{**value, **days, **lists, **people, "spans": spans})


def _diagnostic_json(found: Diagnostic) -> list[Any]:
    made = [getattr(found, field.name) for field in fields(found)]
    return [*made[:-1], [[edit.start, edit.end, edit.text] for edit in found.edits]]


def _diagnostic(value: list[Any]) -> Diagnostic:
    # the same words are said of thousands of articles
    values: dict[str, Any] = dict(
        zip(_DIAGNOSTIC, (intern(each) if isinstance(each, str) else each for each in value), strict=True)
    )
    edits = tuple(Edit(*each) for each in values["edits"])
    return Diagnostic(**{**values, "severity": Severity(values["severity"]), "edits": edits})
