"""What a piece of a book cannot know while it is set: the numbers of its pages and of others, and the book's edition.

Something of the same length is set in its place, and a mark is left in the page's drawing. Binding puts the right characters
there: their glyphs are in the piece's fonts, because they are drawn once beside the pages.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Any, Literal, NamedTuple

from pipeline.errors import ExportError
from pipeline.publication.edition import ALPHABET, LENGTH

DIGITS = "0123456789"
ROMAN = "ivxlcdm"
LEADER = "."
"""What leads to the numbers of contents and index, again and again."""
EDITION = "0" * LENGTH
"""Stands for an edition's id."""

Kind = Literal["page", "place", "edition"]
Glyphs = dict[str, tuple[str, float]]
"""By character: the glyph's number as four hexadecimal digits, and its width in thousandths of the type's size."""

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
    """Id of the place whose page is told; empty where it is this page's, or the edition."""
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
    """A text box with a slot in it."""

    kind: Kind
    target: str
    standing: str
    glyphs: int
    shift: float
    lead: float | None


@dataclass(slots=True)
class Placeholders:
    """The slots of one piece, found once it is laid out."""

    slots: list[Slot] = field(default_factory=list)
    glyphs: list[Glyphs] = field(default_factory=list)
    _boxes: dict[Any, _Found] = field(default_factory=dict)
    _drawn: dict[tuple[str, tuple[str, ...]], int] = field(default_factory=dict)

    def find(self, laid_out: Any) -> None:
        """Take note of the slots of WeasyPrint's document, and have the fonts hold what may fill them."""
        for page in laid_out.pages:
            for box in page._page_box.children:  # noqa: SLF001  # the layout has no public door
                found = _in_margin(box) if type(box).__name__ == "MarginBox" else _in_text(box)
                dots = _take_dots(box)
                for text, kind, target, standing in found:
                    text.pipeline_slot = True  # its tag must not spell what stands there now
                    glyphs = self._draw(laid_out, text, ALPHABET if kind == "edition" else DIGITS + ROMAN + LEADER)
                    lead = _lead(dots, text) if kind == "place" else None
                    shift = 1.0 if lead is not None else _shift(text)
                    self._boxes[text] = _Found(kind, target, standing, glyphs, shift, lead)

    def _draw(self, laid_out: Any, text: Any, characters: str) -> int:
        """Draw what may fill a slot, beside all pages, which puts it into the fonts; gives the index of its glyphs."""
        key = tuple(str(text.style[f"font_{each}"]) for each in ("family", "style", "weight", "size"))
        if (characters, key) not in self._drawn:
            self._drawn[characters, key] = len(self.glyphs)
            self.glyphs.append({each: _glyph(laid_out, text, each) for each in characters})
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
            raise ExportError(f"nothing can be put in the place of {self._boxes[box].standing!r}: the fonts join it")

    def _marked(self, line: bytes, page: int, box: Any) -> bytes:
        """A line's glyphs with marks in place of those that stand there; empty where they do not."""
        found = self._boxes[box]
        known = self.glyphs[found.glyphs]
        parts = list(_parts(line))
        wanted = [known[each][0].encode() for each in found.standing]
        places = [at for at, part in enumerate(parts) if part.glyph]
        for first in range(len(places) - len(wanted) + 1):
            run = places[first : first + len(wanted)]
            if [parts[at].value for at in run] == wanted:
                break
        else:
            return b""
        gaps = sum(float(part.value) for part in parts[run[0] : run[-1]] if not part.glyph)
        width = sum(known[each][1] for each in found.standing) - gaps
        number = len(self.slots)
        spread = found.kind == "place" and found.lead is None
        gap = b"(\\000g%d)" % number if spread else b""
        before, after = _line(parts[: run[0]], gap), _line(parts[run[-1] + 1 :], gap).removesuffix(gap)
        gaps = before.count(b"g%d)" % number) + after.count(b"g%d)" % number) if spread else 0
        self.slots.append(Slot(found.kind, found.target, page, width, found.shift, gaps, found.lead, found.glyphs))
        return b"[(\\000s%d)%b(\\000n%d)%b] TJ" % (number, before, number, after)


