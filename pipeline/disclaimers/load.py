"""Reads kinds of disclaimer: the built-in ones, and a content tree's house rules over them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pipeline.bundled import bundled_toml
from pipeline.disclaimers.blocks import blocks
from pipeline.disclaimers.kind import CallNumbers, DisclaimerKind, Element, OlderWording, Trace, Triggers, Wording

DATA = Path(__file__).parent
ORDER = ("info", "clearance", "stop", "emergency", "risk", "pregnancy", "minors", "supplement", "diet", "commercial")
"""The built-in kinds, general ones first; the order in which they are shown and inserted."""


@cache
def _built_in() -> Mapping[str, Mapping[str, Any]]:
    """The built-in files by kind, as they say it."""
    return {path.stem: bundled_toml(path) for path in (DATA / f"{name}.toml" for name in ORDER)}


@cache
def _built_in_kinds() -> Mapping[str, DisclaimerKind]:
    return MappingProxyType({name: _kind(data, "") for name, data in _built_in().items()})


def load_disclaimers(content: Path | None) -> Mapping[str, DisclaimerKind]:
    """All kinds by name: the built-in ones, and ``content/disclaimers/*.toml`` over them.

    A file of a built-in kind changes what it says and keeps the rest; one of another name adds a kind. Without
    ``content`` only the built-in ones. Raises ContentError, with file and line, when a file is wrong.
    """
    files = sorted((content / "disclaimers").glob("*.toml")) if content else []
    if content is None or not files:
        return _built_in_kinds()
    from pipeline.disclaimers.house import read_house_rules

    kinds = dict(_built_in_kinds())
    for file in files:
        data = read_house_rules(file, content, frozenset(_built_in()))
        kinds[data["kind"]] = _kind(_merged(_built_in().get(data["kind"], {}), data), str(file))
    return MappingProxyType(kinds)


def _merged(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """``base`` with ``changes`` over it, table by table; a list takes the other's place, but elements go by their id."""
    merged = dict(base)
    for key, value in changes.items():
        if key == "elements":
            by_id = {element["id"]: element for element in (*base.get(key, ()), *value)}
            merged[key] = list(by_id.values())
        elif isinstance(value, Mapping):
            merged[key] = _merged(base.get(key, {}), value)
        else:
            merged[key] = value
    return merged


def _kind(data: Mapping[str, Any], path: str) -> DisclaimerKind:
    version = data["version"]
    return DisclaimerKind(
        kind=data["kind"],
        version=version,
        date=date.fromisoformat(str(data["date"])),
        wordings={
            locale: Wording(version, words["title"], words["text"].strip(), blocks(words["text"]))
            for locale, words in data["wording"].items()
        },
        older=tuple(
            OlderWording(old["version"], tuple(old["languages"]), old["text"].strip(), blocks(old["text"]))
            for old in data.get("older", ())
        ),
        elements=tuple(_element(element) for element in data.get("elements", ())),
        contradictions=_lists(data.get("contradictions", {})),
        denials=_lists(data.get("denials", {})),
        hints=_lists(data.get("hints", {})),
        triggers=_triggers(data),
        protects=data.get("protects", True),
        numbers=CallNumbers(
            fitting=_lists(data.get("numbers", {})),
            others=_lists(data.get("other_numbers", {})),
            foreign=frozenset(data.get("foreign", ())),
            calls=_lists(data.get("calls", {})),
            elsewhere=_lists(data.get("elsewhere", {})),
        ),
        sources=tuple(data.get("sources", ())),
        path=path,
    )


def _element(data: Mapping[str, Any]) -> Element:
    return Element(
        id=data["id"],
        says=data.get("says", {}),
        patterns=_lists(data.get("patterns", {})),
        parts={language: _lists(parts) for language, parts in data.get("parts", {}).items()},
        at_least=data.get("at_least", 1),
        languages=tuple(data.get("languages", ())),
        when=data.get("when", ""),
        deniable=data.get("deniable", False),
        weak=data.get("weak", False),
        verbatim=tuple(data.get("verbatim", ())),
        traces=tuple(Trace(trace["at_least"], tuple(trace["words"])) for trace in data.get("traces", ())),
    )


def _triggers(data: Mapping[str, Any]) -> Triggers:
    triggers = data.get("triggers", {})
    return Triggers(
        always=data.get("always", False),
        profiles=tuple(triggers.get("profiles", ())),
        roles=tuple(triggers.get("roles", ())),
        words={language: _lists(groups) for language, groups in triggers.get("words", {}).items()},
        topics=_lists(triggers.get("topics", {})),
        funding=triggers.get("funding", False),
        languages=tuple(triggers.get("languages", ())),
    )


def _lists(table: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in table.items()}
