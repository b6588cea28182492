"""The report: one page for whoever answers for all that is published. It works from a folder, and without scripts."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pipeline.frozen import dataclass
from pipeline.manifest import Output
from pipeline.model.proof import OutputFile
from pipeline.render.colours import brand_tokens
from pipeline.render.elements import written
from pipeline.report import charts
from pipeline.report.earlier import Earlier, Said
from pipeline.report.facts import Facts
from pipeline.report.works import Read, Work, made_of, works_of

PAGE = "report/index.html"
FOLDER = Path(__file__).parent / "page"

AT_ONCE = 200
"""Pieces of the page that are joined at a time; one may be all that is said of a work, with pictures."""
OLDEST = 10
"""How many of the oldest articles are named."""
SHADES = 4

FORMAT_NAMES = {"html": "Web pages", "pdf": "PDF", "epub": "EPUB", "newsletter": "Messages"}


def page(
    facts: Iterable[Facts],
    outputs: Iterable[Output],
    read: Read,
    *,
    publisher: str,
    colour: str,
    titles: Mapping[str, str],
    sheet: str = "",
    earlier: Earlier | None = None,
) -> OutputFile:
    """The report on sources and finished files.

    ``titles`` are what people call the article types; ``sheet`` is the path of the contact sheet, if there is one; ``earlier``
    is a report that was made of other facts and files, the rest being the same.
    """
    works = works_of(facts, outputs, titles)
    said = earlier.said(works, titles) if earlier else {}
    articles = [work.facts for work in works if work.facts.kind == "article"]
    style, script = (FOLDER.joinpath(name).read_text("utf-8") for name in ("report.css", "report.js"))
    style = f"{_tokens(colour)}\n{style}"
    pieces = template().generate(
        publisher=publisher,
        rows=_rows(works, said),
        proofs=_proofs(works, said, read),
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


def _rows(works: Iterable[Work], said: Mapping[str, Said]) -> Iterator[Any]:
    """The rows of the table of articles."""
    made = _of_works().row
    for work in works:
        if work.facts.kind == "article":
            before = said.get(work.facts.source)
            yield before.row if before else made(work)


def _proofs(works: Iterable[Work], said: Mapping[str, Said], read: Read) -> Iterator[Any]:
    """The proof of each work's files."""
    made = _of_works().proof
    for work in works:
        if work.outputs:
            before = said.get(work.facts.source)
            yield before.proof if before else made(work, made_of(work, read))


def template() -> Any:
    """The report's template."""
    return _templates().get_template("report.html")


@cache
def _of_works() -> Any:
    """The parts of it that say something of one work."""
    return _templates().get_template("works.html").module


@cache
def _templates() -> Any:
    """All that the page is made with, each compiled once for all builds of a process."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: written(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _tokens(colour: str) -> str:
    """The brand's colours as custom properties."""
    return ":root {" + "".join(f" --{name}: {shade};" for name, shade in brand_tokens(colour).items()) + " }"


def _totals(works: Sequence[Work]) -> list[tuple[str, int, int, int, int]]:
    """For each format its name, files, pages, bytes, and disclaimers proven."""
    rows = [row for work in works for row in work.outputs]
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
    built = [work for work in works if work.facts.kind == "article" and work.outputs]
    carried = {work.facts.source: {proof.kind for row in work.outputs for proof in row.disclaimers} for work in built}
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
