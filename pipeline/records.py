"""What is kept of an article between runs: its outline, what was found in it, and from what; as JSON and back."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from sys import intern
from typing import Any

from pipeline.cache import Cache, digest, open_cache
from pipeline.frozen import dataclass
from pipeline.language.readability import Measure
from pipeline.model.article import ArticleMetadata, Outline, Person
from pipeline.model.diagnostic import Diagnostic, Edit, Severity
from pipeline.model.packed import PackedNames, PackedSpans
from pipeline.source import SourceFile
from pipeline.toolchain import reading

DATES = frozenset({"published", "reviewed", "next_review"})
LISTS = frozenset({"topics", "keywords", "related", "disclaimers"})
_METADATA = tuple((field.name, getattr(ArticleMetadata(), field.name)) for field in fields(ArticleMetadata))
"""What an article says of itself, and what holds where it says nothing."""
_NOTHING: Mapping[str, Any] = {}
_NOWHERE: frozenset[str] = frozenset()
"""What nobody changes need not be there a thousand times."""
_DIAGNOSTIC = tuple(field.name for field in fields(Diagnostic))
_MEASURE = tuple(field.name for field in fields(Measure))


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


def compact(record: Record) -> Record:
    """A record in as little room as can be, with what is said of thousands of articles held once."""
    outline, metadata = record.outline, record.outline.metadata
    reviewer = metadata.reviewer
    return replace(
        record,
        outline=replace(
            outline,
            metadata=replace(
                metadata,
                profile=intern(metadata.profile),
                language=intern(metadata.language),
                authors=tuple(_person(each.name, each.credentials, each.url) for each in metadata.authors),
                reviewer=reviewer and _person(reviewer.name, reviewer.credentials, reviewer.url),
                allow=metadata.allow or _NOTHING,
                spans=PackedSpans.of(metadata.spans),
            ),
            anchors=PackedNames.of(outline.anchors),
            links=outline.links or _NOWHERE,
            files=tuple(map(intern, outline.files)),
        ),
        found=tuple(map(_with_shared_words, record.found)),
        asked=record.asked or _NOTHING,
        planned=record.planned or _NOTHING,
    )


@lru_cache(maxsize=1024)
def _person(name: str, credentials: str, url: str) -> Person:
    return Person(name, credentials, url)


def _with_shared_words(found: Diagnostic) -> Diagnostic:
    said = (getattr(found, name) for name in _DIAGNOSTIC)
    values: list[Any] = [intern(value) if type(value) is str else value for value in said]
    return Diagnostic(*values)


def to_json(record: Record) -> dict[str, Any]:
    """What JSON can say of a record."""
    outline = record.outline
    return {
        "metadata": _metadata_json(outline.metadata),
        "anchors": PackedNames.of(outline.anchors).text,
        "links": sorted(outline.links),
        "files": outline.files,
        "body_line": outline.body_line,
        "parsed": outline.parsed,
        "digest": outline.digest,
        "found": [_diagnostic_json(each) for each in record.found],
        "measure": [getattr(record.measure, name) for name in _MEASURE],
        "asked": dict(record.asked),
        "surroundings": record.surroundings,
        "planned": dict(record.planned),
    }


def from_json(value: Any) -> Record | None:
    """The record that ``to_json`` made this of, compact; None for anything else."""
    try:
        outline = Outline(
            metadata=_metadata(value["metadata"]),
            anchors=PackedNames(value["anchors"]),
            links=frozenset(value["links"]) if value["links"] else _NOWHERE,
            files=tuple(map(intern, value["files"])),
            body_line=value["body_line"],
            parsed=value["parsed"],
            digest=value["digest"],
        )
        found = tuple(map(_diagnostic, value["found"]))
        asked, planned = value["asked"] or _NOTHING, value["planned"] or _NOTHING
        return Record(outline, found, Measure(*map(int, value["measure"])), asked, value["surroundings"], planned)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return None


def _metadata_json(metadata: ArticleMetadata) -> dict[str, Any]:
    """What is not as it is in any article that says nothing of it."""
    said = ((name, getattr(metadata, name), plain) for name, plain in _METADATA)
    made: dict[str, Any] = {name: value for name, value, plain in said if value != plain}
    for name in DATES & made.keys():
        made[name] = made[name].isoformat()
    made["authors"] = [_person_json(person) for person in metadata.authors]
    made["reviewer"] = metadata.reviewer and _person_json(metadata.reviewer)
    made["allow"] = dict(metadata.allow)
    spans = PackedSpans.of(metadata.spans)
    made["spans"] = [spans.keys_in_order, spans.numbers.tolist()]
    return made


def _metadata(value: dict[str, Any]) -> ArticleMetadata:
    made = dict(value)
    for name in DATES & value.keys():
        made[name] = date.fromisoformat(value[name])
    for name in LISTS & value.keys():
        made[name] = tuple(value[name])
    made["profile"], made["language"] = intern(value.get("profile", "")), intern(value.get("language", ""))
    made["authors"] = tuple(_person(*each) for each in value["authors"])
    made["reviewer"] = value["reviewer"] and _person(*value["reviewer"])
    made["allow"] = value["allow"] or _NOTHING
    keys, numbers = value["spans"]
    made["spans"] = PackedSpans(tuple(keys), numbers)
    return ArticleMetadata(**made)


def _person_json(person: Person) -> tuple[str, str, str]:
    return person.name, person.credentials, person.url


def _diagnostic_json(found: Diagnostic) -> list[Any]:
    made = [getattr(found, name) for name in _DIAGNOSTIC]
    return [*made[:-1], [[edit.start, edit.end, edit.text] for edit in found.edits]]


def _diagnostic(value: list[Any]) -> Diagnostic:
    # the same words are said of thousands of articles
    code, name, severity, message, path, line, column, end_line, end_column, help_, fixable, edits = value
    return Diagnostic(
        intern(code),
        intern(name),
        Severity(severity),
        intern(message),
        intern(path),
        line,
        column,
        end_line,
        end_column,
        intern(help_),
        fixable,
        tuple(Edit(*each) for each in edits),
    )
