"""Books: every chapter is set apart, here or by other workers, and all are bound to one file.

What a chapter is set from says neither which pages are before it nor the book's edition, so that a chapter is set anew only
when it changes itself, or when a page number in it gets another digit.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from pipeline.errors import ExportError
from pipeline.export.format import output_path
from pipeline.export.pdf.binding import numbers
from pipeline.export.pdf.binding.joining import join
from pipeline.export.pdf.binding.numbers import Extent, Known
from pipeline.export.pdf.binding.pieces import Piece, SetSheet, load
from pipeline.export.pdf.binding.standing import EDITION
from pipeline.export.pdf.book import FRONT, REST, order, refer, sheets
from pipeline.export.pdf.complaints import raise_for
from pipeline.export.pdf.document import sheet_document
from pipeline.export.pdf.fetcher import PICTURES
from pipeline.export.pdf.finish.shaped_text import is_shaped
from pipeline.export.pdf.layouts import look_of
from pipeline.model.proof import OutputFile
from pipeline.model.publication import Publication
from pipeline.model.volume import Volume
from pipeline.render.labels import load_labels

ROUNDS = 4
"""So often numbers may get fewer digits as they turn out; after that only more, so that there is an end."""


@dataclass(frozen=True, slots=True)
class Sheaf:
    """The sheets of a book, which agree with each other about their page numbers, and the order in which they are bound."""

    extents: tuple[Extent, ...]
    sheets: Mapping[str, bytes] = field(repr=False)
    """By name, as ``Piece.make`` makes them."""

    def bound(self, publication: Publication) -> list[OutputFile]:
        """The book as a finished PDF."""
        ready = {name: load(made) for name, made in self.sheets.items()}
        data, pages = join(publication, self.extents, ready)
        return [OutputFile(output_path(publication, "pdf", ".pdf"), "application/pdf", data, pages)]


class Book:
    """One book on its way to paper."""

    def __init__(self, publication: Publication, volume: Volume) -> None:
        """``volume`` is the publication's. Raises ExportError where it lacks something."""
        self.publication = publication
        self._volume = volume
        self._apart = replace(publication, edition=EDITION)
        # tags have to spell such words, and only what is drawn can be put in another's place
        shaped = is_shaped(publication.imprint.url + load_labels(publication.language)("edition", edition=""))
        matter = publication if shaped else self._apart
        self._sheets = {sheet.name: sheet for sheet in sheets(matter, volume, self._apart)}
        self._loaded: dict[str, SetSheet] = {}
        self._turn = 0
        self._said = self._guessed()
        self._pieces = self._of_all_sheets()

    def wanted(self, made: Mapping[str, bytes]) -> list[Piece]:
        """The pieces to set next, of those that are not ``made`` (by key) yet; none when the book can be bound.

        Which pieces a book is bound of does not depend on what is made already. Raises ExportError where one is not sound.
        """
        while True:
            missing = [piece for piece in self._pieces.values() if piece.key not in made]
            if missing or self._agree(made):
                return missing
            self._turn += 1
            if self._turn == 2 * ROUNDS:
                raise ExportError("the page numbers of the book do not settle", path=self.publication.sources[0])
            self._pieces = self._of_all_sheets()

    def sheaf(self, made: Mapping[str, bytes]) -> Sheaf:
        """What the book is bound of, when none of its pieces is wanted any more."""
        return Sheaf(tuple(self._extents(made)), {name: made[piece.key] for name, piece in self._pieces.items()})

    def _agree(self, made: Mapping[str, bytes]) -> bool:
        """Whether the pieces fit each other's page numbers; notes what they are to say where they do not."""
        now = self._extents(made)
        # any Roman numeral fits where another stands
        decimals = ((place, each) for place, each in numbers.counted(now).items() if each.isdecimal())
        turned_out = {place: numbers.standing(number) for place, number in decimals}
        if turned_out.items() <= self._said.items():
            return True
        for place, each in turned_out.items():
            self._said[place] = each if self._turn < ROUNDS else max(each, self._said[place], key=len)
        return False

    def _guessed(self) -> dict[str, str]:
        """What stands for the number of each place at first, by the length of the text."""
        known = {
            name: Known(*numbers.guessed(sheet, self.publication.paper), frozenset())
            for name, sheet in self._sheets.items()
        }
        leaves = order(self._volume, self._sheets.values())
        found = numbers.extents(leaves, self._sheets, known)
        return {place: numbers.standing(number) for place, number in numbers.counted(found).items()}

    def _extents(self, made: Mapping[str, bytes]) -> list[Extent]:
        ready = {name: self._load(made, piece) for name, piece in self._pieces.items()}
        known = {name: Known(each.pages, each.places, each.blank) for name, each in ready.items()}
        return numbers.extents(order(self._volume, self._sheets.values()), self._sheets, known)

    def _of_all_sheets(self) -> dict[str, Piece]:
        """The pieces by the name of their sheet, as they say the page numbers."""
        return {name: self._piece(name) for name in self._sheets}

    def _piece(self, name: str) -> Piece:
        sheet = self._sheets[name]
        sheet = replace(sheet, trees=tuple(deepcopy(tree) for tree in sheet.trees))
        refer(sheet, self._said)
        html = sheet_document(self._apart, sheet.trees, whole=name in {FRONT, REST})
        pictures = {
            path: picture
            for path, picture in self._apart.pictures.items()
            if f'"{PICTURES}{quote(path)}"'.encode() in html
        }
        return Piece(look_of(self._apart), html, pictures)

    def _load(self, made: Mapping[str, bytes], piece: Piece) -> SetSheet:
        if piece.key not in self._loaded:
            found = load(made[piece.key])
            raise_for(list(found.messages), self.publication, piece.html.decode())
            self._loaded[piece.key] = found
        return self._loaded[piece.key]


__all__ = ["Book", "Sheaf"]
