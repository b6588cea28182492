"""The vocabulary of claims: patterns by check and purpose, read from this folder's data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.bundled import bundled_toml
from pipeline.frozen import dataclass
from pipeline.language import Patterns, compile_patterns
from pipeline.language.rules import primary

DATA = Path(__file__).parent
_LIST = re.compile(r"\{(\w+)\}")


@cache
def _data(language: str) -> Mapping[str, Any]:
    path = DATA / f"{language}.toml"
    return bundled_toml(path) if path.is_file() else {}


OPENERS = frozenset(
    {
        *(
            f"disease_claim.{key}"
            for key in ("cure", "strict", "denial", "treats", "treat", "passive", "noun", "gain", "pronoun")
        ),
        *(f"impossible_promise.{key}" for key in ("effortless", "whatever", "permanent", "everyone", "wear")),
        *(f"impossible_promise.{key}" for key in ("permanent_result", "blocks", "for_all", "for_all_users")),
        *(f"dated_result.{key}" for key in ("deadline", "amount", "spot")),
        *(f"against_care.{key}" for key in ("stop", "dose", "ignore", "replaces", "instead", "unneeded")),
        "uncited_claim.appeal",
        "absolute_safety.absolute",
        "testimonial.result",
        "testimonial.quoted_result",
        "testimonial.before",
        "testimonial.after",
        "testimonial.typical",
        "unlabelled_ad.label",
    }
)
"""Labels that a claim starts from; all others are looked for only where one of these was found."""
AILMENTS = frozenset({"disease_claim.disease", "disease_claim.pain"})
"""Labels without which nothing claims to help against a disease."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The patterns of one language, labelled ``section.key``."""

    first: Patterns
    """What is looked for in all prose: the openers and the ailments."""
    holding: Mapping[str, Patterns]
    """By label, the patterns among which it is: those that are looked for together."""


def _part(label: str) -> str:
    """What a label is looked for with."""
    return "first" if label in OPENERS or label in AILMENTS else label.partition(".")[0]


@cache
def vocabulary(language: str) -> Vocabulary | None:
    """The vocabulary of a BCP 47 language; None where there is no data for it.

    A pattern that cannot be read raises PatternSyntaxError when it is first looked for.
    """
    groups = groups_of(language)
    if not groups:
        return None
    parts: dict[str, dict[str, list[str]]] = {"first": {}}
    for label, lines in groups.items():
        parts.setdefault(_part(label), {})[label] = lines
    compiled = {part: compile_patterns(own, language) for part, own in parts.items()}
    return Vocabulary(compiled["first"], {label: compiled[_part(label)] for label in groups})


def groups_of(language: str) -> dict[str, list[str]]:
    """The patterns of a language as lines, by label, with their lists filled in; empty where there are none."""
    data = _data(primary(language))
    lists: dict[str, list[str]] = dict(data.get("lists", {}))
    filled = {name: "(" + "|".join(words) + ")" for name, words in lists.items()}
    groups = {
        f"{section}.{key}": [_LIST.sub(lambda found: filled[found[1]], pattern) for pattern in patterns]
        for section, keys in data.items()
        if section not in {"lists", "units", "passive"}
        for key, patterns in keys.items()
    }
    return groups | {f"lists.{name}": words for name, words in lists.items()}


def units(language: str, kind: str) -> Mapping[str, float]:
    """What words of measure mean: ``weight`` in kilograms, ``time`` in days, ``number`` as such; empty where unknown."""
    found: Mapping[str, float] = _data(primary(language)).get("units", {}).get(kind, {})
    return found


def passive(language: str) -> Mapping[str, tuple[str, ...]]:
    """The words that make a passive, and what they end in, by their part in it; empty where they are not known."""
    parts: Mapping[str, str] = _data(primary(language)).get("passive", {})
    return {part: tuple(words.split()) for part, words in parts.items()}
