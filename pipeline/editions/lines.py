"""An entry of the record as a line of JSON (RFC 8259), chained to the line before it by SHA-256.

The hash of a line is made from that of the line before and from the entry's canonical JSON: keys sorted, no spaces, no
escapes but those that JSON demands. So no line can be changed, taken out, added or moved without all later ones telling.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, get_args

from pipeline.model.edition import Entry, Reinstated, Released, Withdrawn, WordingVersion
from pipeline.model.publication import PublicationKind

CHAIN = "chain"
EVENT = "event"


def dump(entry: Entry, head: str) -> tuple[str, str]:
    """The entry's line, without its end, and its hash; ``head`` is the hash of the line before, or empty."""
    row = {EVENT: type(entry).__name__.lower(), **asdict(entry)}
    chain = link(row, head)
    return canonical({**row, CHAIN: chain}), chain


def link(row: Mapping[str, Any], head: str) -> str:
    """The hash that chains a row, which has none yet, to the line before."""
    return hashlib.sha256((head + canonical(row)).encode("utf-8", "surrogatepass")).hexdigest()


def canonical(row: Mapping[str, Any]) -> str:
    """The one way in which a row is written."""
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=date.isoformat)


def parse(row: Mapping[str, Any]) -> Entry:
    """The entry of a row. Raises ValueError that names the key that is missing or wrong."""
    event = _text(row, EVENT)
    if event not in EVENTS:
        raise ValueError(f"its `{EVENT}` is {event!r}, which this version does not know")
    return EVENTS[event](row)


def _released(row: Mapping[str, Any]) -> Released:
    kind = _text(row, "kind")
    if kind not in get_args(PublicationKind):
        raise ValueError(f"its `kind` is {kind!r}")
    disclaimers = _list(row, "disclaimers", dict)
    return Released(
        id=_text(row, "id"),
        slug=_text(row, "slug"),
        kind=kind,  # type: ignore[arg-type]  # it is one of them, as the line above made sure
        title=_text(row, "title"),
        language=_text(row, "language"),
        format=_text(row, "format"),
        sha256=_text(row, "sha256"),
        articles=tuple(_list(row, "articles", str)),
        disclaimers=tuple(WordingVersion(_text(each, "kind"), _text(each, "version")) for each in disclaimers),
        checks=_counts(row),
        released=_day(row, "released"),
    )


def _withdrawn(row: Mapping[str, Any]) -> Withdrawn:
    return Withdrawn(
        slug=_text(row, "slug"),
        title=_text(row, "title"),
        language=_text(row, "language"),
        reason=_text(row, "reason"),
        since=_day(row, "since"),
        status=_text(row, "status"),
    )


def _reinstated(row: Mapping[str, Any]) -> Reinstated:
    return Reinstated(slug=_text(row, "slug"), since=_day(row, "since"))


EVENTS: Mapping[str, Callable[[Mapping[str, Any]], Entry]] = {
    "released": _released,
    "withdrawn": _withdrawn,
    "reinstated": _reinstated,
}


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str):
        raise ValueError(f"its `{key}` is missing or no text")  # noqa: TRY004 -- what is wrong is a value of the file
    return value


def _day(row: Mapping[str, Any], key: str) -> date:
    try:
        return date.fromisoformat(_text(row, key))
    except ValueError:
        raise ValueError(f"its `{key}` is missing or no date") from None


def _list(row: Mapping[str, Any], key: str, kind: type) -> list[Any]:
    value = row.get(key)
    if not isinstance(value, list) or not all(isinstance(each, kind) for each in value):
        raise ValueError(f"its `{key}` is missing or no list of what it should be")
    return value


def _counts(row: Mapping[str, Any]) -> Mapping[str, int]:
    value = row.get("checks")
    if not isinstance(value, dict) or not all(isinstance(each, int) for each in value.values()):
        raise ValueError("its `checks` are missing or no numbers")
    return value
