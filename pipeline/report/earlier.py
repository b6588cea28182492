"""The report of an earlier build: what it says of works that are as they were then is said again, not made anew.

A page of a thousand articles has 20 MB, most of them pictures, and a build mostly changes a few of the articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.frozen import dataclass
from pipeline.manifest import Output
from pipeline.report.facts import Facts
from pipeline.report.works import Work, works_of


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a finished page, which is markup; it is taken out when the template asks for it."""

    page: bytes
    start: int
    end: int

    def __html__(self) -> str:
        """The markup, as templates ask for it."""
        return self.page[self.start : self.end].decode()


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says of one work."""

    row: Piece | None
    """In the table of articles, where it is one."""
    proof: Piece | None
    """Of its files, where there are some."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A page as it was made, of what, by this same pipeline."""

    page: bytes
    facts: Sequence[Facts]
    outputs: Iterable[Output]

    def said(self, works: Iterable[Work], titles: Mapping[str, str]) -> dict[str, Said]:
        """What it says of those works that were the same then, by source; nothing where it is not as it should be."""
        then = works_of(self.facts, self.outputs, titles)
        articles = [work for work in then if work.facts.kind == "article"]
        built = [work for work in then if work.outputs]
        rows = list(_pieces(self.page, b'<section id="articles">', b'<tr id="', b"</tbody>"))
        proofs = list(_pieces(self.page, b'<section id="proof">', b'<details id="', b"</section>\n</main>"))
        if (len(rows), len(proofs)) != (len(articles), len(built)):
            return {}
        row = {work.facts.source: piece for work, piece in zip(articles, rows, strict=True)}
        proof = {work.facts.source: piece for work, piece in zip(built, proofs, strict=True)}
        same = {work.facts.source: work for work in then}
        sources = (work.facts.source for work in works if same.get(work.facts.source) == work)
        return {source: Said(row.get(source), proof.get(source)) for source in sources}


def _pieces(page: bytes, section: bytes, mark: bytes, end: bytes) -> Iterator[Piece]:
    """The pieces of a section that start with a mark; none of the marks can stand in a text, where ``<`` is written ``&lt;``."""
    start = page.find(section)
    stop = page.find(end, start)
    if start < 0 or stop < 0:
        return
    places = list[int]()
    place = page.find(mark, start, stop)
    while place >= 0:
        places.append(place)
        place = page.find(mark, place + 1, stop)
    for first, last in pairwise([*places, stop]):
        yield Piece(page, first, last)
