"""Put finished pages on larger sheets: a booklet to fold, or cards to cut. The tags stay and lead through all pages.

Each page's drawing is taken over as it is, within a clip of its own; only its place and the numbers of its marked content
change. So a screen reader hears the pages in reading order, whatever side of a sheet they are on, and links still work.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.export.pdf.finish import saved
from pipeline.export.pdf.layouts import IMPOSITIONS, Imposition
from pipeline.export.pdf.marked_content import renumbered
from pipeline.model.layout import Layout

CREEP = 0.28
"""Points by which the pages of each inner sheet move to the fold: a sheet of 80 g/m² is a tenth of a millimetre thick, and
pushes out what lies inside it by as much."""

TICK = 8.5
"""Length in points of the marks at a sheet's edge that say where to fold or cut: 3 mm."""

TICKS = "/Artifact <</Type /Layout>> BDC q 0.5 G 0.35 w {} S Q EMC"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page goes."""

    side: int
    """Index of the sheet's side, from 0."""
    left: float
    bottom: float
    """Points from the side's bottom left to the page's."""
    creep: float = 0.0
    """Points by which its drawing moves to the right; less than nothing is to the left."""


def sides(imposition: Imposition, pages: int) -> int:
    """How many sides are printed; a booklet's are filled up to whole sheets, which have four pages each."""
    if imposition.folded:
        return 2 * -(-pages // 4)
    return -(-pages // imposition.cells)


def place(imposition: Imposition, page: int, pages: int, size: tuple[float, float]) -> Place:
    """Where the page of an index from 0 goes, of so many, on sheets of ``size`` (width and height in points)."""
    width, height = size[0] / imposition.across, size[1] / imposition.down
    if not imposition.folded:
        side, cell = divmod(page, imposition.cells)
        row, column = divmod(cell, imposition.across)
        return Place(side, column * width, size[1] - (row + 1) * height)
    # Sides count from the outside in; the first page is right of the fold, the last one left of it on the same side.
    all_pages = 2 * sides(imposition, pages)
    side = page if page < all_pages // 2 else all_pages - 1 - page
    right = page % 2 == 0
    creep = side // 2 * CREEP
    return Place(side, width if right else 0.0, 0.0, -creep if right else creep)


def impose(data: bytes, layout: Layout, size: tuple[float, float]) -> tuple[bytes, int]:
    """The pages of a finished PDF on sheets of ``size``, and how many sides there are."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        imposer = _Imposer(pdf, IMPOSITIONS[layout], size)
        imposer.impose()
        if IMPOSITIONS[layout].folded:
            pdf.Root.ViewerPreferences.Duplex = pikepdf.Name.DuplexFlipShortEdge
        # ISO 32000-1, table 150: a sheet that is scaled to fit no longer folds or cuts where it should.
        pdf.Root.ViewerPreferences.PrintScaling = pikepdf.Name("/None")
        return saved(pdf), len(pdf.pages)


class _Imposer:
    def __init__(self, pdf: Any, imposition: Imposition, size: tuple[float, float]) -> None:
        self.pdf = pdf
        self.imposition = imposition
        self.size = size
        self.old = [page.obj for page in pdf.pages]
        self.places = [place(imposition, at, len(self.old), size) for at in range(len(self.old))]
        self.number = {page.objgen: at for at, page in enumerate(self.old)}
        self.sheets: list[Any] = []
        self.offsets: list[int] = []
        """What is added to the numbers of each old page's marked content."""

    def impose(self) -> None:
        self._draw()
        self._move_tags(self.pdf.Root.StructTreeRoot)
        for destination in self._destinations():
            self._move_destination(destination)
        self._label()
        del self.pdf.pages[: len(self.old)]

    def _draw(self) -> None:
        import pikepdf

        owners: list[list[Any]] = []
        tree = self.pdf.Root.StructTreeRoot
        parents = _numbers(tree.ParentTree)
        for side in range(sides(self.imposition, len(self.old))):
            self.sheets.append(self._sheet(tree, side))
            owners.append([])
        for page, where in zip(self.old, self.places, strict=True):
            sheet, owned = self.sheets[where.side], owners[where.side]
            self.offsets.append(len(owned))
            drawing, free = renumbered(page, len(owned))
            owned.extend(parents.pop(int(page.StructParents), []))
            owned.extend([None] * (free - len(owned)))
            sheet.Contents.append(self.pdf.make_indirect(pikepdf.Stream(self.pdf, self._clipped(where, drawing))))
            for annotation in page.get("/Annots", ()):
                annotation.Rect = self._moved(annotation.Rect, where)
                if "/Annots" not in sheet:
                    sheet.Annots = pikepdf.Array()
                sheet.Annots.append(annotation)
        for sheet, owned in zip(self.sheets, owners, strict=True):
            sheet.Contents.append(self.pdf.make_indirect(pikepdf.Stream(self.pdf, self._ticks().encode())))
            parents[int(sheet.StructParents)] = pikepdf.Array(owned)
        rows = [each for key in sorted(parents) for each in (key, parents[key])]
        tree.ParentTree = self.pdf.make_indirect(pikepdf.Dictionary(Nums=rows))
        tree.ParentTreeNextKey = max(parents) + 1

    def _sheet(self, tree: Any, side: int) -> Any:
        """An empty side of a sheet, after the old pages."""
        import pikepdf

        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, *self.size],
            Resources=self.old[0].Resources,
            Contents=pikepdf.Array(),
            StructParents=int(tree.ParentTreeNextKey) + side,
            Tabs=pikepdf.Name.S,
        )
        self.pdf.pages.append(pikepdf.Page(self.pdf.make_indirect(page)))
        return self.pdf.pages[-1].obj

    def _clipped(self, where: Place, drawing: bytes) -> bytes:
        width, height = self.size[0] / self.imposition.across, self.size[1] / self.imposition.down
        clip = f"{_numeral(where.left)} {_numeral(where.bottom)} {_numeral(width)} {_numeral(height)} re"
        move = f"1 0 0 1 {_numeral(where.left + where.creep)} {_numeral(where.bottom)} cm"
        return f"q {clip} W n {move}\n".encode() + drawing + b"\nQ"

    def _ticks(self) -> str:
        """Marks at the edges of a side, where it is folded or cut."""
        width, height = self.size
        lines = []
        for column in range(1, self.imposition.across):
            x = _numeral(width * column / self.imposition.across)
            lines += [f"{x} 0 m {x} {TICK} l", f"{x} {_numeral(height)} m {x} {_numeral(height - TICK)} l"]
        for row in range(1, self.imposition.down):
            y = _numeral(height * row / self.imposition.down)
            lines += [f"0 {y} m {TICK} {y} l", f"{_numeral(width)} {y} m {_numeral(width - TICK)} {y} l"]
        return TICKS.format(" ".join(lines))

    def _move_tags(self, tree: Any) -> None:
        """Let every structure element find its content where it is now; ISO 32000-1, 14.7.4."""
        waiting: list[tuple[Any, int | None]] = [(element, None) for element in _listed(tree.K)]
        while waiting:
            element, page = waiting.pop()
            own = self.number.get(element.Pg.objgen) if "/Pg" in element else None
            page = page if own is None else own
            if own is not None:
                element.Pg = self.sheets[self.places[own].side]
                self._move_box(element, self.places[own])
            if "/K" not in element:
                continue
            kids = _listed(element.K)
            element.K = [kid + self.offsets[page or 0] if isinstance(kid, int) else kid for kid in kids]
            for kid in kids:
                if isinstance(kid, int):
                    continue
                if kid.get("/Type") in {"/MCR", "/OBJR"}:
                    self._move_reference(kid, page)
                else:
                    waiting.append((kid, page))

    def _move_reference(self, kid: Any, page: int | None) -> None:
        number = self.number[kid.Pg.objgen] if "/Pg" in kid else page or 0
        kid.Pg = self.sheets[self.places[number].side]
        if "/MCID" in kid:
            kid.MCID = int(kid.MCID) + self.offsets[number]

    def _move_box(self, element: Any, where: Place) -> None:
        for attributes in _listed(element.get("/A", [])):
            if "/BBox" in attributes:
                attributes.BBox = self._moved(attributes.BBox, where)

    def _moved(self, box: Any, where: Place) -> list[float]:
        right, up = where.left + where.creep, where.bottom
        return [round(float(edge) + (up if at % 2 else right), 4) for at, edge in enumerate(box)]

    def _destinations(self) -> Iterator[Any]:
        """Every destination of the document: named ones, and those of the outline."""
        import pikepdf

        names = self.pdf.Root.get("/Names", {}).get("/Dests", {}).get("/Names", [])
        yield from (each for each in names if isinstance(each, pikepdf.Array))
        entry = self.pdf.Root.get("/Outlines", {}).get("/First")
        waiting = [] if entry is None else [entry]
        while waiting:
            entry = waiting.pop()
            waiting.extend(entry[key] for key in ("/First", "/Next") if key in entry)
            if isinstance(entry.get("/Dest"), pikepdf.Array):
                yield entry.Dest

    def _move_destination(self, destination: Any) -> None:
        number = self.number.get(destination[0].objgen)
        if number is None:
            return  # shared with one that has been moved
        where = self.places[number]
        destination[0] = self.sheets[where.side]
        destination[2] = round(float(destination[2]) + where.left + where.creep, 4)
        destination[3] = round(float(destination[3]) + where.bottom, 4)

    def _label(self) -> None:
        """Name each side after its pages, as ``8, 1``; ISO 32000-1, 12.4.2."""
        import pikepdf

        labels: list[Any] = []
        for side in range(len(self.sheets)):
            here = [(each.left, at + 1) for at, each in enumerate(self.places) if each.side == side]
            pages = [at for _, at in (sorted(here) if self.imposition.folded else here)]
            labels += [side, pikepdf.Dictionary(P=", ".join(map(str, pages)) or "–")]
        self.pdf.Root.PageLabels = pikepdf.Dictionary(Nums=labels)


def _numbers(tree: Any) -> dict[int, Any]:
    """A number tree of one level as a dictionary."""
    rows = list(tree.Nums)
    return {int(key): value for key, value in zip(rows[::2], rows[1::2], strict=True)}


def _listed(value: Any) -> list[Any]:
    import pikepdf

    return list(value) if isinstance(value, pikepdf.Array | list) else [value]


def _numeral(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")
