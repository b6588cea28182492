"""Reading ``content/publisher.toml``: every mistake at once, each with its line."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from pipeline.config.settings import Config, Paper, Policy
from pipeline.config.toml_lines import key_lines
from pipeline.config.values import language_tag, mistake, one_line, one_of
from pipeline.errors import ContentError, UnreadableError, UsageError, did_you_mean, shorten
from pipeline.model.diagnostic import Severity

MAX_BYTES = 1024 * 1024
_MOST = 1_000_000
"""No threshold is larger."""

_CONFIG = Config(name="", url="", contact="")
_POLICY = _CONFIG.policy
"""What holds where the file is silent."""


def _address(value: object) -> str:
    address = one_line(value)
    if not re.fullmatch(r"https?://[^\s/?#]+(?:[/?#]\S*)?", address, re.IGNORECASE):
        raise mistake(f"`{shorten(address)}` is no web address", "Start it with https://.")
    return address


def _colour(value: object) -> str:
    colour = one_line(value)
    if not re.fullmatch(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", colour, re.IGNORECASE):
        raise mistake(f"`{shorten(colour)}` is no colour", "Write it as # and six digits from 0 to f, such as #0b5d4e.")
    return colour


def _paper(value: object) -> str:
    return one_of(value, ("A4", "Letter", "A5"), "paper")


def _severity(value: object) -> str:
    return one_of(value, [severity.value for severity in Severity], "severity")


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _MOST:
        raise mistake("must be a number, 0 or more", "Write it in digits, without quotation marks.")
    return value


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST:
        raise mistake("must be a whole number, 0 or more", "Write it in digits, without quotation marks.")
    return value


def _share(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise mistake("must be a share from 0 to 1", "Write 0.1 for 10 %.")
    return value


Text = Annotated[str, BeforeValidator(one_line)]
Number = Annotated[float, BeforeValidator(_number)]
Count = Annotated[int, BeforeValidator(_count)]
Share = Annotated[float, BeforeValidator(_share)]


class PublisherForm(BaseModel):
    """``[publisher]``."""

    model_config = ConfigDict(extra="forbid")
    name: Text
    url: Annotated[str, BeforeValidator(_address)]
    contact: Text
    postal_address: Text = _CONFIG.postal_address
    language: Annotated[str, BeforeValidator(language_tag)] = _CONFIG.language


class BrandForm(BaseModel):
    """``[brand]``."""

    model_config = ConfigDict(extra="forbid")
    colour: Annotated[str, BeforeValidator(_colour)] = _CONFIG.colour
    logo: Text = _CONFIG.logo
    theme: Text = _CONFIG.theme
    paper: Annotated[Paper, BeforeValidator(_paper)] = _CONFIG.paper


class PolicyForm(BaseModel):
    """``[policy]``: each threshold of the checks."""

    model_config = ConfigDict(extra="forbid")
    max_grade: Number = _POLICY.max_grade
    error_grade: Number = _POLICY.error_grade
    max_smog: Number = _POLICY.max_smog
    error_smog: Number = _POLICY.error_smog
    max_sentence_words: Count = _POLICY.max_sentence_words
    long_sentence_words: Count = _POLICY.long_sentence_words
    max_long_sentences: Share = _POLICY.max_long_sentences
    max_passive: Share = _POLICY.max_passive
    min_words_key_points: Count = _POLICY.min_words_key_points
    max_run_words: Count = _POLICY.max_run_words
    max_list_items: Count = _POLICY.max_list_items
    min_section_words: Count = _POLICY.min_section_words
    review_months: Count = _POLICY.review_months
    min_sources: Count = _POLICY.min_sources
    severity: dict[str, Annotated[Severity, BeforeValidator(_severity)]] = {}


class PublisherFile(BaseModel):
    """``content/publisher.toml``: who publishes, how it looks, and the house rules."""

    model_config = ConfigDict(extra="forbid")
    publisher: PublisherForm
    brand: BrandForm = BrandForm()
    policy: PolicyForm = PolicyForm()


def publisher_schema() -> dict[str, Any]:
    """The JSON Schema of the file."""
    return PublisherFile.model_json_schema()


def read_publisher(content: Path) -> Config:
    """The settings in ``content/publisher.toml``; raises as ``load_config`` says."""
    file = content / "publisher.toml"
    path = Path(os.path.relpath(file)).as_posix()
    text = _read(content, file, path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        problem = str(error).partition(" (at ")[0]
        raise ContentError(
            f"it is not TOML: {problem}", path=path, line=line, help='Write `key = "value"` on each line.'
        ) from None
    lines = key_lines(text)
    try:
        form = PublisherFile.model_validate(data)
    except ValidationError as error:
        found = [_mistake(item, path, lines) for item in error.errors(include_url=False, include_input=False)]
        first, *others = sorted(found, key=lambda problem: problem.line or 0)
        raise ContentError(first.message, path=path, line=first.line, help=first.help, others=others) from None
    policy = Policy(**dict(form.policy))
    return Config(**dict(form.publisher), **dict(form.brand), policy=policy, path=path, lines=dict(lines))


def _read(content: Path, file: Path, path: str) -> str:
    if not os.path.lexists(file):
        raise UsageError(
            f"there is no {path}",
            help="Make a content folder with `pipeline init DIR`, or name yours with `--content DIR`.",
        )
    if not os.path.realpath(file).startswith(os.path.realpath(content) + os.sep):
        raise ContentError(
            "is a link that leaves the content folder", path=path, line=1, help="Put a plain file there."
        )
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise ContentError("is no plain file", path=path, line=1, help="Put a plain file there.")
            with os.fdopen(os.dup(descriptor), "rb") as opened:
                data = opened.read(MAX_BYTES + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise UnreadableError(
            f"cannot be read: {error.strerror}", path=path, help="Check that you may read it."
        ) from None
    if len(data) > MAX_BYTES:
        raise ContentError("has more than 1 MB", path=path, line=1, help="It should have a page.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ContentError("is not UTF-8", path=path, line=line, help="Save it as UTF-8.") from None


_TABLES: Mapping[str, type[BaseModel]] = {"publisher": PublisherForm, "brand": BrandForm, "policy": PolicyForm}


def _mistake(item: Any, path: str, lines: Mapping[str, int]) -> ContentError:
    """One mistake in words, at the line of its key or of the nearest table above it."""
    loc = [str(part) for part in item["loc"]]
    key, last = ".".join(loc), loc[-1]
    line = next((lines[".".join(loc[:n])] for n in range(len(loc), 0, -1) if ".".join(loc[:n]) in lines), 1)
    match item["type"]:
        case "missing":
            message = f"`{key}` is missing"
            mend = f'Add `{last} = "…"` below `[{loc[0]}]`.'
            if len(loc) == 1:
                mend = "Add `[publisher]` with a name, a url and a contact below it."
        case "extra_forbidden":
            known = list((_TABLES[loc[0]] if len(loc) > 1 else PublisherFile).model_fields)
            message = f"unknown key `{key}`"
            mend = did_you_mean(last, known) or f"The keys are {', '.join(known)}."
        case "mistake":
            message, mend = f"`{key}`: {item['ctx']['message']}", item["ctx"]["mend"]
        case _:
            message, mend = f"`{key}` must have keys of its own", f"Write `[{key}]` and the keys below it."
    return ContentError(message, path=path, line=line, help=mend)
