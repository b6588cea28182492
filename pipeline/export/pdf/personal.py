"""Personal copies of a handout: it is laid out once, and the words on its lines are stamped into each copy.

The words are set by the same engine, each on a strip of its own, so that every script is shaped and has its font; a copy is
the handout with the strip's drawing on top and its tag in the line's. Nothing else in the file changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pipeline.errors import ExportError
from pipeline.export.format import output_paths
from pipeline.export.pdf import engine
from pipeline.export.pdf.boxes import boxes, texts_in
from pipeline.export.pdf.complaints import missing_characters, raise_for
from pipeline.export.pdf.finish import form_lines
from pipeline.export.pdf.layouts import look_of
from pipeline.export.pdf.stamps import Stamps, Target
from pipeline.model.layout import Line
from pipeline.model.proof import FilledLine, OutputFile
from pipeline.model.publication import Copy, Publication
from pipeline.render.document import page as html_page
from pipeline.render.elements import element

GAP = 4.0
"""Points between a line's label and what is written on it."""

STRIP_HEIGHT = 36.0
"""Points; more than any script needs above and below the line."""

STRIPS_A_PAGE = 300
"""A page may be 14,400 points high; ISO 32000-1, annex C."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line is written on; lengths in points from the page's bottom left."""

    page: int
    """Index from 0."""
    left: float
    baseline: float
    right: float
    size: float
    """Of the type."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Words of one line of one copy, set by themselves."""

    copy: Copy
    line: Line
    words: str
    left: float = 0.0
    baseline: float = 0.0
    """Where they stand on the page that they are set on, in points from its bottom left."""
    width: float = 0.0


def personal(publication: Publication) -> list[OutputFile]:
    """A finished handout for each copy, in order; raises ExportError for words that do not fit or that no font has."""
    places: dict[Line, Place] = {}
    base, pages = engine.typeset(replace(publication, copies=()), lambda laid_out: places.update(_places(laid_out)))
    strips = [
        Strip(copy, line, words)
        for copy in publication.copies
        for line, words in copy.values
        if words and line in places
    ]
    if not strips:
        raise ExportError("the copies have nothing to show", path=publication.sources[0])
    strips, stamps = _set(publication, strips, max(place.size for place in places.values()))
    mine: dict[Copy, list[int]] = {}
    for number, strip in enumerate(strips):
        _check_width(strip, places[strip.line])
        mine.setdefault(strip.copy, []).append(number)
    files = []
    for copy, path in zip(publication.copies, output_paths(publication, "pdf", ".pdf"), strict=True):
        numbers = mine.get(copy, [])
        data = stamps.stamped(base, [(number, _target(strips[number], places)) for number in numbers])
        filled = tuple(_filled(strips[number], places[strips[number].line]) for number in numbers)
        files.append(OutputFile(path, "application/pdf", data, pages, filled))
    return files


def _target(strip: Strip, places: dict[Line, Place]) -> Target:
    place = places[strip.line]
    tag = form_lines.PREFIX + strip.line
    return Target(tag, place.page, place.left - strip.left, place.baseline - strip.baseline)


def _places(laid_out: Any) -> dict[Line, Place]:
    """Where the lines to fill in are in WeasyPrint's document."""
    found: dict[Line, Place] = {}
    for number, page in enumerate(laid_out.pages):
        for box in boxes(page):
            line: Any = box.element.get("data-line") if box.element is not None and box.element_tag == "p" else None
            label = next(texts_in(box), None) if line else None
            if label is not None and line not in found:
                left = label.position_x + label.width
                right = box.content_box_x() + box.width
                baseline = page.height - label.position_y - label.baseline
                size = label.style["font_size"] * 0.75
                found[line] = Place(number, left * 0.75 + GAP, baseline * 0.75, right * 0.75, size)
    return found


def _set(publication: Publication, strips: list[Strip], size: float) -> tuple[list[Strip], Stamps]:
    """The strips with their measures, and what draws them: one long page or more of paragraphs in type of this size."""
    longest = max(len(strip.words) for strip in strips)
    rules = (
        f"@page{{size:{2 * size * longest + 2 * GAP:g}pt {STRIP_HEIGHT * STRIPS_A_PAGE:g}pt;margin:0;"
        "@bottom-left{content:none}@bottom-right{content:none}}@page :first{margin:0}"
        f"html,body{{font-size:{size:g}pt;line-height:1;orphans:1;widows:1}}"
        f".strip{{margin:0;padding:{STRIP_HEIGHT / 3:g}pt {GAP:g}pt 0;white-space:nowrap;box-sizing:border-box;"
        f"height:{STRIP_HEIGHT:g}pt}}"
    )
    bare = replace(publication, copies=(), pictures={})
    article = element("article", *(element("p", strip.words, class_="strip") for strip in strips))
    html = html_page(bare, [article], "print")
    measured: list[Strip] = []

    def watch(laid_out: Any) -> None:
        measured[:] = _measured(strips, laid_out)

    data, messages = engine.with_fallbacks(
        look_of(bare), html, lambda fonts: engine.write(bare, html, fonts, watch, rules)
    )
    _raise_for_characters(messages, strips)
    raise_for(messages, bare)
    return measured, Stamps(data)


def _measured(strips: list[Strip], laid_out: Any) -> Iterator[Strip]:
    """The strips with where they stand in WeasyPrint's document."""
    strip_boxes = (
        (page.height, box)
        for page in laid_out.pages
        for box in boxes(page)
        if type(box).__name__ == "BlockBox" and box.element_tag == "p"
    )
    for strip, (height, box) in zip(strips, strip_boxes, strict=True):
        words = list(texts_in(box))
        left, right = words[0].position_x, max(each.position_x + each.width for each in words)
        baseline = height - words[0].position_y - words[0].baseline
        yield replace(strip, left=left * 0.75, baseline=baseline * 0.75, width=(right - left) * 0.75)


def _raise_for_characters(messages: list[str], strips: list[Strip]) -> None:
    for character in missing_characters(messages):
        copy = next((strip.copy for strip in strips if character in strip.words), None)
        if copy is not None:
            raise ExportError(
                f"no font has the character {character!r} (U+{ord(character):04X}) of this name",
                path=copy.origin or None,
                line=copy.row,
                help="Write the name in other characters; one that no font has would be printed as a box.",
            )


def _check_width(strip: Strip, place: Place) -> None:
    if strip.width > place.right - place.left:
        raise ExportError(
            f"{strip.words!r} is too long for its line on the handout",
            path=strip.copy.origin or None,
            line=strip.copy.row,
            help="Shorten it, or leave other lines out below [handout] in publisher.toml; type is never set smaller.",
        )


def _filled(strip: Strip, place: Place) -> FilledLine:
    bottom, top = place.baseline - place.size / 2, place.baseline + place.size
    return FilledLine(place.page, place.left - GAP / 2, bottom, place.right, top, strip.words)
