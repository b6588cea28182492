"""The metadata at the top of a file: YAML between two lines of ``---``, every mistake reported at its line (M01)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from pipeline.config.forms import Field, Mistake, Place, dotted
from pipeline.errors import shorten
from pipeline.frozen import dataclass
from pipeline.model.article import ArticleMetadata, Person
from pipeline.model.characters import describe, find_forbidden
from pipeline.model.lines import LINE_END, line_index
from pipeline.model.nodes import NOWHERE, Span
from pipeline.source.confirmations import report_unconfirmed
from pipeline.source.findings import Findings
from pipeline.source.metadata_form import REQUIRED, metadata_form
from pipeline.source.plain_metadata import plain_values
from pipeline.source.yaml_nodes import MAX_DEPTH, Node, Reader, texts

MAX_METADATA = 64 * 1024
"""Characters of metadata that are still read."""

_OPENING = re.compile(r"---[ \t]*(?:\r\n?|\n|$)")
_CLOSING = re.compile(r"(?:---|\.\.\.)[ \t]*")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A file's metadata, and where the text below it starts."""

    metadata: ArticleMetadata
    body_start: int
    """Offset of the first character below the metadata."""


@dataclass(frozen=True, slots=True)
class Values:
    """What is sound of a file's metadata."""

    found: Mapping[str, Any]
    """By key; lists are lists, groups are mappings."""
    spans: Mapping[str, Span]
    """Where each key's line is, as ``ArticleMetadata.spans``."""
    body_start: int
    """Offset of the first character below the metadata."""


def read_front_matter(
    source: str, *, language: str, profiles: Collection[str], kinds: Collection[str], findings: Findings
) -> FrontMatter:
    """The metadata of an article. ``language`` is the publisher's, ``profiles`` and ``kinds`` are the names that exist."""
    values = read_values(source, form=metadata_form(profiles, kinds), required=REQUIRED, findings=findings)
    return FrontMatter(_article_metadata(values.found, language, values.spans), values.body_start)


def read_values(source: str, *, form: Field, required: Sequence[str], findings: Findings) -> Values:
    """The metadata of a file by its form; what is wrong, and what of ``required`` it lacks, goes to the findings."""
    index = line_index(source)
    start, end, body = _find_metadata(source, findings)
    if start == end == body == 0:
        _report_none(source, required, findings)
        return Values({}, {}, 0)
    if end - start > MAX_METADATA:
        message = f"the metadata has more than {MAX_METADATA // 1024} KB"
        findings.add("P06", message, index.span(0, 3), "Move text below the second line of `---`.")
        return Values({}, {}, body)
    reading = _Form(Reader(source, start, end, index, findings), findings)
    values = reading.values(form, required)
    report_unconfirmed(source[start:end], index.place(start)[0], reading.spans, findings)
    return Values(values, reading.spans, body)


def _find_metadata(source: str, findings: Findings) -> tuple[int, int, int]:
    """Start and end of the YAML and start of the text below; three zeros when there is none."""
    opening = _OPENING.match(source)
    if opening is None:
        return 0, 0, 0
    start = offset = opening.end()
    blank = None
    while offset < len(source):
        line_end = LINE_END.search(source, offset)
        stop, after = (line_end.start(), line_end.end()) if line_end else (len(source), len(source))
        if _CLOSING.fullmatch(source, offset, stop):
            return start, offset, after
        if blank is None and not source[offset:stop].strip():
            blank = offset
        offset = after
    # Taken to end at the first blank line, so that the text below is still read as text.
    findings.add("M01", "the metadata is not closed", Span(1, 1, 1, 4), "Put a line `---` after its last line.")
    end = len(source) if blank is None else blank
    return start, end, end


def _report_none(source: str, required: Sequence[str], findings: Findings) -> None:
    what = "the file has no metadata" if source.strip() else "the file is empty"
    findings.add(
        "M01",
        f"{what}; it needs {', '.join(f'`{key}`' for key in required)}",
        NOWHERE,
        "Start it with a line `---`, the keys, and another line `---`.",
    )