_Row = tuple[Any, Kind, str, str]
"""A text box, what it is for, whose page it tells, and what stands in it for the time being."""


def _in_margin(box: Any) -> Iterator[_Row]:
    content = box.style["content"]
    for text in _texts(box):
        if _shows(content, "counter()", "page") and set(text.text) <= set(DIGITS):
            yield text, "page", "", text.text
        elif _shows(content, "string()", "edition") and EDITION in text.text:
            yield text, "edition", "", EDITION


def _in_text(box: Any) -> Iterator[_Row]:
    for text in _texts(box):
        if text.element_tag == "a::after" and text.element is not None and set(text.text) != {LEADER}:
            standing, target = text.element.get("data-page"), text.element.get("data-to")
            if standing and target and text.text.strip():
                if standing not in text.text:
                    raise ExportError(f"there is no room for a page number in the line that ends in {text.text!r}")
                yield text, "place", target, standing


def _shift(text: Any) -> float:
    """How much of a difference in width moves a line: all of it where the line ends at an edge."""
    return {"right": 1.0, "end": 1.0, "center": 0.5}.get(text.style["text_align_all"], 0.0)


def _take_dots(box: Any) -> dict[tuple[Any, float], float]:
    """Where dots start that lead to something, by its element and line; they go, since they are drawn with what fills its slot."""
    found: dict[tuple[Any, float], float] = {}
    for each in _boxes(box):
        if getattr(each, "is_leader", False):
            dots = list(_texts(each))
            if dots and each.element.get("data-page", "").isdecimal():
                found[each.element, dots[0].position_y] = each.position_x
                each.children = ()
    return found


def _lead(dots: Mapping[tuple[Any, float], float], text: Any) -> float | None:
    """How far before a text its dots start, in thousandths of its size; None where there are none."""
    start = dots.get((text.element, text.position_y))
    return None if start is None else round((text.position_x - start) * 1000 / text.style["font_size"], 1)


def _boxes(box: Any) -> Iterator[Any]:
    """A box and all boxes in it."""
    waiting = [box]
    while waiting:
        box = waiting.pop()
        box = getattr(box, "_box", box)  # what is positioned absolutely hides in a placeholder
        yield box
        waiting.extend(getattr(box, "children", ()))


def _texts(box: Any) -> Iterator[Any]:
    """The text boxes in a box."""
    return (each for each in _boxes(box) if getattr(each, "text", ""))


def _shows(content: Any, function: str, name: str) -> bool:
    """Whether generated content calls a function with a name first; CSS Content 3."""
    return isinstance(content, list | tuple) and any(each[0] == function and each[1][0] == name for each in content)


def _glyph(laid_out: Any, text: Any, character: str) -> tuple[str, float]:
    """A character's glyph and its width, in the type of a text box."""
    from weasyprint.draw.text import draw_first_line
    from weasyprint.matrix import Matrix
    from weasyprint.pdf.stream import Stream
    from weasyprint.text.line_break import split_first_line

    stream = Stream(laid_out.fonts, (0, 0, 1, 1), {}, {}, None, {}, None)
    row = copy.copy(text)
    row.text = character
    row.pango_layout = split_first_line(character, text.style, None, None, 0)[0]
    row.pango_layout.reactivate(text.style)
    draw_first_line(stream, row, "clip", "none", Matrix())
    row.pango_layout.deactivate()
    (glyph,) = re.findall(rb"[0-9a-f]{4}", stream.stream[-1])
    font = next(each.split(b" ")[0][1:].decode() for each in reversed(stream.stream) if each.endswith(b" Tf"))
    widths = (each.widths for each in laid_out.fonts.values() if each.hash == font)
    number = int(glyph, 16)
    return glyph.decode(), float(next(each[number] for each in widths if number in each))


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
