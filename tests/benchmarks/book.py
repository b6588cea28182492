"""What a book costs on paper: ``python -m tests.benchmarks.book [CHAPTERS]``, 52 of them for about 300 pages of A5.

A book is laid out as one document, without tags and with them, and chapter by chapter, each in a process of its own, so that
memory can be told; what is measured is typesetting and binding, not checks and proof. Ratios are of the clock unless they say
otherwise: other work on the machine counts, so run it on an idle one.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.books import Books
from pipeline.errors import ExportError
from pipeline.executor import in_pieces
from pipeline.export.pdf import engine
from pipeline.export.pdf.book import refer, sheets
from pipeline.export.pdf.document import sheet_document
from pipeline.export.pdf.finish import add_tags, finish
from pipeline.export.pdf.layouts import look_of
from pipeline.model.publication import Publication
from pipeline.pieces import Kept
from pipeline.workers import Workers
from pipeline.workspace import open_workspace
from tests.articles import TODAY
from tests.benchmarks.articles import make_tree
from tests.benchmarks.measure import FailedError, Peaks, looking_at, peak_of

CHAPTERS = 52
PARTS = 4
JOBS = 2

TURNS = 3
"""How often the book is laid out with tags and without, in turn: single runs differ by more than what tags cost."""

TAGGED, SINGLE, CHANGED = 1.10, 0.62, 0.15
"""The most that tags, chapters by two workers, and one changed chapter may cost, as shares of the single layout."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one way took."""

    wall: float
    processor: float
    """Seconds, of the process and of its workers."""
    memory: float
    """Megabytes at the most: of the process, or of the largest of its workers."""
    pages: int

    @property
    def row(self) -> str:
        return f"{self.wall:7.1f} s  {self.processor:7.1f} s  {self.memory:6.0f} MB  {self.pages:5d} pages"


