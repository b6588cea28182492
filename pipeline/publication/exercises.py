"""The exercises that a book's chapters show, for its index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.language import analyse, compile_patterns
from pipeline.language import find as find_patterns
from pipeline.locales import Locale, load_locale
from pipeline.model.nodes import BulletList, OrderedList, Section, Table
from pipeline.model.publication import Chapter
from pipeline.model.volume import Exercise, Spot
from pipeline.model.walk import find, plain_text, sections
from pipeline.publication.works import sort_key

HOW_TO = "technique"
"""Role of the section that shows how the article's own exercise is done."""
COLLECTIONS = frozenset({"exercises", "variations", "warm-up", "cool-down"})
"""Roles of sections whose headings and labels name exercises."""
SCHEDULE = "schedule"


def exercises(chapters: Sequence[Chapter]) -> tuple[Exercise, ...]:
    """Every exercise by name, with the places where it is shown in the order of the book; each chapter's section once."""
    names: dict[str, str] = {}
    spots: dict[str, dict[Spot, None]] = {}
    for chapter in chapters:
        for name, anchor in _named(chapter):
            key = sort_key(name)
            if key:
                names.setdefault(key, name)
                spots.setdefault(key, {})[Spot(chapter.slug, anchor)] = None
    return tuple(Exercise(names[key], tuple(spots[key])) for key in sorted(names))


def _named(chapter: Chapter) -> Iterator[tuple[str, str]]:
    """Name and anchor of each exercise of a chapter."""
    locale = load_locale(chapter.language)
    for section in sections(chapter.body):
        if section.role == HOW_TO and any(True for _ in find(section.blocks, OrderedList)):
            yield _capital(chapter.topics[0] if chapter.topics else chapter.title), section.heading.id
        elif section.role in COLLECTIONS:
            yield from _collected(section)
        elif section.role == SCHEDULE:
            for table in find(section.blocks, Table):
                yield from ((name, section.heading.id) for name in _scheduled(table, locale))


def _collected(section: Section) -> Iterator[tuple[str, str]]:
    """The sub-sections of a section, or else the labels of its lists' items."""
    inner = list(sections(section.blocks))
    if inner:
        yield from ((_capital(plain_text(each.heading.children)), each.heading.id) for each in inner)
        return
    for block in section.blocks:
        for item in block.items if isinstance(block, BulletList | OrderedList) else ():
            if item.label:
                yield _capital(plain_text(item.label)), section.heading.id


def _scheduled(table: Table, locale: Locale) -> Iterator[str]:
    """The names in a training plan's column of exercises; days of rest are none."""
    column = _column_of_exercises(table, locale)
    if column is None:
        return
    rest = compile_patterns(locale.phrases.get("schedule.rest_day", ()), locale.language)
    for row in table.rows:
        name = plain_text(row[column].children).strip() if column < len(row) else ""
        if any(map(str.isalpha, name)) and not find_patterns(rest, analyse(name, locale.language)):
            yield _capital(name)


def _column_of_exercises(table: Table, locale: Locale) -> int | None:
    patterns = compile_patterns(locale.phrases.get("schedule.exercise", ()), locale.language)
    for number, cell in enumerate(table.header):
        if find_patterns(patterns, analyse(plain_text(cell.children), locale.language)):
            return number
    return None


def _capital(words: str) -> str:
    """In one line, with a capital at its start, as an index has it."""
    line = " ".join(words.split())
    return line[:1].upper() + line[1:]
