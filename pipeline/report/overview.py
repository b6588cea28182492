"""The report: one page for whoever answers for all that is published. It works from a folder, and without scripts."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from pipeline.frozen import dataclass
from pipeline.manifest import Output
from pipeline.model.proof import OutputFile
from pipeline.render.colours import brand_tokens
from pipeline.render.elements import written
from pipeline.report import charts, spots
from pipeline.report.facts import Facts

PAGE = "report/index.html"
FOLDER = Path(__file__).parent / "page"

AT_ONCE = 10_000
"""Pieces of the page, a value or what stands between two, that are joined at a time."""
OLDEST = 10
"""How many of the oldest articles are named."""
SHADES = 4

FORMAT_NAMES = {"html": "Web pages", "pdf": "PDF", "epub": "EPUB", "newsletter": "Messages"}


@dataclass(frozen=True, slots=True)
class Proven:
    """One disclaimer in one finished file."""

    kind: str
    version: str
    location: str
    href: str
    visible: bool
    before: bool
    picture: spots.Shown | None


@dataclass(frozen=True, slots=True)
class Made:
    """One finished file."""

    path: str
    href: str
    row: Output
    proofs: tuple[Proven, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """One source with what was made of it."""

    facts: Facts
    profile: str
    """What people call its type."""
    files: tuple[Made, ...]

    @property
    def state(self) -> str:
        """``built``, or why it is not."""
        if self.files:
            return "built"
        if self.facts.errors:
            return "errors"
        return "not built" if self.facts.status == "ready" else self.facts.status


def page(
    facts: Iterable[Facts],
    outputs: Iterable[Output],
    read: Callable[[str], bytes | None],
    *,
    publisher: str,
    colour: str,
    titles: Mapping[str, str],
    sheet: str = "",
) -> OutputFile:
    """The report on sources and finished files.

    ``read`` gives a file below ``build/``; ``titles`` are what people call the article types; ``sheet`` is the path of the
    contact sheet, if there is one.
    """
    files = _by_source(outputs)
    works = [
        Work(one, titles.get(one.profile, one.profile), tuple(_made(row, read) for row in files.get(one.source, ())))
        for one in sorted(facts, key=lambda one: (one.title.casefold(), one.source))
    ]
    articles = [work.facts for work in works if work.facts.kind == "article"]
    style, script = (FOLDER.joinpath(name).read_text("utf-8") for name in ("report.css", "report.js"))
    style = f"{_tokens(colour)}\n{style}"
    pieces = template().generate(
        publisher=publisher,
        works=works,
        articles=articles,
        totals=_totals(works),
        charts=charts.bar_charts(articles),
        timeline=charts.timeline(articles),
        coverage=_coverage(works),
        oldest=sorted((one for one in articles if one.oldest), key=lambda one: (one.oldest, one.source))[:OLDEST],
        sheet=sheet and f"../{quote(sheet)}",
        style=style,
        script=script,
        # the Nu checker knows no hashes of what stands in the page, so it is told a nonce, made from what stands there
        nonce=hashlib.sha256(f"{style}{script}".encode()).hexdigest()[:32],
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        most=charts.MOST,
    )
    data = bytearray()
    while some := list(islice(pieces, AT_ONCE)):  # of thousands of articles there are too many to be held at once
        data += "".join(some).encode()
    return OutputFile(PAGE, "text/html", bytes(data))


@cache
def template() -> Any:
    """The report's template, compiled once for all builds of a process."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: written(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("report.html")


def _tokens(colour: str) -> str:
    """The brand's colours as custom properties."""
    return ":root {" + "".join(f" --{name}: {shade};" for name, shade in brand_tokens(colour).items()) + " }"


def _by_source(outputs: Iterable[Output]) -> dict[str, list[Output]]:
    """Publication files by the source that they are of, which of several is the one that holds the others."""
    found: dict[str, list[Output]] = {}
    for row in sorted(outputs, key=lambda row: row.path):
        if row.edition is not None:
            owner = next((source for source in row.sources if not source.startswith("articles/")), row.sources[0])
            found.setdefault(owner, []).append(row)
    return found


def _made(row: Output, read: Callable[[str], bytes | None]) -> Made:
    href = f"../{quote(row.path)}"
    pictures: Sequence[spots.Shown] = spots.load(read(spots.spots_path(row.path))) if row.path.endswith(".pdf") else ()
    shown = dict(enumerate(pictures)) if len(pictures) == len(row.disclaimers) else {}
    proofs = (
        Proven(
            proof.kind,
            proof.version,
            proof.location,
            _address(href, row.path, proof.location),
            proof.visible,
            proof.before_instructions,
            shown.get(number),
        )
        for number, proof in enumerate(row.disclaimers)
    )
    return Made(row.path, href, row, tuple(proofs))


def _address(href: str, path: str, location: str) -> str:
    """The place in a file as a browser can open it; the file where it cannot."""
    if location.startswith("page ") and location[5:].isdigit() and PurePosixPath(path).suffix == ".pdf":
        return f"{href}#page={location[5:]}"
    if location.startswith("#") and PurePosixPath(path).suffix == ".html":
        return f"{href}#{quote(location[1:])}"
    return href


def _totals(works: Sequence[Work]) -> list[tuple[str, int, int, int, int]]:
    """For each format its name, files, pages, bytes, and disclaimers proven."""
    rows = [made.row for work in works for made in work.files]
    names = dict.fromkeys([*FORMAT_NAMES, *sorted(row.format for row in rows)])
    totals = []
    for name in names:
        mine = [row for row in rows if row.format == name]
        if mine:
            pages, size = sum(row.pages or 0 for row in mine), sum(row.bytes for row in mine)
            proven = sum(len(row.disclaimers) for row in mine)
            totals.append((FORMAT_NAMES.get(name, name), len(mine), pages, size, proven))
    return totals


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the built articles on each topic carry each kind of disclaimer."""

    kinds: tuple[str, ...]
    rows: tuple[tuple[str, int, tuple[tuple[int, int], ...]], ...]
    """Topic, articles on it, and for each kind how many carry it, with a shade from 0 to 4."""


def _coverage(works: Sequence[Work]) -> Coverage:
    built = [work for work in works if work.facts.kind == "article" and work.files]
    carried = {work.facts.source: {proof.kind for made in work.files for proof in made.proofs} for work in built}
    kinds = tuple(sorted(set().union(*carried.values()))) if carried else ()
    articles: Counter[str] = Counter()
    having: Counter[tuple[str, str]] = Counter()
    for work in built:
        for topic in dict.fromkeys(work.facts.topics) or ("",):
            articles[topic] += 1
            having.update((topic, kind) for kind in carried[work.facts.source])
    ordered = sorted(articles, key=lambda topic: (not topic, -articles[topic], topic))
    rows = (
        (
            topic,
            articles[topic],
            tuple((having[topic, kind], -(-SHADES * having[topic, kind] // articles[topic])) for kind in kinds),
        )
        for topic in ordered
    )
    return Coverage(kinds, tuple(rows))