class _Form:
    """The metadata's values checked against the form, with the place of each."""

    def __init__(self, reader: Reader, findings: Findings) -> None:
        self.reader = reader
        self.findings = findings
        self.spans: dict[str, Span] = {}
        self.data: dict[str, Any] = {}
        self.root: Node | None = None
        plain = plain_values(reader.text, reader.first_line)
        if plain is not None:
            self.data, self.spans = plain
            return
        self.root = reader.read()
        if self.root is not None and self.root.pairs is not None:
            self._check_characters(self.root)
            self.data = self._mapping(self.root, ())

    def _check_characters(self, root: Node) -> None:
        """Escapes in quoted YAML can make characters that no article may hold."""
        for node in texts(root):
            if isinstance(node.value, str):
                for match in find_forbidden(node.value):
                    node.value = node.value.replace(match.group(), "\N{REPLACEMENT CHARACTER}")
                    message = f"{describe(match.group())} is not allowed in an article"
                    self.findings.add("P03", message, self.reader.node_span(node), "Delete it.")

    def _value(self, node: Node, place: tuple[str, ...]) -> Any:
        if node.items is not None:
            for number, item in enumerate(node.items):
                self.spans[".".join((*place, str(number)))] = self.reader.node_span(item)
            return [self._value(item, (*place, str(number))) for number, item in enumerate(node.items)]
        return self._mapping(node, place) if node.pairs is not None else node.value

    def _mapping(self, node: Node, place: tuple[str, ...]) -> dict[str, Any]:
        """A mapping as a dict; keys without a value are left out, as if they were not there."""
        values: dict[str, Any] = {}
        for key, value in node.pairs or ():
            if not isinstance(key.value, str):
                self._mistake("a key must be a word", self.reader.node_span(key), "Put it between quotation marks.")
                continue
            name = ".".join((*place, key.value))
            span = self._pair_span(key, value)
            if name in self.spans:
                self._mistake(f"`{shorten(key.value)}` stands here twice", span, "Keep one of them.")
                continue
            self.spans[name] = span
            content = self._value(value, (*place, str(key.value))) if len(place) < MAX_DEPTH else None
            if content is not None or place == ("allow",):
                values[key.value] = content
        return values

    def _pair_span(self, key: Node, value: Node) -> Span:
        """A key and its value when they share a line, else the key alone."""
        key_span = self.reader.node_span(key)
        whole = self.reader.span(key.start, max(key.end, value.end))
        scalar = value.items is None and value.pairs is None
        return whole if scalar and whole.end_line == key_span.line else key_span

    def values(self, form: Field, required: Sequence[str]) -> dict[str, Any]:
        """What is sound of the metadata; all that is not is reported."""
        mistakes: list[Mistake] = []
        found: dict[str, Any] = form.read(self.data, (), mistakes)
        for mistake in mistakes:
            if mistake.kind == "missing" and dotted(mistake.place) in self.spans:
                self._missing(dotted(mistake.place))  # it is there, and empty
            else:
                self._mistake(mistake.message, self._span(mistake.place), mistake.mend)
        _take_out(found, mistakes)
        if self.root is not None and self.root.pairs is None and not self.reader.broken:
            needed = ", ".join(f"`{key}`" for key in required)
            message = f"the metadata is no list of keys; it needs {needed}"
            self._mistake(message, self.reader.node_span(self.root), "Write `key: value` on each line.")
        elif not self.reader.broken:
            for key in required:
                if key not in self.data:
                    self._missing(key)
        return found

    def _missing(self, key: str) -> None:
        if key in self.spans:
            self._mistake(f"`{key}` has no value", self.spans[key], "Write it behind the colon.")
        else:
            place = ArticleMetadata(spans=self.spans).span()
            self._mistake(f"the metadata has no `{key}`", place, f"Add a line `{key}: …`.")

    def _span(self, place: Place) -> Span:
        """The span of a place, or of the nearest one above it that the file has."""
        above = (dotted(place[:length]) for length in range(len(place), 0, -1))
        return next((self.spans[key] for key in above if key in self.spans), NOWHERE)

    def _mistake(self, message: str, span: Span, mend: str) -> None:
        self.findings.add("M01", message, span, mend)


def _take_out(found: dict[str, Any], mistakes: Iterable[Mistake]) -> None:
    """Take out what is wrong: of a list its wrong items, else the whole value of a key."""
    wrong: dict[str, set[int]] = {}
    for mistake in mistakes:
        key, *inner = mistake.place
        if isinstance(found.get(str(key)), list) and inner and isinstance(inner[0], int):
            wrong.setdefault(str(key), set()).add(inner[0])
        else:
            found.pop(str(key), None)
    for key in wrong.keys() & found.keys():
        found[key] = [item for number, item in enumerate(found[key]) if number not in wrong[key]]


def _article_metadata(found: Mapping[str, Any], language: str, spans: Mapping[str, Span]) -> ArticleMetadata:
    kept: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in found.items()}
    kept["authors"] = tuple(Person(**author) for author in found.get("authors", ()))
    if "reviewer" in kept:
        kept["reviewer"] = Person(**kept["reviewer"])
    kept.setdefault("language", language)
    return ArticleMetadata(**kept, spans=spans)
