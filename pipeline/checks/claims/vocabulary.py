"""The vocabulary of claims: patterns by check and purpose, read from this folder's data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.language import Patterns, compile_patterns
from pipeline.language.rules import primary

DATA = Path(__file__).parent
_LIST = re.compile(r"\{(\w+)\}")


@cache
def _data(language: str) -> Mapping[str, Any]:
    path = DATA / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


@cache
def vocabulary(language: str) -> Patterns | None:
    """All patterns of a BCP 47 language, labelled ``section.key``; None where there is no data for it.

    Raises PatternSyntaxError for a pattern that cannot be read.
    """
    data = _data(primary(language))
    if not data:
        return None
    lists = {name: "(" + "|".join(values) + ")" for name, values in data.get("lists", {}).items()}
    groups = {
        f"{section}.{key}": [_LIST.sub(lambda found: lists[found[1]], pattern) for pattern in patterns]
        for section, keys in data.items()
        if section not in {"lists", "units", "plain"}
        for key, patterns in keys.items()
    }
    return compile_patterns(groups | {f"lists.{name}": values for name, values in data["lists"].items()}, language)


def units(language: str, kind: str) -> Mapping[str, float]:
    """What words of measure mean: ``weight`` in kilograms, ``time`` in days, ``number`` as such; empty where unknown."""
    found: Mapping[str, float] = _data(primary(language)).get("units", {}).get(kind, {})
    return found


def plain(language: str, key: str) -> tuple[str, ...]:
    """Plain words or parts of words that the data lists under ``[plain]``; empty where there are none."""
    return tuple(_data(primary(language)).get("plain", {}).get(key, ()))
