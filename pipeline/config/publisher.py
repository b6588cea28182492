"""Reading ``content/publisher.toml``: every mistake at once, each with its line."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pipeline.config.forms import Field, Mistake, WrongError, dotted, group, mapped, several, value
from pipeline.config.settings import Config, Mailing, Policy
from pipeline.config.values import language_tag, one_line, one_of, unbroken
from pipeline.errors import ContentError, UsageError, shorten
from pipeline.model.diagnostic import Severity
from pipeline.model.layout import Line
from pipeline.toml_file import read_toml
from pipeline.toml_lines import key_lines

_MOST = 1_000_000
"""No threshold is larger."""
_THEMES = Path(__file__).parent.parent / "themes"
_PAPERS = ("A4", "Letter", "A5")
_MAILBOX = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
"""An address of e-mail, as HTML's input has it (WHATWG HTML, 4.10.5.1.5)."""
_URL = r"[A-Za-z0-9._~:/?\[\]@!$&'()*+,;=%-]*"
"""Characters that an address on the web has (RFC 3986, section 2), less # and what follows, which no server is told."""
_READER = "{{email}}"
"""Stands for the reader's address, as in ``model/merge_fields.py``, which reading articles has no use for."""
_LIST_ID = r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9-]+)+"
LINES: tuple[Line, ...] = ("name", "date", "coach", "sets")
_COLOUR = "#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})"


def _address(given: object) -> str:
    address = one_line(given)
    if not re.fullmatch(r"https?://[^\s/?#]+(?:[/?#]\S*)?", address, re.IGNORECASE):
        raise WrongError(f"`{shorten(address)}` is no web address", "Start it with https://.")
    try:
        host = urlsplit(address).hostname
    except ValueError:  # as for half of an address in brackets (RFC 3986, 3.2.2)
        host = None
    if not host:
        raise WrongError(f"`{shorten(address)}` names no host", "Write it as https://northside.example.")
    return address


def _contact(given: object) -> str:
    """What readers write or call; one with an @ becomes a link that opens a message, and may then hold nothing else."""
    contact = one_line(given)
    if "@" in contact and not re.fullmatch(r"[^\s@<>?&%:]+@[^\s@<>?&%:]+", contact):
        mend = "Write the address alone, such as hello@northside.example, or a telephone number."
        raise WrongError(f"`{shorten(contact)}` is no address of e-mail", mend)
    return contact


def _unsubscribe(given: object) -> str:
    """An address that stands in a header (RFC 2369) as it is."""
    address = one_line(given)
    bare = address.replace(_READER, "")
    if "{" in bare or "}" in bare:
        mend = f"Write the reader's address as {_READER}, without blanks."
        raise WrongError(f"`{shorten(address)}` holds braces that are not {_READER}", mend)
    if odd := re.sub(_URL, "", _address(bare)):
        mend = "Percent-encode it, such as %C3%BC for ü; write a host with such letters as it is in DNS (xn--…)."
        raise WrongError(f"`{shorten(address)}` holds `{odd[0]}`, which no address in a message has", mend)
    return address


def _sender(given: object) -> str:
    sender = one_line(unbroken(given))
    if not re.fullmatch(rf"{_MAILBOX}|[^<>@]*<{_MAILBOX}>", sender):
        mend = "Write it as `Northside Strength <news@northside.example>`."
        raise WrongError(f"`{shorten(sender)}` is no sender", mend)
    return sender


def _list_id(given: object) -> str:
    name = one_line(given)
    if not re.fullmatch(_LIST_ID, name):
        raise WrongError(f"`{shorten(name)}` is no name of a list", "Write it as `news.northside.example`.")
    return name


def _colour(given: object) -> str:
    colour = one_line(given)
    if not re.fullmatch(_COLOUR, colour):
        mend = "Write it as # and six digits from 0 to f, such as #0b5d4e."
        raise WrongError(f"`{shorten(colour)}` is no colour", mend)
    return colour


def _themes() -> list[str]:
    """The names of the themes, which are folders."""
    return [path.parent.name for path in _THEMES.glob("*/theme.toml")]


def _number(given: object) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given <= _MOST:
        raise WrongError("must be a number, 0 or more", "Write it in digits, without quotation marks.")
    return given


def _count(given: object) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= _MOST:
        raise WrongError("must be a whole number, 0 or more", "Write it in digits, without quotation marks.")
    return given


def _share(given: object) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given <= 1:
        raise WrongError("must be a share from 0 to 1", "Write 0.1 for 10 %.")
    return given


