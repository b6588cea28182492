"""The outline of a book, from those of its sheets: chapters stand below their parts. ISO 32000-1, 12.3.3."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipeline.export.pdf.binding.numbers import Extent
from pipeline.export.pdf.binding.pieces import Entry, SetSheet
from pipeline.export.pdf.book import FRONT, REST


def outline(extents: Sequence[Extent], starts: Sequence[int], ready: Mapping[str, SetSheet]) -> Iterator[Entry]:
    """The entries of a book, with pages of the book."""
    part: Entry | None = None
    for start, extent in zip(starts, extents, strict=True):
        own = ready[extent.leaf.sheet].outline
        here = [each for each in own if extent.first <= each.page < extent.first + extent.count]
        moved = [_moved(each, start - extent.first) for each in here]
        if extent.leaf.sheet not in {FRONT, REST} and part is not None:
            part = replace(part, entries=(*part.entries, *moved))
            continue
        if part is not None:
            yield part
        *before, part = moved
        yield from before
    if part is not None:
        yield part


def _moved(entry: Entry, pages: int) -> Entry:
    return replace(entry, page=entry.page + pages, entries=tuple(_moved(each, pages) for each in entry.entries))


def write(book: Any, entries: Sequence[Entry], pages: Sequence[Any]) -> None:
    """Give a pikepdf document an outline; ``pages`` are its page objects."""
    import pikepdf

    root = book.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Outlines))
    root.Count = _hang(book, root, entries, pages)
    book.Root.Outlines = root


def _hang(book: Any, parent: Any, entries: Sequence[Entry], pages: Sequence[Any]) -> int:
    """Hang entries below another one or the root; gives how many lines show then."""
    import pikepdf

    made: list[Any] = []
    shown = len(entries)
    for entry in entries:
        place = pikepdf.Array([pages[entry.page], pikepdf.Name.XYZ, round(entry.left, 4), round(entry.top, 4), 0])
        item = book.make_indirect(pikepdf.Dictionary(Title=pikepdf.String(entry.title), Dest=place, Parent=parent))
        inner = _hang(book, item, entry.entries, pages)
        if entry.entries:
            item.Count = inner if entry.open else -inner
        shown += inner if entry.open else 0
        if made:
            made[-1].Next, item.Prev = item, made[-1]
        made.append(item)
    if made:
        parent.First, parent.Last = made[0], made[-1]
    return shown
