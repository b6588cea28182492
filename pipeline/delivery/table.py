"""A CSV file as rows with their lines: its encoding, its separator, its columns."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from pipeline.errors import ContentError, PipelineError, UnreadableError, UsageError, did_you_mean

SAVE_AS_UTF8 = (
    "Save it as UTF-8: in Excel, Save As, “CSV UTF-8 (comma delimited)”; in LibreOffice, Save As with “Edit filter"
    " settings”, then Unicode (UTF-8)."
)
OTHER_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
SEPARATORS = ",;\t"
LOOK = 65536
"""Bytes at the start of a file that are enough to know its line ends and its first line."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it starts at, and its values by column; a column that the row is too short for is empty."""

    line: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row that is no row: where it starts, and what is wrong."""

    line: int
    problem: str


def read_rows(path: Path, required: tuple[str, ...], optional: tuple[str, ...]) -> Iterator[Row | BrokenRow]:
    """The rows of a CSV file in UTF-8, separated by comma, semicolon or tab, one at a time.

    Columns are found by their names in the first row, in any order and case; others are left alone. Raises UsageError where
    there is no such file, UnreadableError for another encoding, ContentError where the columns are not those.
    """
    newline = _line_end(path)
    try:
        with path.open(encoding="utf-8-sig", newline=newline) as stream:
            yield from _rows(path, stream, required, optional)
    except UnicodeDecodeError as error:
        raise _other_encoding(path) from error
    except OSError as error:
        raise _unreadable(path, error) from error


def _line_end(path: Path) -> str:
    """How lines end. Only that may end a row: a carriage return within one is an error, not another row."""
    if not path.exists():
        raise UsageError(f"there is no file {path}", help="Name a CSV file with the columns email, name and consent.")
    if not path.is_file():
        raise UsageError(f"{path} is not a plain file", help="Name a CSV file; it is read twice, so no pipe will do.")
    try:
        with path.open("rb") as stream:
            start = stream.read(LOOK)
    except OSError as error:
        raise _unreadable(path, error) from error
    for mark, name in OTHER_MARKS.items():
        if start.startswith(mark):
            raise UnreadableError(f"the file is in {name}, not UTF-8", path=path, help=SAVE_AS_UTF8)
    if b"\0" in start.partition(b"\n")[0]:
        raise UnreadableError("the file holds zero bytes: it is no CSV, or in UTF-16", path=path, help=SAVE_AS_UTF8)
    return "\n" if b"\n" in start or b"\r" not in start else "\r"


def _unreadable(path: Path, error: OSError) -> PipelineError:
    return UnreadableError(f"the file cannot be read: {error.strerror}", path=path, help="Give read permission.")


def _other_encoding(path: Path) -> UnreadableError:
    """Name the first line that is not UTF-8, and what it probably is."""
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                byte = line[error.start]
                return UnreadableError(
                    f"the file is not in UTF-8 but probably in Windows-1252: this line holds the byte 0x{byte:02X}",
                    path=path,
                    line=number,
                    help=SAVE_AS_UTF8,
                )
    return UnreadableError("the file was changed while it was read", path=path, help="Run it again.")


def _rows(
    path: Path, stream: TextIO, required: tuple[str, ...], optional: tuple[str, ...]
) -> Iterator[Row | BrokenRow]:
    lines = (line.replace("\r\n", "\n") for line in stream)
    first = next(lines, "")
    read = 1
    if declared := re.fullmatch(r"sep=(.)\s*", first):  # Excel's own way to name the separator
        first = next(lines, "")
        read = 2
    separator = declared[1] if declared else _separator(first, required + optional)
    columns = _columns(path, read, _cells(first, separator), required, optional)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        start = read + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _broken(path, start, read + reader.line_num, error)
            continue
        if len(cells) > len(columns) and any(cells[len(columns) :]):
            problem = f"the row has {len(cells)} values for {len(columns)} columns"
            yield BrokenRow(start, f"{problem}; a value that holds {separator!r} stands in quotation marks")
        elif any(cell.strip() for cell in cells):
            values = dict.fromkeys(columns.values(), "")
            values.update((columns[at], cell) for at, cell in enumerate(cells) if at in columns)
            values.pop("", None)
            yield Row(start, values)


def _broken(path: Path, start: int, end: int, error: csv.Error) -> BrokenRow:
    reason = str(error)
    if "unexpected end" in reason or "field limit" in reason:
        # What follows would be taken for part of this row, so nobody can say who is on the list.
        raise ContentError(
            "a quotation mark opens in this row and never closes", path=path, line=start, help="Close or delete it."
        ) from error
    if "new-line" in reason:
        return BrokenRow(start, "a line break (CR) within the row")
    over = f" (lines {start} to {end})" if end > start else ""
    return BrokenRow(start, f"a quotation mark in the wrong place{over}; within a value it is doubled")


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _name(cell: str) -> str:
    return cell.strip().casefold().replace("-", "").replace(" ", "_")


def _separator(first: str, known: tuple[str, ...]) -> str:
    """The separator that finds most of the columns we know; a comma where none does."""
    return max(SEPARATORS, key=lambda separator: sum(_name(cell) in known for cell in _cells(first, separator)))


def _columns(
    path: Path, line: int, cells: list[str], required: tuple[str, ...], optional: tuple[str, ...]
) -> dict[int, str]:
    """Column by position: its name where we know it, else empty."""
    names = [_name(cell) for cell in cells]
    known = required + optional
    for name in known:
        if names.count(name) > 1:
            raise ContentError(f"there are {names.count(name)} columns {name}", path=path, line=line, help="Leave one.")
    absent = [name for name in known if name not in names]
    for name, cell in zip(names, cells, strict=True):
        # A slip in `unsubscribed` must not send mail to those who left.
        if name not in known and (near := did_you_mean(name, absent)):
            raise ContentError(f"there is no column `{cell.strip()}`", path=path, line=line, help=near)
    if missing := [name for name in required if name not in names]:
        found = ", ".join(cell.strip() for cell in cells if cell.strip()) or "nothing"
        raise ContentError(
            f"the first row does not name the column {' or '.join(missing)}; it has: {found}",
            path=path,
            line=line,
            help=f"Let the first row name the columns: {', '.join(known)}.",
        )
    return {at: name if name in known else "" for at, name in enumerate(names)}
