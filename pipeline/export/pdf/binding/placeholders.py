"""What a piece of a book cannot know while it is set: the numbers of its pages and of others, and the book's edition.

Something of the same length is set in its place, and a mark is left in the page's drawing. Binding puts the right characters
there: their glyphs are in the piece's fonts, because they are drawn once beside the pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Any, NamedTuple

from pipeline.errors import ExportError
from pipeline.export.pdf.binding.glyphs import Glyphs, glyphs_of
from pipeline.export.pdf.binding.standing import DIGITS, LEADER, Kind, Row, lead_of, rows, shift_of, take_dots
from pipeline.publication.edition import ALPHABET

ROMAN = "ivxlcdm"

SHOWN = re.compile(rb"^\[(?P<glyphs>[^()]*)\] TJ$", re.DOTALL)
"""The operator that shows a line's glyphs; ISO 32000-1, 9.4.3."""
PART = re.compile(rb"<(?P<glyphs>[0-9a-f]*)>|(?P<gap>[-+.0-9]+)")
MARK = re.compile(rb"\(\\000(?P<what>[sng])(?P<number>\d+)\)")
"""What is left in a drawing; no text has a backslash that is not doubled. ISO 32000-1, 7.3.4.2."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to be filled."""

    kind: Kind
    target: str
    """As ``Row`` has it."""
    page: int
    """Index of the page of the piece that it is on."""
    width: float
    """What stands there for the time being, in thousandths of the type's size."""
    shift: float
    """The share of a difference in width by which the line moves to the right: 1 where it ends at an edge."""
    gaps: int
    """How many gaps between the other glyphs of the line take up such a difference; 0 where they need not."""
    lead: float | None
    """How far left of the slot the dots start that lead to it, in thousandths of the type's size; None without dots."""
    glyphs: int
    """Index of the glyphs to fill it with."""

    def filled(self, words: str, glyphs: Glyphs) -> dict[bytes, bytes]:
        """What is drawn at the start of the line, in the slot, and in each gap; ISO 32000-1, 9.4.3: gaps move to the left."""
        difference = self.width - sum(glyphs[each][1] for each in words)
        gap = _gap(-difference / (self.gaps + len(words))) if self.gaps else b""
        drawn = gap.join(b"<%b>" % glyphs[each][0].encode() for each in words) + gap
        if self.lead is None:
            return {b"s": _gap(-difference * self.shift), b"n": drawn, b"g": gap}
        return self._led(words, drawn, glyphs)

    def _led(self, words: str, drawn: bytes, glyphs: Glyphs) -> dict[bytes, bytes]:
        """The same with dots before it, which stand below each other on all lines that end at one edge."""
        assert self.lead is not None
        dot, step = glyphs[LEADER]
        taken = sum(glyphs[each][1] for each in words)
        kept = ceil(taken / step) * step
        dots = max(0, int((self.lead + self.width - kept) // step))
        start = _gap(dots * step + kept - self.width) + b"<%b>" % dot.encode() * dots
        return {b"s": start + _gap(taken - kept), b"n": drawn}


@dataclass(frozen=True, slots=True)
class _Found:
    """What is known of a text box with a slot in it."""

    row: Row
    glyphs: int
    shift: float
    lead: float | None

    @property
    def spread(self) -> bool:
        """Whether the line is to be as long as it is, since more may follow."""
        return self.lead is None and (self.row.kind == "place" or self.row.text.element_tag == "a")


@dataclass(slots=True)
class Placeholders:
    """The slots of one piece, found once it is laid out."""

    slots: list[Slot] = field(default_factory=list)
    glyphs: list[Glyphs] = field(default_factory=list)
    _boxes: dict[Any, _Found] = field(default_factory=dict)
    _drawn: dict[tuple[str, tuple[str, ...]], int] = field(default_factory=dict)

    def find(self, laid_out: Any) -> None:
        """Take note of the slots of WeasyPrint's document, and have the fonts hold what may fill them."""
        pages = laid_out.pages
        dots = take_dots(pages)
        for row in rows(pages):
            text = row.text
            text.pipeline_slot = True  # its tag must not spell what stands there now
            glyphs = self._draw(laid_out, text, ALPHABET if row.kind == "edition" else DIGITS + ROMAN + LEADER)
            lead = lead_of(dots, text) if row.kind == "place" else None
            self._boxes[text] = _Found(row, glyphs, 1.0 if lead is not None else shift_of(text), lead)

    def _draw(self, laid_out: Any, text: Any, characters: str) -> int:
        """Draw what may fill a slot, beside all pages, which puts it into the fonts; gives the index of its glyphs."""
        key = tuple(str(text.style[f"font_{each}"]) for each in ("family", "style", "weight", "size"))
        if (characters, key) not in self._drawn:
            self._drawn[characters, key] = len(self.glyphs)
            self.glyphs.append(glyphs_of(laid_out, text, characters))
        return self._drawn[characters, key]

    def mark(self, streams: list[Any]) -> None:
        """Leave marks in the pages' drawings; raises ExportError where a line does not show what stands in its slot."""
        left = set(self._boxes)
        for page, stream in enumerate(streams):
            here = {row["mcid"]: box for box, row in stream._tags.items() if box in self._boxes}  # noqa: SLF001
            box = None
            for at, operator in enumerate(stream.stream):
                if isinstance(operator, dict) and "MCID" in operator:
                    box = here.get(operator["MCID"])
                elif box is not None and isinstance(operator, bytes) and (line := SHOWN.match(operator)):
                    marked = self._marked(line["glyphs"], page, box)
                    if marked:
                        stream.stream[at] = marked
                        stream.compress = False  # binding has to read it
                        left.discard(box)
                        box = None
        for box in left:
            raise ExportError(
                f"nothing can be put in the place of {self._boxes[box].row.standing!r}: the fonts join it"
            )

    def _marked(self, line: bytes, page: int, box: Any) -> bytes:
        """A line's glyphs with marks in place of those that stand there; empty where they do not."""
        found = self._boxes[box]
        row, known = found.row, self.glyphs[found.glyphs]
        parts = list(_parts(line))
        wanted = [known[each][0].encode() for each in row.standing]
        places = [at for at, part in enumerate(parts) if part.glyph]
        for first in range(len(places) - len(wanted), -1, -1):  # what stands last is meant: an address may have zeros
            run = places[first : first + len(wanted)]
            if [parts[at].value for at in run] == wanted:
                break
        else:
            return b""
        gaps = sum(float(part.value) for part in parts[run[0] : run[-1]] if not part.glyph)
        width = sum(known[each][1] for each in row.standing) - gaps
        number = len(self.slots)
        gap = b"(\\000g%d)" % number if found.spread else b""
        before, after = _line(parts[: run[0]], gap), _line(parts[run[-1] + 1 :], gap).removesuffix(gap)
        gaps = before.count(b"g%d)" % number) + after.count(b"g%d)" % number) if found.spread else 0
        self.slots.append(Slot(row.kind, row.target, page, width, found.shift, gaps, found.lead, found.glyphs))
        return b"[(\\000s%d)%b(\\000n%d)%b] TJ" % (number, before, number, after)


class _Part(NamedTuple):
    """A glyph's number, or a gap by which what follows moves to the left."""

    glyph: bool
    value: bytes


def _parts(line: bytes) -> Iterator[_Part]:
    for each in PART.finditer(line):
        if each["gap"]:
            yield _Part(glyph=False, value=each["gap"])
        else:
            yield from (_Part(glyph=True, value=value) for value in re.findall(rb"....", each["glyphs"]))


def _line(parts: list[_Part], gap: bytes) -> bytes:
    """Parts as they are drawn, with a gap after each glyph."""
    return b"".join(b"<%b>%b" % (part.value, gap) if part.glyph else part.value + b" " for part in parts)


def _gap(value: float) -> bytes:
    moved = round(value, 1)
    return b"%b " % f"{moved:g}".encode() if moved else b""


def fill(drawing: bytes, drawn: Mapping[int, dict[bytes, bytes]]) -> bytes:
    """A page's drawing with its slots filled; ``drawn`` has by number what ``Slot.filled`` gives."""
    return MARK.sub(lambda found: drawn[int(found["number"])][found["what"]], drawing)
