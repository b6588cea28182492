"""A finished PDF's words as its tags spell them, for scripts whose glyphs, or whose order on the page, do not."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.export.pdf.proof.document import Document

NOTE_MARK = "/Reference"
"""ISO 32000-1, 14.8.4.4.1: no part of the words; where it is as large as they are, nothing but its tag tells it from them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What one or more runs of marked content on a page say."""

    page: int
    """Index from 0."""
    mcids: tuple[int, ...]
    actual: str = ""
    """``ActualText``; empty where the glyphs say it. ISO 32000-1, 14.9.4."""


def spelled(document: Document) -> tuple[str, list[tuple[int, int]]]:
    """The document's words in reading order, without the marks of notes, and for each character its page (from 0) and a place on it.

    Of words that the tags spell every character has the place of the first; line ends part what is marked apart.
    """
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for piece in _pieces(document.data):
        marked = document.pages[piece.page].marked
        shown = [at for mcid in piece.mcids for at in marked.get(mcid, ())]
        if not shown:
            continue
        page = document.pages[piece.page]
        found = [(each, shown[0]) for each in piece.actual] or [(page.text[at], at) for at in shown]
        letters += [*(letter for letter, _ in found), "\n"]
        places += [*((piece.page, at) for _, at in found), (piece.page, shown[-1])]
    return "".join(letters), places


def _pieces(data: bytes) -> Iterator[Piece]:
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root.get("/StructTreeRoot")
        if root is not None:
            pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
            yield from _of(root.get("/K"), None, pages)


def _of(kid: Any, page: int | None, pages: dict[Any, int]) -> Iterator[Piece]:
    """The pieces of a kid of a structure element: a number, several kids, or a dictionary."""
    import pikepdf

    if isinstance(kid, int):
        if page is not None:
            yield Piece(page, (kid,))
    elif isinstance(kid, pikepdf.Array):
        for each in kid:
            yield from _of(each, page, pages)
    elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") != "/OBJR" and kid.get("/S") != NOTE_MARK:
        page = pages.get(kid.Pg.objgen, page) if "/Pg" in kid else page
        if "/MCID" in kid:
            yield from _of(int(kid.MCID), page, pages)
            return
        inside = list(_of(kid.get("/K"), page, pages))
        if "/ActualText" in kid and inside:
            first = inside[0].page
            same = tuple(mcid for piece in inside if piece.page == first for mcid in piece.mcids)
            yield Piece(first, same, str(kid.ActualText))
        else:
            yield from inside
