"""What a disclaimer file may say, for the house rules in ``content/disclaimers/*.toml``."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import PATH_LENGTH, ContentError, did_you_mean, shorten
from pipeline.language import PatternSyntaxError, compile_patterns
from pipeline.toml_file import read_toml

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

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
    text, data = read_toml(file, content)
    data.setdefault("kind", file.stem)
    try:
        checked = HouseKind.model_validate(data)
    except ValidationError as error:
        mistakes = (_mistake(item, file, text) for item in error.errors(include_url=False))
        raise ContentError.together(mistakes) from None
    missing = [key for key in ("version", "date", "wording") if not getattr(checked, key)]
    if checked.kind not in built_in and missing:
        help_ = f"Add {missing[0]}, or use a built-in name to change that kind: {', '.join(sorted(built_in))}."
        message = f"the kind {checked.kind!r} has no {missing[0]}"
        raise ContentError(message, path=file, line=_line(text, ("kind",)), help=help_)
    _check_patterns(data, file, text)
    return data


def _check_patterns(data: dict[str, Any], file: Path, text: str) -> None:
    """Compile every pattern, so that a slip shows at its line."""
    mistakes: list[ContentError] = []
    for language, patterns in _pattern_lists(data):
        for pattern in patterns:
            try:
                compile_patterns([pattern], language).read()
            except PatternSyntaxError as error:
                number = next((at for at, line in enumerate(text.split("\n"), 1) if pattern in line), 1)
                mistakes.append(ContentError(str(error), path=file, line=number, help=PATTERN_HELP))
    if mistakes:
        raise ContentError.together(mistakes)


def _pattern_lists(data: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Every list of patterns with its language."""
    triggers = data.get("triggers", {})
    flat = [
        triggers.get("topics", {}),
        *(data.get(key, {}) for key in ("contradictions", "denials", "hints", "calls", "elsewhere")),
    ]
    nested = [triggers.get("words", {})]
    for element in data.get("elements", []):
        flat.append(element.get("patterns", {}))
        nested.append(element.get("parts", {}))
    lists = [item for table in flat for item in table.items()]
    lists += [(language, found) for table in nested for language, groups in table.items() for found in groups.values()]
    return lists


def _mistake(item: ErrorDetails, file: Path, text: str) -> ContentError:
    """One mistake as an editor reads it."""
    line = _line(text, item["loc"])
    key = shorten(".".join(str(part) for part in item["loc"]), PATH_LENGTH)
    if item["type"] != "extra_forbidden":
        return ContentError(f"{key}: {item['msg'].lower()}", path=file, line=line, help="See the built-in files.")
    models: dict[str, type[BaseModel]] = {
        "wording": HouseWording,
        "older": HouseOlder,
        "elements": HouseElement,
        "triggers": HouseTriggers,
    }
    model = models.get(str(item["loc"][0]), HouseKind) if len(item["loc"]) > 1 else HouseKind
    known = list(model.model_fields)
    mend = did_you_mean(str(item["loc"][-1]), known) or "Known keys: " + ", ".join(known) + "."
    return ContentError(f"unknown key {key!r}", path=file, line=line, help=mend)


def _line(text: str, place: tuple[str | int, ...]) -> int:
    """The line, from 1, of the key at ``place``, as far as it can be found by the names on the way; else 1."""
    lines = text.split("\n")
    start = 0
    found = False
    for part in place:
        if isinstance(part, int):
            tables = [at for at, line in enumerate(lines) if re.match(rf"\s*\[\[\s*{place[0]}\s*\]\]", line)]
            start = tables[part] if part < len(tables) else start
            continue
        key = re.compile(rf"""\s*(?:\[+\s*)?(?:["']?[\w-]+["']?\.)*["']?{re.escape(part)}["']?\s*(?:[.=\]]|$)""")
        at = next((at for at in range(start, len(lines)) if key.match(lines[at])), None)
        start, found = (at, True) if at is not None else (start, found)
    return start + 1 if found or start else 1
