"""Bind sheets that are set to one PDF: pages, tags, places, links, outline, and what the document says of itself."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any
from urllib.parse import unquote

from pipeline.errors import ExportError
from pipeline.export.pdf import finish
from pipeline.export.pdf.binding import numbers, outline
from pipeline.export.pdf.binding.fonts import share_fonts
from pipeline.export.pdf.binding.numbers import Extent
from pipeline.export.pdf.binding.pieces import SetSheet
from pipeline.export.pdf.binding.placeholders import Slot, fill
from pipeline.export.pdf.binding.standing import ASKED, EDITION
from pipeline.export.pdf.book import ELSEWHERE, FRONT
from pipeline.export.pdf.finish import edition
from pipeline.model.publication import Publication
from pipeline.render.book import START


def join(publication: Publication, extents: Sequence[Extent], ready: Mapping[str, SetSheet]) -> tuple[bytes, int]:
    """The finished book of sheets by name, and its number of pages; the same bytes for the same sheets."""
    import pikepdf

    with ExitStack() as opened:
        book = opened.enter_context(pikepdf.open(io.BytesIO(ready[FRONT].data)))
        parts = {
            name: _Part(book, opened.enter_context(pikepdf.open(io.BytesIO(sheet.data))))
            for name, sheet in ready.items()
            if name != FRONT
        }
        parts[FRONT] = _Part(book, book)
        _Joiner(publication, book, extents, ready, parts).join()
        return finish.complete(book, edition.statement(publication))


class _Part:
    """A sheet on its way into the book, whose pages are taken one by one."""

    def __init__(self, book: Any, pdf: Any) -> None:
        self._book = book
        self._pdf = pdf
        self._own = list(pdf.pages) if pdf is book else []
        self._tree: Any = None
        self._owners: dict[int, Any] | None = None

    def page(self, index: int) -> Any:
        """A page of the sheet, from 0, at the end of the book."""
        if self._pdf is self._book:
            return self._own[index].obj
        self._book.pages.append(self._pdf.pages[index])
        return self._book.pages[-1].obj

    def copied(self, thing: Any) -> Any:
        """Something of the sheet in the book; what it refers to comes with it, pages only where they were taken before."""
        return thing if self._pdf is self._book else self._book.copy_foreign(self._pdf.make_indirect(thing))

    @property
    def tree(self) -> Any:
        """Its structure tree; to be asked for when all its pages are taken. ISO 32000-1, 14.7.2."""
        if self._tree is None:
            self._tree = self.copied(self._pdf.Root.StructTreeRoot)
        return self._tree

    def owner(self, key: int) -> Any:
        """What the parent tree has for a page or an annotation; ISO 32000-1, 14.7.4.4."""
        if self._owners is None:
            self._owners = dict(_pairs(self.tree.ParentTree.Nums))
        return self._owners[key]

    def names(self) -> Iterator[tuple[Any, Any]]:
        """Its places by name."""
        names = self._pdf.Root.get("/Names", {}).get("/Dests")
        return iter(()) if names is None else _pairs(self.copied(names).Names)

    def ids(self) -> Iterator[tuple[Any, Any]]:
        """Its structure elements that have an identifier."""
        return _pairs(self.tree.IDTree.Names) if "/IDTree" in self.tree else iter(())


class _Joiner:
    def __init__(
        self,
        publication: Publication,
        book: Any,
        extents: Sequence[Extent],
        ready: Mapping[str, SetSheet],
        parts: Mapping[str, _Part],
    ) -> None:
        self.publication = publication
        self.book = book
        self.extents = extents
        self.ready = ready
        self.parts = parts
        self.numbers = numbers.counted(extents)
        self.starts = numbers.opens_at(extents)
        self.text = next(at for at, each in zip(self.starts, extents, strict=True) if START in each.places)
        self.pages: list[tuple[Any, _Part] | None] = []
        """Every page of the book with the sheet it is of; None for blank ones between sheets."""

    def join(self) -> None:
        self._take_pages()
        share_fonts(self.book, [each[0] for each in self.pages if each])
        self._join_tags()
        self._join_places()
        self._lead_to_places()
        rows = list(outline.outline(self.extents, self.starts, self.ready))
        outline.write(self.book, rows, [page.obj for page in self.book.pages])

    def _take_pages(self) -> None:
        slots = {name: _by_page(sheet.slots) for name, sheet in self.ready.items()}
        for start, extent in zip(self.starts, self.extents, strict=True):
            name = extent.leaf.sheet
            if len(self.pages) < start:
                self._insert_blank()
            for index in range(extent.first, extent.first + extent.count):
                page = self.parts[name].page(index)
                self.pages.append((page, self.parts[name]))
                if found := slots[name].get(index):
                    self._fill(page, found, self.ready[name])

    def _insert_blank(self) -> None:
        import pikepdf

        model = self.pages[-1]
        if model is None:
            raise TypeError("a leaf without pages")
        boxes = {key: model[0][key] for key in ("/MediaBox", "/TrimBox", "/BleedBox") if key in model[0]}
        page = pikepdf.Dictionary(Type=pikepdf.Name.Page, Resources=pikepdf.Dictionary(), Tabs=pikepdf.Name.S)
        for key, box in boxes.items():
            page[key] = pikepdf.Array([float(side) for side in box])
        page.Contents = self.book.make_stream(b"")
        self.book.pages.append(pikepdf.Page(self.book.make_indirect(page)))
        self.pages.append(None)

    def _fill(self, page: Any, slots: Mapping[int, Slot], sheet: SetSheet) -> None:
        """Draw the numbers and the edition of a page that is the last one taken."""
        shown = str(len(self.pages) - self.text)
        drawn = {}
        for number, slot in slots.items():
            words = {"page": shown, "edition": self.publication.edition}.get(slot.kind) or self.numbers[slot.target]
            drawn[number] = slot.filled(words, sheet.glyphs[slot.glyphs])
        page.Contents = self.book.make_stream(fill(page.Contents.read_bytes(), drawn))

    def _join_tags(self) -> None:
        """One structure tree, whose Document holds what the sheets' held, in the order of the book."""
        import pikepdf

        tree = self.parts[FRONT].tree
        document = tree.K[0]
        kids: list[Any] = []
        for extent in self.extents:
            own = list(self.parts[extent.leaf.sheet].tree.K[0].K)
            kids += own if extent.leaf.tree is None else [own[extent.leaf.tree]]
        for kid in kids:
            kid.P = document
        document.K = pikepdf.Array(kids)
        owners = list(self._owners())
        tree.ParentTree = self.book.make_indirect(pikepdf.Dictionary(Nums=[each for row in owners for each in row]))
        tree.ParentTreeNextKey = len(owners)
        if ids := dict(self._ids()):
            tree.IDTree = pikepdf.Dictionary(Names=[each for row in sorted(ids.items(), key=_name) for each in row])

    def _owners(self) -> Iterator[tuple[int, Any]]:
        """The rows of the parent tree: pages, then annotations."""
        pages = [each for each in self.pages if each]
        number = 0
        for page, part in pages:
            owner = part.owner(int(page.StructParents))
            page.StructParents = number
            yield number, owner
            number += 1
        for page, part in pages:
            for annotation in page.get("/Annots", ()):
                owner = part.owner(int(annotation.StructParent))
                annotation.StructParent = number
                yield number, owner
                number += 1

    def _ids(self) -> Iterator[tuple[str, Any]]:
        """Identifiers and their elements; one that several sheets have is another one in the later ones."""
        taken: set[str] = set()
        for part in self._parts():
            for name, element in part.ids():
                own = str(name)
                while own in taken:
                    own += "-"
                if own != str(name):
                    element.ID = own
                taken.add(own)
                yield own, element

    def _join_places(self) -> None:
        import pikepdf

        names = {str(name): place for part in self._parts() for name, place in part.names()}
        rows = [each for row in sorted(names.items(), key=_name) for each in row]
        self.book.Root.Names = pikepdf.Dictionary(Dests=pikepdf.Dictionary(Names=rows))

    def _lead_to_places(self) -> None:
        """Make links to other sheets links within the book, ISO 32000-1, 12.3.2.3; and those to its status page lead there."""
        import pikepdf

        for page in (each[0] for each in self.pages if each):
            for annotation in page.get("/Annots", ()):
                address = str(annotation.get("/A", {}).get("/URI", ""))
                if address.startswith(ELSEWHERE):
                    place = unquote(address.removeprefix(ELSEWHERE))
                    if place not in self.numbers:
                        raise ExportError(f"a link leads to {place}, which is on no page")
                    annotation.Dest = pikepdf.String(place)
                    del annotation["/A"]
                elif address.endswith(ASKED):
                    annotation.A.URI = self._edition_in(annotation.A.URI)
                    annotation.Contents = self._edition_in(annotation.Contents)

    def _edition_in(self, words: Any) -> Any:
        import pikepdf

        return pikepdf.String(str(words).replace(ASKED, ASKED.replace(EDITION, self.publication.edition)))

    def _parts(self) -> list[_Part]:
        """The sheets in the order in which they first appear."""
        return list(dict.fromkeys(self.parts[extent.leaf.sheet] for extent in self.extents))


def _by_page(slots: Sequence[Slot]) -> dict[int, dict[int, Slot]]:
    """Slots by page and by their number."""
    found: dict[int, dict[int, Slot]] = {}
    for number, slot in enumerate(slots):
        found.setdefault(slot.page, {})[number] = slot
    return found


def _name(row: tuple[str, Any]) -> bytes:
    """A row's place in a name tree: by the bytes of the name; ISO 32000-1, 7.9.6."""
    import pikepdf

    return bytes(pikepdf.String(row[0]))


def _pairs(rows: Any) -> Iterator[tuple[Any, Any]]:
    """Keys and values of a number or name tree of one level."""
    return zip(*[iter(rows)] * 2, strict=True)
