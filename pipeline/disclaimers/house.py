"""What a disclaimer file may say, for the house rules in ``content/disclaimers/*.toml``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from pipeline.errors import ContentError
from pipeline.house_file import HouseFile, read_house_file
from pipeline.language import PatternSyntaxError, compile_patterns
from pipeline.toml_lines import Place

Words = Annotated[str, Field(min_length=1)]
Patterns = list[Words]
Strict = ConfigDict(extra="forbid", strict=True)


class HouseWording(BaseModel):
    """Approved words in one locale."""

    model_config = Strict
    title: Words
    text: Words


class HouseOlder(BaseModel):
    """Words that were approved once."""

    model_config = Strict
    version: Words
    languages: Annotated[list[Words], Field(min_length=1)]
    text: Words


class HouseTrace(BaseModel):
    """What shows that a sentence of legal text was meant."""

    model_config = Strict
    at_least: Annotated[int, Field(ge=1)]
    words: Annotated[Patterns, Field(min_length=1)]


class HouseElement(BaseModel):
    """One thing that the wording must say."""

    model_config = Strict
    id: Words
    says: dict[str, str] = {}
    patterns: dict[str, Patterns] = {}
    parts: dict[str, dict[str, Patterns]] = {}
    at_least: Annotated[int, Field(ge=1)] = 1
    languages: list[Words] = []
    when: str = ""
    deniable: bool = False
    weak: bool = False
    verbatim: list[Words] = []
    traces: list[HouseTrace] = []


class HouseTriggers(BaseModel):
    """What calls for the kind."""

    model_config = Strict
    profiles: list[Words] = []
    roles: list[Words] = []
    words: dict[str, dict[str, Patterns]] = {}
    topics: dict[str, Patterns] = {}
    funding: bool = False
    languages: list[Words] = []


class HouseKind(BaseModel):
    """A kind of disclaimer; one of a built-in name changes what the file says and keeps the rest."""

    model_config = Strict
    kind: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    version: Words | None = None
    date: dt.date | None = None
    sources: list[str] = []
    always: bool = False
    protects: bool = True
    wording: dict[str, HouseWording] = {}
    older: list[HouseOlder] = []
    elements: list[HouseElement] = []
    contradictions: dict[str, Patterns] = {}
    denials: dict[str, Patterns] = {}
    hints: dict[str, Patterns] = {}
    triggers: HouseTriggers = HouseTriggers()
    numbers: dict[str, list[Words]] = {}
    other_numbers: dict[str, list[Words]] = {}
    foreign: list[Words] = []
    calls: dict[str, Patterns] = {}
    elsewhere: dict[str, Patterns] = {}


PATTERN_HELP = (
    "A pattern is words: `chest pain` in any form, `=stop` just so, `cardio*`, `#` for a number, `doctor?` that may be "
    "missing, `(a|b)` for either, `...` for up to three words between. The handbook says more under House rules."
)


def disclaimer_schema() -> dict[str, Any]:
    """The JSON Schema of a disclaimer file."""
    return HouseKind.model_json_schema()


def read_house_rules(file: Path, content: Path, built_in: frozenset[str]) -> dict[str, Any]:
    """What a house rules file says, checked; raises ContentError with every mistake and its line."""
    house = read_house_file(file, content, HouseKind, name="kind", see="See the built-in files.")
    checked = house.rules
    missing = [key for key in ("version", "date", "wording") if not getattr(checked, key)]
    if checked.kind not in built_in and missing:
        help_ = f"Add {missing[0]}, or use a built-in name to change that kind: {', '.join(sorted(built_in))}."
        raise house.mistake(f"the kind {checked.kind!r} has no {missing[0]}", ("kind",), help_)
    _check_patterns(house)
    return house.data


def _check_patterns(house: HouseFile[HouseKind]) -> None:
    """Compile every pattern, so that a slip shows at its line."""
    mistakes: list[ContentError] = []
    for place, language, patterns in _pattern_lists(house.data):
        for number, pattern in enumerate(patterns):
            try:
                compile_patterns([pattern], language).read()
            except PatternSyntaxError as error:
                mistakes.append(house.mistake(str(error), (*place, number), PATTERN_HELP))
    if mistakes:
        raise ContentError.together(mistakes)


def _pattern_lists(data: dict[str, Any]) -> Iterator[tuple[Place, str, list[str]]]:
    """Every list of patterns with where it stands, and its language."""
    triggers = data.get("triggers", {})
    flat: list[tuple[Place, dict[str, list[str]]]] = [
        (("triggers", "topics"), triggers.get("topics", {})),
        *(((key,), data.get(key, {})) for key in ("contradictions", "denials", "hints", "calls", "elsewhere")),
    ]
    nested: list[tuple[Place, dict[str, dict[str, list[str]]]]] = [(("triggers", "words"), triggers.get("words", {}))]
    for number, element in enumerate(data.get("elements", [])):
        flat.append((("elements", number, "patterns"), element.get("patterns", {})))
        nested.append((("elements", number, "parts"), element.get("parts", {})))
    for place, table in flat:
        for language, patterns in table.items():
            yield (*place, language), language, patterns
    for place, tables in nested:
        for language, groups in tables.items():
            for name, patterns in groups.items():
                yield (*place, language, name), language, patterns
