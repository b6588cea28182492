"""Checks the house rules that a content tree adds to article types: ``content/profiles/<name>.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from pipeline.errors import ContentError, did_you_mean
from pipeline.house_file import HouseFile, read_house_file
from pipeline.toml_lines import key_lines

NAME = r"^[a-z0-9][a-z0-9-]*$"
CODE = r"^[A-Z]([0-9]{2})?$"
Phrases = list[Annotated[str, Field(min_length=1)]]


class HouseRole(BaseModel):
    """A section that the article type has; what is left out is as the built-in role of that id says."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: Annotated[str, Field(pattern=NAME, description="The role, as {role=...} in an article names it.")]
    required: Annotated[bool, Field(description="Whether an article without it is an error.")] = False
    repeats: Annotated[bool, Field(description="Whether several sections may have it.")] = False
    min_words: Annotated[int | None, Field(ge=0, description="Fewest words under its heading.")] = None
    heading: Annotated[dict[str, str], Field(description="What a new section is called, by language.")] = {}
    synonyms: Annotated[dict[str, Phrases], Field(description="Headings that mean it, by language.")] = {}


class HouseProfile(BaseModel):
    """An article type. A built-in name changes what the file says and keeps the rest; any other name adds one."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: Annotated[str, Field(pattern=NAME, description="The name that `profile:` in an article gives.")]
    title: Annotated[dict[str, str], Field(description="What people call the type, by language.")] = {}
    roles: Annotated[list[HouseRole], Field(min_length=1, description="Its sections, in order.")] = []
    common_roles: Annotated[
        bool, Field(description="Whether its sections may also be what those of every article may: risks, sources, …")
    ] = True
    disclaimers: Annotated[list[str], Field(description="Kinds of disclaimer that every such article needs.")] = []
    min_words: Annotated[int | None, Field(ge=0, description="Fewest words of a section.")] = None
    steps: Annotated[
        list[Annotated[int, Field(ge=1)]] | None,
        Field(min_length=2, max_length=2, description="Fewest and most steps of a how-to section."),
    ] = None
    reviewer_required: Annotated[bool, Field(description="Whether a reviewer with credentials is needed.")] = False
    sources_required: Annotated[bool, Field(description="Whether no sources at all is an error.")] = False
    question_title: Annotated[bool, Field(description="Whether title or first heading is a question.")] = False
    plan_table: Annotated[bool, Field(description="Whether each row of the schedule has sets, reps and rest.")] = False
    max_grade: Annotated[float | None, Field(gt=0, description="Reading grade that is a warning.")] = None
    error_grade: Annotated[float | None, Field(gt=0, description="Reading grade that is an error.")] = None
    max_pages: Annotated[int | None, Field(ge=1, description="Most pages of a PDF.")] = None
    severity: Annotated[
        dict[Annotated[str, Field(pattern=CODE)], Literal["error", "warning", "off"]],
        Field(
            description="How bad findings are in such articles, by code, or by its letter for all that start with it."
        ),
    ] = {}
    min_font_points: Annotated[float | None, Field(gt=0, description="Smallest body type in points.")] = None


def profile_schema() -> dict[str, Any]:
    """The JSON Schema of a house rules file for an article type."""
    return HouseProfile.model_json_schema()


def read_house_rules(
    file: Path, content: Path, built_in: Mapping[str, Mapping[str, Any]], known_roles: frozenset[str]
) -> dict[str, Any]:
    """What a house rules file says, checked; raises ContentError with every mistake and its line.

    The name is the file's unless the file gives one. A profile that is not built in needs roles, and each role that is
    not built in needs a heading or synonyms, or no article could ever have it.
    """
    house = read_house_file(file, content, HouseProfile, name="name", see="See `pipeline schema profile`.")
    _check_whole(house, built_in, known_roles)
    return house.data


def _check_whole(
    house: HouseFile[HouseProfile], built_in: Mapping[str, Mapping[str, Any]], known_roles: frozenset[str]
) -> None:
    """What no single value shows."""
    checked = house.rules
    if checked.name not in built_in and not checked.roles:
        help_ = f"Add [[roles]], or use a built-in name to change that type: {', '.join(built_in)}."
        raise house.mistake(f"the article type {checked.name!r} has no roles", ("name",), help_)
    seen: set[str] = set()
    for number, role in enumerate(checked.roles):
        place = ("roles", number, "id")
        if role.id in seen:
            raise house.mistake(f"the role {role.id!r} is listed twice", place, "Keep one of them.")
        seen.add(role.id)
        if role.id not in known_roles and not role.heading and not role.synonyms:
            help_ = f"{did_you_mean(role.id, known_roles)} A new role needs a heading or synonyms.".strip()
            raise house.mistake(f"the role {role.id!r} is not known", place, help_)
    if checked.steps and checked.steps[0] > checked.steps[1]:
        message = f"steps go from {checked.steps[0]} to {checked.steps[1]}"
        raise house.mistake(message, ("steps",), "Give the smaller number first.")


def unknown_kind(path: str, kind: str, known: Iterable[str]) -> ContentError:
    """The mistake of a house rules file that asks for a disclaimer ``kind`` which is none of the ``known``."""
    line = key_lines(Path(path).read_text("utf-8")).get("disclaimers", 1)
    help_ = did_you_mean(kind, known) or f"There are: {', '.join(sorted(known))}."
    return ContentError(f"no disclaimer kind is called {kind!r}", path=path, line=line, help=help_)
