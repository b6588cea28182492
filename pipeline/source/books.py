"""One book's source file as a book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.config.forms import Mistake, Place
from pipeline.files import ContentFolder
from pipeline.model.article import Article, ArticleMetadata, Person
from pipeline.model.book import Book, Entry, Part
from pipeline.model.characters import describe, find_forbidden
from pipeline.model.lines import split_lines
from pipeline.model.nodes import Paragraph, Span, Text
from pipeline.source.book_form import BOOK_FORM, EXAMPLES, TABLES
from pipeline.source.discover import SourceFile
from pipeline.source.findings import Findings
from pipeline.source.text import Rules, source_text, unread
from pipeline.toml_file import TomlMistakeError, TooMuchError, parse_toml
from pipeline.toml_lines import item_lines

AS_TEXT = ' = "…"'
MAX_ARTICLES = 2_000
"""Names of articles in a book, which has a tenth of them."""
PROFILE = "book"
"""What stands in the place of an article type."""


def read_book(file: SourceFile, folder: ContentFolder, rules: Rules) -> Book:
    """Read one book. What is wrong with it is in its sheet's findings.

    Raises UnreadableError when its bytes cannot be had at all.
    """
    findings = Findings()
    source = source_text(file, folder, findings)
    if source is None:
        metadata = ArticleMetadata(profile=PROFILE, language=rules.config.language)
        return Book(unread(file, metadata, findings))
    return parse_book(file, source, rules, findings)


def parse_book(file: SourceFile, source: str, rules: Rules, findings: Findings) -> Book:
    """The book of a file's text; what is wrong goes to the findings."""
    data = _data(source, findings)
    lines = _Lines(source, {} if data is None else item_lines(source))
    mistakes: list[Mistake] = []
    found: dict[str, Any] = BOOK_FORM.read(data, (), mistakes) if data is not None else {}
    if data is not None and not {"authors", "editors"} & data.keys():
        message = "`authors` is missing"
        mistakes.append(Mistake(("authors",), message, f"Add `{EXAMPLES['authors']}`, or `editors`.", "missing"))
    for mistake in mistakes:
        findings.add("M01", mistake.message, lines.span(mistake.place), _mend(mistake, data or {}))
    _report_characters(data, (), lines, findings)
    parts = tuple(_parts(found, lines))
    _report_twice(parts, findings)
    metadata = ArticleMetadata(
        title=found.get("title") or "",
        subtitle=found.get("subtitle") or "",
        description=found.get("description") or "",
        profile=PROFILE,
        authors=_people(found, "authors"),
        language=found.get("language") or rules.config.language,
        published=found.get("published"),
        cover=found.get("cover") or "",
        spans=lines.spans(),
    )
    sheet = Article(
        path=file.name,
        slug=file.slug,
        source=source,
        metadata=metadata,
        body=tuple(_words(metadata, parts, lines)),
        findings=findings.all(),
        parsed=data is not None,
        resources=rules.resources.of(metadata, [], rules.config.logo),
    )
    return Book(sheet, _people(found, "editors"), parts)


def _data(source: str, findings: Findings) -> dict[str, Any] | None:
    """What the file says; None, with a finding, where it is no TOML."""
    try:
        data = parse_toml(source)
    except TomlMistakeError as mistake:
        code = "P06" if isinstance(mistake, TooMuchError) else "M01"
        findings.add(code, mistake.message, Span(mistake.line, 1, mistake.line, 1), mistake.mend)
        return None
    named = sum(_length(part.get("articles")) for part in _list(data.get("parts")) if isinstance(part, dict))
    if max(named, _length(data.get("parts"))) > MAX_ARTICLES:
        message = f"the book has more than {MAX_ARTICLES:,} articles or parts"
        findings.add("P06", message, Span(1, 1, 1, 1), "Make several books of it.")
        return None
    return data


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _length(value: object) -> int:
    return len(_list(value))


class _Lines:
    """Where keys and items of the file stand."""

    def __init__(self, source: str, places: Mapping[Place, int]) -> None:
        self._lines = split_lines(source)
        self._places = places
        self._whole_lines: dict[int, Span] = {}

    def span(self, place: Place) -> Span:
        """The line of a place, or of the nearest one around it; line 1 where there is none."""
        around = (place[:length] for length in range(len(place), 0, -1))
        return self._whole(next((self._places[each] for each in around if each in self._places), 1))

    def item(self, place: Place, words: str) -> Span:
        """Where a list's item stands: the words alone, where they are on the item's line as they are written."""
        line = self.span(place)
        start = self._lines[line.line - 1].find(words) if line.line <= len(self._lines) else -1
        return line if start < 0 else Span(line.line, start + 1, line.line, start + 1 + len(words))

    def spans(self) -> dict[str, Span]:
        """The line of each key of the book."""
        return {str(place[0]): self._whole(line) for place, line in self._places.items() if len(place) == 1}

    def _whole(self, number: int) -> Span:
        if number not in self._whole_lines:  # a line may be long, and hold many items
            text = self._lines[number - 1] if number <= len(self._lines) else ""
            words = text.strip()
            start = text.find(words) + 1
            self._whole_lines[number] = Span(number, start, number, start + len(words))
        return self._whole_lines[number]


def _mend(mistake: Mistake, data: Mapping[str, Any]) -> str:
    key = str(mistake.place[-1])
    if mistake.kind == "missing" and key != "authors":
        return f"Add `{EXAMPLES.get(key) or key + AS_TEXT}`."
    if mistake.kind == "unknown" and mistake.place[0] in TABLES and key in BOOK_FORM.keys and key not in data:
        return f"A key below `[[{mistake.place[0]}]]` belongs to it: put `{key}` above the first of them."
    return mistake.mend


def _report_characters(value: object, place: Place, lines: _Lines, findings: Findings) -> None:
    """Escapes in TOML can make characters that no book may hold."""
    if isinstance(value, str):
        for match in find_forbidden(value):
            message = f"{describe(match.group())} is not allowed in a book"
            findings.add("P03", message, lines.span(place), "Delete it.")
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            _report_characters(inner, (*place, key), lines, findings)


def _people(found: Mapping[str, Any], key: str) -> tuple[Person, ...]:
    people = (each for each in found.get(key) or () if each.get("name"))
    return tuple(Person(**{name: words or "" for name, words in each.items()}) for each in people)


def _parts(found: Mapping[str, Any], lines: _Lines) -> Iterator[Part]:
    """The parts with those of their slugs that are text."""
    for number, part in enumerate(found.get("parts") or ()):
        slugs = enumerate(part.get("articles") or ())
        entries = (Entry(slug, lines.item(("parts", number, "articles", at), slug)) for at, slug in slugs if slug)
        yield Part(part.get("title") or "", tuple(entries))


def _report_twice(parts: tuple[Part, ...], findings: Findings) -> None:
    first: dict[str, int] = {}
    for entry in (entry for part in parts for entry in part.entries):
        if entry.article in first:
            message = f"the article `{entry.article}` is in the book already, on line {first[entry.article]}"
            findings.add("M01", message, entry.span, "Keep one of them.")
        first.setdefault(entry.article, entry.span.line)


def _words(metadata: ArticleMetadata, parts: tuple[Part, ...], lines: _Lines) -> Iterator[Paragraph]:
    """The words that are the book's own, a paragraph each."""
    rows: list[tuple[str, Place]] = [(getattr(metadata, key), (key,)) for key in ("title", "subtitle", "description")]
    rows += [(part.title, ("parts", number, "title")) for number, part in enumerate(parts)]
    for words, place in rows:
        if words:
            span = lines.span(place)
            yield Paragraph((Text(words, span),), span)
