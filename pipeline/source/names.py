"""The people for whom a handout is copied: named one by one, or in a list with a column of names."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

from pipeline.errors import ContentError, UnreadableError, UsageError, did_you_mean, shorten
from pipeline.model.layout import Line
from pipeline.model.publication import Copy

MOST_NAMES = 1000
"""In one run: their finished files are kept in memory until all are proven."""

MOST_BYTES = 1024 * 1024
LONGEST = 100
"""Characters of one name, date, coach, or sets and repetitions."""

COLUMNS: tuple[Line, ...] = get_args(Line)
"""What a list may say of each person; ``name`` it must."""

LONGEST_FILE = 60
"""Characters of a file's name: with numbers and ending it stays within 255 bytes in every script."""


def read_copies(names: Iterable[str] = (), path: Path | None = None) -> tuple[Copy, ...]:
    """Copies for some names, then for those in the CSV file at ``path``, in order; two people of one name get a file each.

    A list has a heading row with a column ``name``, and may have ``date``, ``coach`` and ``sets``; other columns do not count.
    It is UTF-8, its columns parted by commas, semicolons or tabs (RFC 4180). Raises UsageError for a name that is none, or where
    there is no such file, ContentError for a row that cannot be read and for more than 1,000 names, UnreadableError.
    """
    rows: list[tuple[tuple[tuple[Line, str], ...], str, int | None]] = []
    for name in names:
        if problem := _problem(name.strip(), "name"):
            raise UsageError(f"--for {shorten(name)!r}: {problem}", help="Write the name as it is to be printed.")
        rows.append(((("name", _clean(name)),), "", None))
    if path is not None:
        rows += [(values, str(path), line) for values, line in _listed(path)]
    if len(rows) > MOST_NAMES:
        raise ContentError(
            f"there are {len(rows):,} names; one run makes at most {MOST_NAMES:,} copies",
            path=path,
            help=f"Part the list into files of {MOST_NAMES:,}, and build once for each.",
        )
    taken: dict[str, int] = {}
    return tuple(Copy(_file(dict(values)["name"], taken), values, origin, line) for values, origin, line in rows)


def _listed(path: Path) -> Iterator[tuple[tuple[tuple[Line, str], ...], int]]:
    """What each row says, and its line."""
    text = _read(path)
    reader = csv.reader(io.StringIO(text, newline=""), dialect=_dialect(text), strict=True)
    start, people = 1, 0
    columns: list[str] = []
    try:
        for row in reader:
            line, start = start, reader.line_num + 1
            if not any(cell.strip() for cell in row):
                continue
            if not columns:
                columns = _columns(row, path, line)
                continue
            people += 1
            yield _values(row, columns, path, line), line
    except csv.Error as error:
        mend = "Put quotation marks around a cell that has a comma in it, and write a quotation mark inside twice."
        raise ContentError(f"this row cannot be read: {error}", path=path, line=start, help=mend) from None
    if not columns:
        raise ContentError("the list is empty", path=path, line=1, help="Give it a heading row with `name` in it.")
    if not people:  # a handout for anyone is not what was asked for
        raise ContentError("the list has a heading and no names", path=path, line=1, help="Give each person a row.")


def _read(path: Path) -> str:
    if not path.is_file():
        problem = f"{path} is no plain file" if path.exists() else f"there is no file {path}"
        raise UsageError(problem, help="Name a CSV file that has a column `name`.")
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        raise UnreadableError(message, path=path, help="Check that you may read it.") from None
    if len(data) > MOST_BYTES:
        raise ContentError(
            "the list has more than 1 MB", path=path, help="Keep the columns of names, dates and coaches."
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ContentError("is not UTF-8", path=path, line=line, help="Save it as `CSV UTF-8`.") from None


def _dialect(text: str) -> type[csv.Dialect]:
    """Commas, semicolons or tabs: whichever its heading row has most of."""
    heading = text.lstrip("\r\n").partition("\n")[0]

    class Dialect(csv.excel):
        delimiter = max(",;\t", key=heading.count)

    return Dialect


def _columns(row: list[str], path: Path, line: int) -> list[str]:
    columns = [cell.strip().casefold() for cell in row]
    if "name" not in columns:
        near = next((hint for cell in columns if (hint := did_you_mean("name", [cell]))), "")
        mend = "Give the column of names the heading `name`." + (f" It has {near[13:-1]}." if near else "")
        raise ContentError("the list has no column `name`", path=path, line=line, help=mend)
    for column in COLUMNS:
        if columns.count(column) > 1:
            raise ContentError(f"the list has two columns `{column}`", path=path, line=line, help="Rename one of them.")
    return columns


def _values(row: list[str], columns: list[str], path: Path, line: int) -> tuple[tuple[Line, str], ...]:
    if len(row) != len(columns):
        cells = f"{len(row)} {'cell' if len(row) == 1 else 'cells'}"
        mend = "Put quotation marks around a cell that has a comma in it; leave a cell empty where there is nothing to say."
        raise ContentError(f"this row has {cells}, the heading {len(columns)}", path=path, line=line, help=mend)
    said = dict(zip(columns, row, strict=True))
    for column in COLUMNS:
        if problem := _problem(said.get(column, "").strip(), column):
            raise ContentError(f"`{column}`: {problem}", path=path, line=line, help="Write it as it is to be printed.")
    return tuple((column, _clean(said[column])) for column in COLUMNS if said.get(column, "").strip())


def _problem(words: str, column: str) -> str:
    """What is wrong with a cell; empty when nothing is."""
    if not words:
        return "there is no name" if column == "name" else ""
    if any(unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"} for character in words):
        return "it has a line end or another character that cannot be printed"
    if any(character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069" for character in words):
        return "it has a character that turns the direction of writing around"
    return f"it has more than {LONGEST} characters" if len(words) > LONGEST else ""


def _clean(words: str) -> str:
    return unicodedata.normalize("NFC", " ".join(words.split()))


def _file(name: str, taken: dict[str, int]) -> str:
    """A file's name for a person's: Latin letters without marks, other scripts as they are; numbered from the second on."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    latin = "".join(character for character in plain if not unicodedata.combining(character))
    words = latin if latin.isascii() else unicodedata.normalize("NFC", name.casefold())
    stem = re.sub(r"[^\w]+|_+", "-", words).strip("-")[:LONGEST_FILE].strip("-") or "copy"
    number = taken[stem] = taken.get(stem, 0) + 1
    if number == 1:
        return stem
    return _file(f"{stem} {number}", taken)