def _severity(given: object) -> Severity:
    return Severity(one_of(given, [severity.value for severity in Severity], "severity"))


def _list(given: object) -> None:
    if not isinstance(given, list):
        raise WrongError("must be a list", "Write it in square brackets, each in quotation marks.")


def _table(given: object) -> None:
    if not isinstance(given, dict):
        raise WrongError("must have keys of its own", "Write the name in [square brackets] and the keys below it.")


_text = value(one_line, type="string", minLength=1)
_a_number = value(_number, type="number", minimum=0, maximum=_MOST)
_a_count = value(_count, type="integer", minimum=0, maximum=_MOST)
_a_share = value(_share, type="number", minimum=0, maximum=1)

PUBLISHER = {
    "name": _text,
    "url": value(_address, type="string", format="uri", pattern="^https?://"),
    "contact": value(_contact, type="string", minLength=1),
    "postal_address": _text,
    "language": value(language_tag, type="string"),
}
BRAND = {
    "colour": value(_colour, type="string", pattern=f"^{_COLOUR}$"),
    "logo": _text,
    "theme": value(lambda given: one_of(given, _themes(), "theme"), type="string", minLength=1),
    "paper": value(lambda given: one_of(given, _PAPERS, "paper"), enum=list(_PAPERS)),
}
NEWSLETTER = {
    "from": value(_sender, type="string"),
    "unsubscribe": value(_unsubscribe, type="string", pattern="^https?://"),
    "list_id": value(_list_id, type="string", pattern=f"^{_LIST_ID}$"),
}
POLICY = {
    "max_grade": _a_number,
    "error_grade": _a_number,
    "max_smog": _a_number,
    "error_smog": _a_number,
    "max_sentence_words": _a_count,
    "long_sentence_words": _a_count,
    "max_long_sentences": _a_share,
    "max_passive": _a_share,
    "min_words_key_points": _a_count,
    "max_run_words": _a_count,
    "max_list_items": _a_count,
    "min_section_words": _a_count,
    "review_months": _a_count,
    "min_sources": _a_count,
    "max_email_kb": _a_number,
    "warn_email_kb": _a_number,
    "severity": mapped(value(_severity, enum=[severity.value for severity in Severity]), _table),
}
HANDOUT = {
    "lines": several(value(lambda given: one_of(given, LINES, "line"), enum=list(LINES)), _list),
}
FILE: Field = group(
    {
        "publisher": group(PUBLISHER, _table, required=("name", "url", "contact")),
        "brand": group(BRAND, _table),
        "newsletter": group(NEWSLETTER, _table),
        "handout": group(HANDOUT, _table),
        "policy": group(POLICY, _table),
    },
    _table,
    required=("publisher",),
)


def publisher_schema() -> dict[str, Any]:
    """The JSON Schema of the file."""
    return dict(FILE.schema)


def read_publisher(content: Path) -> Config:
    """The settings in ``content/publisher.toml``; raises as ``load_config`` says."""
    file = content / "publisher.toml"
    path = Path(os.path.relpath(file)).as_posix()
    if not os.path.lexists(file):
        mend = "Make a content folder with `pipeline init DIR`, or name yours with `--content DIR`."
        raise UsageError(f"there is no {path}", help=mend)
    text, data = read_toml(file, content)
    lines = key_lines(text)
    mistakes: list[Mistake] = []
    found = FILE.read(data, (), mistakes)
    if mistakes:
        raise ContentError.together(_problem(mistake, path, lines) for mistake in mistakes)
    policy = Policy(**found.get("policy", {}))
    settings = found.get("newsletter", {})
    mailing = Mailing(**{"sender" if key == "from" else key: words for key, words in settings.items()})
    return Config(
        **found["publisher"],
        **found.get("brand", {}),
        handout_lines=tuple(dict.fromkeys(found.get("handout", {}).get("lines", ()))),
        policy=policy,
        mailing=mailing,
        path=path,
        lines=dict(lines),
    )


def _problem(mistake: Mistake, path: str, lines: Mapping[str, int]) -> ContentError:
    """A mistake at the line of its key, or of the nearest table above it."""
    above = (dotted(mistake.place[:length]) for length in range(len(mistake.place), 0, -1))
    line = next((lines[key] for key in above if key in lines), 1)
    mend = mistake.mend
    if mistake.kind == "missing":
        *tables, last = mistake.place
        mend = f'Add `{last} = "…"` below `[{dotted(tuple(tables))}]`.'
        if not tables:
            mend = f"Add `[{last}]` with a name, a url and a contact below it."
    return ContentError(mistake.message, path=path, line=line, help=mend)
