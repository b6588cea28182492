"""A sheet of a book as a piece of work: what it is set from, and what comes of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipeline.export.pdf import engine, finish
from pipeline.export.pdf.binding.glyphs import Glyphs
from pipeline.export.pdf.binding.placeholders import Placeholders, Slot
from pipeline.export.pdf.layouts import Look
from pipeline.model.publication import Picture


@dataclass(frozen=True, slots=True)
class Piece:
    """All that one sheet is set from; the same piece gives the same bytes."""

    look: Look
    html: bytes
    pictures: Mapping[str, Picture] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Digest of all that."""
        total = hashlib.sha256(repr(self.look).encode() + b"\0" + self.html)
        for path, picture in sorted(self.pictures.items()):
            total.update(f"{path}\0{picture.media_type}\0{hashlib.sha256(picture.data).hexdigest()}".encode())
        return total.hexdigest()

    def make(self) -> bytes:
        """Set the sheet; gives what ``load`` takes. Raises ExportError where it cannot be set at all."""
        slots, facts = Placeholders(), dict[str, Any]()

        def write_with(fonts: tuple[Path, ...]) -> engine.Written:
            nonlocal slots
            slots = Placeholders()

            def watch(laid_out: Any) -> None:
                slots.find(laid_out)
                facts.update(_facts(laid_out))

            def add_tags(pdf: Any, laid_out: Any, streams: list[Any]) -> None:
                slots.mark(streams)
                finish.add_tags(pdf, laid_out, streams)

            return engine.written(self.look, self.pictures, self.html, fonts, watch, add_tags=add_tags)

        data, messages = engine.with_fallbacks(self.look, self.html, write_with)
        facts |= {"messages": messages, "slots": [asdict(slot) for slot in slots.slots], "glyphs": slots.glyphs}
        return json.dumps(facts, sort_keys=True).encode() + b"\n" + data


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline, with the lines below it."""

    title: str
    page: int
    left: float
    top: float
    entries: tuple[Entry, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class SetSheet:
    """A sheet as it is set: a PDF with marks in place of what it could not know."""

    data: bytes = field(repr=False)
    messages: tuple[str, ...]
    """What was logged; nothing of a sheet that may be bound."""
    pages: int
    blank: frozenset[int]
    """Indices of its pages that hold nothing."""
    places: Mapping[str, int]
    """Ids, and the index of the page that each is on."""
    outline: tuple[Entry, ...]
    slots: tuple[Slot, ...]
    glyphs: tuple[Glyphs, ...]


def load(made: bytes) -> SetSheet:
    """What ``Piece.make`` made."""
    head, _, data = made.partition(b"\n")
    said = json.loads(head)
    return SetSheet(
        data,
        tuple(said["messages"]),
        said["pages"],
        frozenset(said["blank"]),
        said["places"],
        _entries(said["outline"]),
        tuple(Slot(**slot) for slot in said["slots"]),
        tuple({each: (glyph, width) for each, (glyph, width) in glyphs.items()} for glyphs in said["glyphs"]),
    )


def _facts(laid_out: Any) -> dict[str, Any]:
    pages = laid_out.pages
    return {
        "pages": len(pages),
        "blank": [at for at, page in enumerate(pages) if page._page_box.page_type.blank],  # noqa: SLF001
        "places": {name: at for at, page in reversed(list(enumerate(pages))) for name in page.anchors},
        "outline": laid_out.make_bookmark_tree(0.75, transform_pages=True),
    }


def _entries(rows: Any) -> tuple[Entry, ...]:
    return tuple(
        Entry(title, page, left, top, _entries(inner), state == "open")
        for title, (page, left, top), inner, state in rows
    )
