"""A row of a workout plan's schedule does not say which exercise, how many sets and repetitions, or how long to rest.

Who trains from a plan cannot ask back (PEMAT 20: what to do, in explicit steps). The schedule is a table, and each of its
rows has all four. Sets and repetitions may share a column: ``3 × 10``. A row that is a rest day is complete.

Bad:

    ---
    profile: workout-plan
    ---
    ## Schedule

    | Exercise | Sets | Reps | Rest |
    | -------- | ---- | ---- | ---- |
    | Squat    | 3    | 10   | 60 s |
    | Plank    | 3    |      | 60 s |

Good:

    ---
    profile: workout-plan
    ---
    ## Schedule

    | Exercise | Sets | Reps | Rest |
    | -------- | ---- | ---- | ---- |
    | Squat    | 3    | 10   | 60 s |
    | Plank    | 3    | 30 s | 60 s |
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.checks.context import Context
from pipeline.checks.outline import sections_by_role
from pipeline.checks.registry import check
from pipeline.language import analyse, compile_patterns, find
from pipeline.locales import Locale
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity
from pipeline.model.nodes import Section, Table, TableCell
from pipeline.model.walk import find as find_nodes
from pipeline.model.walk import plain_text

COLUMNS = ("exercise", "sets", "reps", "rest")
NAMES = {"exercise": "exercise", "sets": "sets", "reps": "repetitions", "rest": "rest"}
_NOTHING = re.compile(r"[\s\-–—?.…]*|tbd|tbc|n/?a", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")


@check("S14", severity=Severity.ERROR, source="PEMAT 20")
def plan_table(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each incomplete row, for missing columns, or for a schedule without a table."""
    if context.profile is None or not context.profile.plan_table or not context.locale.phrases.get("schedule.exercise"):
        return
    schedules = sections_by_role(article).get("schedule", [])
    tables = [table for section in schedules for table in find_nodes(section.blocks, Table)]
    plans = [(table, _columns(table, context.locale)) for table in dict.fromkeys(tables)]
    detailed = [(table, columns) for table, columns in plans if len(columns) > 1]
    # an overview of the week beside the detailed tables needs no sets
    for table, columns in detailed or plans[:1]:
        missing = [NAMES[name] for name in COLUMNS if name not in columns]
        if missing:
            yield Finding(
                f"the schedule has no column for {_join(missing)}",
                table.header[0].span if table.header else table.span,
                "Add the columns; each row needs exercise, sets, repetitions and rest.",
            )
        yield from _rows(table, columns, context.locale)
    if schedules and not tables:
        yield from _no_table(schedules[0])


def _no_table(section: Section) -> Iterator[Finding]:
    if section.blocks:
        yield Finding(
            "the schedule is not a table",
            section.heading.span,
            "Write it as a table with the columns exercise, sets, repetitions and rest.",
        )


def _columns(table: Table, locale: Locale) -> dict[str, int]:
    """The number of each column that is wanted; sets and repetitions may have the same."""
    columns: dict[str, int] = {}
    patterns = compile_patterns({name: locale.phrases[f"schedule.{name}"] for name in COLUMNS}, locale.language)
    for number, cell in enumerate(table.header):
        labels = {match.label for match in find(patterns, analyse(plain_text(cell.children), locale.language))}
        for label in COLUMNS:  # in their order, whatever a set's is
            if label in labels and not (label == "sets" and "rest" in labels):  # "rest between sets" is about rest
                columns.setdefault(label, number)
    if "exercise" not in columns and table.header and not plain_text(table.header[0].children).strip():
        columns["exercise"] = 0
    return columns


def _rows(table: Table, columns: dict[str, int], locale: Locale) -> Iterator[Finding]:
    rest_day = compile_patterns(locale.phrases["schedule.rest_day"], locale.language)
    for row in table.rows:
        words = [plain_text(cell.children).strip() for cell in row]
        if find(rest_day, analyse(words[columns.get("exercise", 0)], locale.language)) or not any(words):
            continue
        lacking = [NAMES[name] for name, number in columns.items() if _lacks(words, number, name, columns)]
        if lacking:
            name = words[columns.get("exercise", 0)] or "a row"
            yield Finding(
                f"“{name}” in the schedule lacks {_join(lacking)}",
                _span_cell(row, columns).span,
                "Fill in every cell; write “none” where there is no rest.",
            )


def _lacks(words: Sequence[str], number: int, name: str, columns: dict[str, int]) -> bool:
    text = words[number] if number < len(words) else ""
    if _NOTHING.fullmatch(text):
        return True
    shared = columns.get("sets") == columns.get("reps") == number
    return shared and name == "reps" and len(text.split()) == 1 and bool(_NUMBER.fullmatch(text))


def _span_cell(row: tuple[TableCell, ...], columns: dict[str, int]) -> TableCell:
    return row[min(columns.get("exercise", 0), len(row) - 1)]


def _join(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
