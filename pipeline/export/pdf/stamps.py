"""Put words that were set by themselves onto the lines of a finished PDF: their drawing, their fonts, and their tag."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipeline.export.pdf.finish import saved

PREFIX = "s"
"""Goes before the names of a stamp's fonts, which are the document's own for another choice of letters."""

NAMED = {"Tf": "/Font", "Do": "/XObject"}
"""Operators whose first operand names a resource; ISO 32000-1, 7.8.3."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a stamp goes."""

    tag: str
    """Identifier of the structure element that the words belong to."""
    page: int
    """Index from 0."""
    right: float
    up: float
    """Points by which the drawing moves from its own page to that one."""


class Stamps:
    """The paragraphs of a tagged PDF that WeasyPrint wrote, each to be drawn on other documents."""

    def __init__(self, data: bytes) -> None:
        import pikepdf

        self.pdf = pikepdf.open(io.BytesIO(data))
        self.pages = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}
        self.drawn = [_drawn(page) for page in self.pdf.pages]
        self.paragraphs = list(_paragraphs(self.pdf.Root.StructTreeRoot.K))

    def stamped(self, base: bytes, wanted: Iterable[tuple[int, Target]]) -> bytes:
        """A finished PDF with paragraphs, told by their index, drawn onto it; the same bytes for the same input."""
        import pikepdf

        with pikepdf.open(io.BytesIO(base)) as pdf:
            tree = pdf.Root.StructTreeRoot
            owners = {int(key): value for key, value in _pairs(tree.ParentTree.Nums)}
            tags = {str(name): element for name, element in _pairs(tree.IDTree.Names)}
            for index, target in wanted:
                page = pdf.pages[target.page].obj
                self._stamp(
                    pdf, page, self.paragraphs[index], target, tags[target.tag], owners[int(page.StructParents)]
                )
            return saved(pdf)

    def _stamp(self, pdf: Any, page: Any, paragraph: Any, target: Target, line: Any, owned: Any) -> None:
        import pikepdf

        # An element whose words are all in others is on no page of its own.
        number = self.pages[(paragraph if "/Pg" in paragraph else paragraph.K[0]).Pg.objgen]
        height = float(self.pdf.pages[number].mediabox[3])
        # WeasyPrint draws in CSS pixels from the top left.
        move = f"q 0.75 0 0 -0.75 {target.right:.4f} {target.up + height:.4f} cm\n"
        parts = [move.encode()]
        for kid in paragraph.K:
            spelled = None if isinstance(kid, int) else str(kid.ActualText)
            owner = line if spelled is None else _span(pdf, line, page, spelled)
            for mark in [kid] if isinstance(kid, int) else kid.K:
                parts += [self._drawing(number, int(mark), len(owned)), b"\n"]
                owner.K.append(len(owned))
                owned.append(owner)
                self._take_resources(pdf, page, number, int(mark))
        # What a page's own drawing does to the coordinates must not reach the stamp.
        before = list(page.Contents) if isinstance(page.Contents, pikepdf.Array) else [page.Contents]
        stamp = pdf.make_stream(b"".join([*parts, b"Q"]))
        page.Contents = pikepdf.Array([pdf.make_stream(b"q\n"), *before, pdf.make_stream(b"\nQ\n"), stamp])

    def _drawing(self, page: int, mark: int, number: int) -> bytes:
        """A run of words under another number of marked content."""
        import pikepdf

        made: list[Any] = []
        for operands, operator in self.drawn[page][mark]:
            if str(operator) in NAMED:
                made.append(([pikepdf.Name(f"/{PREFIX}{str(operands[0])[1:]}"), *list(operands)[1:]], operator))
            elif str(operator) == "BDC" and "/MCID" in operands[1]:
                made.append(([operands[0], pikepdf.Dictionary(MCID=number)], operator))
            else:
                made.append((operands, operator))
        return pikepdf.unparse_content_stream(made)

    def _take_resources(self, pdf: Any, page: Any, number: int, mark: int) -> None:
        import pikepdf

        resources = self.pdf.pages[number].obj.Resources
        for operands, operator in self.drawn[number][mark]:
            kind, name = NAMED.get(str(operator)), str(operands[0]) if operands else ""
            if kind is None:
                continue
            if kind not in page.Resources:
                page.Resources[kind] = pikepdf.Dictionary()
            if (new := f"/{PREFIX}{name[1:]}") not in page.Resources[kind]:
                page.Resources[kind][new] = pdf.copy_foreign(resources[kind][name])


def _span(pdf: Any, line: Any, page: Any, words: str) -> Any:
    """A new element in a line's, which says the words that its glyphs do not; ISO 32000-1, 14.9.4."""
    import pikepdf

    made = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.StructElem,
            S=pikepdf.Name.Span,
            P=line,
            Pg=page,
            ActualText=pikepdf.String(words),
            K=pikepdf.Array(),
        )
    )
    line.K.append(made)
    return made


def _drawn(page: Any) -> dict[int, list[Any]]:
    """The operators of each run of marked content of a page, by its number."""
    import pikepdf

    found: dict[int, list[Any]] = {}
    run: list[Any] = []
    depth = 0
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        operator = instruction.operator
        name = str(operator)
        if name == "BDC" and not depth and "/MCID" in operands[1]:
            run = found[int(operands[1].MCID)] = []
            depth = 1
        elif depth and name in {"BDC", "BMC"}:
            depth += 1
        if depth:
            run.append((operands, operator))
        if depth and name == "EMC":
            depth -= 1
    return found


def _paragraphs(kids: Any) -> Iterable[Any]:
    """The P elements of a tag tree, in reading order."""
    for element in kids:
        if element.S == "/P":
            yield element
        else:
            yield from _paragraphs(element.K)


def _pairs(rows: Any) -> Iterable[tuple[Any, Any]]:
    """Keys and values of a number or name tree of one level."""
    return zip(*[iter(rows)] * 2, strict=True)