def make_book(folder: Path, chapters: int) -> Path:
    """A content tree with one book of so many articles; returns ``content/``."""
    content = make_tree(folder, chapters)
    (content / "books").mkdir()
    rows = ['title = "Moves"', 'authors = ["Priya Nair"]', 'description = "All moves"', "published = 2026-11-20"]
    share = -(-chapters // PARTS)
    for part in range(0, chapters, share):
        slugs = [f"move-{number}" for number in range(part, min(part + share, chapters))]
        rows += ["[[parts]]", f'title = "Part {part // share + 1}"', f"articles = {slugs}".replace("'", '"')]
    (content / "books" / "moves.toml").write_text("\n".join(rows), "utf-8")
    return content


def publication_of(content: Path) -> Publication:
    """The book of a content tree."""
    workspace = open_workspace(content, [content / "books"], as_of=TODAY)
    return Books(workspace).publication(workspace.books[0], workspace.config)


def single(content: Path, _kept: Path, *, tags: str = "ours") -> int:
    """Lay the book out as one document; gives its number of pages. ``tags`` are ``ours``, ``theirs`` or ``none``."""
    publication = publication_of(content)
    assert publication.volume
    made = sheets(publication, publication.volume, publication)
    numbers = {id_: "22" for sheet in made for id_ in sheet.ids}
    for sheet in made:
        refer(sheet, numbers)
    front, rest, *bodies = made
    trees = [*front.trees, rest.trees[0], *chain.from_iterable(each.trees for each in bodies), *rest.trees[1:]]
    for tree in trees:
        for link in tree.iter("a"):
            link.set("href", link.get("href", "").replace("elsewhere:", "#"))
    html, look = sheet_document(publication, trees, whole=True), look_of(publication)
    if tags != "ours":
        return _bare(publication, html, tagged=tags == "theirs")
    data, messages = engine.written(look, publication.pictures, html, (), add_tags=add_tags)
    if messages:
        raise ExportError(messages[0])
    return finish(data)[1]


def _bare(publication: Publication, html: bytes, *, tagged: bool) -> int:
    """As WeasyPrint alone does it."""
    source, style = engine.opened(look_of(publication), publication.pictures, html, ())
    laid_out = source.render(font_config=style.fonts, stylesheets=[style.css])
    laid_out.write_pdf(pdf_tags=tagged)
    return len(laid_out.pages)


def chaptered(content: Path, kept: Path, jobs: int = JOBS) -> int:
    """Set the book chapter by chapter and bind it; gives its number of pages."""
    publication = publication_of(content)
    with Workers(jobs) as workers:
        sheaf = in_pieces(publication, "pdf", f"{publication.slug}.pdf", workers, Kept(kept))
        assert sheaf
        return sheaf.bound(publication)[0].pages or 0


def change(content: Path, chapters: int) -> None:
    """Change a word of one chapter in the middle."""
    file = content / "articles" / f"move-{chapters // 2}.md"
    file.write_text(file.read_text("utf-8").replace("Most people", "Many people", 1), "utf-8")


def cost(work: Callable[..., int], *given: Any, **named: Any) -> Cost:
    """What a way takes in a new process; the memory is that of the largest of its processes. Raises FailedError."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_measured, args=(theirs, work, given, named))
    process.start()
    theirs.close()
    peaks = Peaks()
    with looking_at(process.pid or 0, peaks):
        try:
            wall, processor, memory, pages = ours.recv()
        except EOFError as nothing:
            raise FailedError(f"{work.__name__} of a book failed") from nothing
    process.join()
    return Cost(wall, processor, max(memory, *peaks.workers.values(), 0), pages)


def tags_cost(content: Path, kept: Path) -> tuple[Cost, Cost]:
    """What the book costs as one document without tags and with them: of some runs in turn those that took least."""
    runs = [(cost(single, content, kept, tags="none"), cost(single, content, kept)) for _ in range(TURNS)]
    bare, whole = (min(some, key=lambda each: each.processor) for some in zip(*runs, strict=True))
    return bare, whole


def _measured(answer: Any, work: Callable[..., int], given: Any, named: Any) -> None:
    os.setsid()  # whoever looks at its workers finds them so
    import_module("pipeline.warm_pdf")  # as workers do; how long it takes to start is measured elsewhere
    with Workers(JOBS) as workers:
        list(workers.each(abs, range(JOBS), few=0))  # leaves the process running that workers are forked from
    gc.set_threshold(50_000)  # as the command line does
    started, before = time.perf_counter(), _processor()
    pages = work(*given, **named)
    wall = time.perf_counter() - started
    answer.send((wall, _processor() - before, peak_of(Path("/proc/self/status")), pages))


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def lines(folder: Path, chapters: int) -> Iterator[str]:
    """What was measured, in words."""
    content, kept = make_book(folder, chapters), folder / "build"
    bare, whole = tags_cost(content, kept)
    yield f"single, bare, no tags       {bare.row}"
    theirs = cost(single, content, kept, tags="theirs")
    yield f"single, bare, its own tags  {theirs.row}"
    yield f"single, finished            {whole.row}"
    apart = cost(chaptered, content, kept)
    yield f"by chapters, {JOBS} jobs         {apart.row}"
    change(content, chapters)
    again = cost(chaptered, content, kept)
    yield f"one chapter changed         {again.row}"
    half = make_book(folder / "half", chapters // 2)
    halved = cost(single, half, folder / "half" / "build")
    yield f"single, half as many        {halved.row}"
    yield verdict("tags and mends, processor time against no tags", whole.processor / bare.processor, TAGGED)
    yield verdict("by chapters against single", apart.wall / whole.wall, SINGLE)
    yield verdict("one chapter changed against single", again.wall / whole.wall, CHANGED)
    per_page = (whole.processor / whole.pages) / (halved.processor / halved.pages)
    yield f"processor time a page, of the whole against half of it: {per_page:.2f}"
    yield f"memory by chapters against single: {apart.memory / whole.memory:.2f}"


def verdict(what: str, ratio: float, limit: float) -> str:
    """A ratio and its limit, as one line."""
    return f"{what}: {ratio:.2f} (at most {limit:.2f}{', missed' if ratio > limit else ''})"


def main() -> None:
    """Measure and print."""
    chapters = int(sys.argv[1]) if len(sys.argv) > 1 else CHAPTERS
    with TemporaryDirectory() as folder:
        for line in lines(Path(folder), chapters):
            print(line, flush=True)  # noqa: T201 -- what it is for


if __name__ == "__main__":
    main()
