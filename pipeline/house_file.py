"""A file of house rules that an editor wrote: what it says, held against what it may say, with the line of each mistake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from pipeline.errors import PATH_LENGTH, ContentError, did_you_mean, shorten
from pipeline.toml_file import read_toml
from pipeline.toml_lines import Place, item_lines

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Rules = TypeVar("Rules", bound=BaseModel)


@dataclass(frozen=True)
class HouseFile(Generic[Rules]):
    """A file that says what its model allows."""

    path: Path
    text: str
    data: dict[str, Any]
    """What it says, and nothing that it leaves out."""
    rules: Rules
    """The same with all that holds where it says nothing."""

    @cached_property
    def _lines(self) -> Mapping[Place, int]:
        return item_lines(self.text)

    def mistake(self, message: str, place: Place, help_: str) -> ContentError:
        """What is wrong at a place, with its line, or that of the table around it where nothing stands there."""
        return _mistake(self.path, self._lines, message, place, help_)


def read_house_file(file: Path, content: Path, model: type[Rules], *, name: str, see: str) -> HouseFile[Rules]:
    """A file of the tree ``content``; raises ContentError with every mistake and its line.

    ``name`` is the key that gives its name, which else is the file's; ``see`` tells where the values of keys are explained.
    """
    text, data = read_toml(file, content)
    data.setdefault(name, file.stem)
    try:
        return HouseFile(file, text, data, model.model_validate(data))
    except ValidationError as error:
        lines = item_lines(text)
        told = [(item, *_told(item, model, see)) for item in error.errors(include_url=False)]
        mistakes = (_mistake(file, lines, message, item["loc"], help_) for item, message, help_ in told)
        raise ContentError.together(mistakes) from None


def _mistake(file: Path, lines: Mapping[Place, int], message: str, place: Place, help_: str) -> ContentError:
    line = next((lines[place[:length]] for length in range(len(place), 0, -1) if place[:length] in lines), 1)
    return ContentError(message, path=file, line=line, help=help_)


def _told(item: ErrorDetails, model: type[BaseModel], see: str) -> tuple[str, str]:
    """One mistake as an editor reads it, and the mend."""
    key = shorten(".".join(str(part) for part in item["loc"]), PATH_LENGTH)
    if item["type"] != "extra_forbidden":
        return f"{key}: {item['msg'].lower()}", see
    *way, last = item["loc"]
    known = list(_table(model, way).model_fields)
    return f"unknown key {key!r}", did_you_mean(str(last), known) or f"Known keys: {', '.join(known)}."


def _table(model: type[BaseModel], way: list[str | int]) -> type[BaseModel]:
    """The model of the table that a way of keys and numbers leads to."""
    for part in way:
        field = model.model_fields.get(str(part))
        model = next(_models(field.annotation), model) if field else model
    return model


def _models(kind: Any) -> Iterator[type[BaseModel]]:
    """The models in a type: that of tables, as in ``list[HouseRole]``."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for inner in get_args(kind):
        yield from _models(inner)
