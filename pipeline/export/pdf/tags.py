"""Read a finished PDF's tag tree back: what a screen reader is told, in its order."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.export.pdf.page_objects import PageObjects, TextObject, opened

INLINE = frozenset({"Span", "Link", "Reference", "Code", "Quote", "Annot", "NonStruct"})
"""Roles whose words belong to the block around them; ISO 32000-1, 14.8.4.4."""

GROUPING = frozenset({"Document", "Part", "Art", "Sect", "Div"})
"""Roles that stand for no words; ISO 32000-1, 14.8.4.2."""

SOFT_HYPHENS = "\u00ad\u2010\u0002"
"""What a word broken at a line's end is found to end in."""

NOT_PAINTED = (3, 7)
"""Text rendering modes that show nothing; ISO 32000-1, table 106."""

WORD_GAP = 0.12
"""A gap between two runs that is a space, in font sizes."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one line of text, as it stands on a page; lengths in points from the page's bottom left."""

    text: str
    page: int
    left: float
    bottom: float
    right: float
    top: float
    size: float


Runs = dict[tuple[int, int], Run]
"""By page (from 0) and MCID."""


@dataclass(slots=True)
class TagNode:
    """One structure element of a finished file."""

    role: str
    kids: list[TagNode | Run] = field(default_factory=list)
    alt: str = ""
    language: str = ""
    page: int | None = None
    """The page on which it starts, from 1."""
    numbering: str = ""
    """ListNumbering of a list, as ``Decimal``; ISO 32000-1, table 347."""

    def walk(self) -> Iterator[TagNode]:
        """This element and all below, each before what it holds."""
        yield self
        for kid in self.kids:
            if isinstance(kid, TagNode):
                yield from kid.walk()

    def runs(self, *, own: bool = False) -> Iterator[Run | str]:
        """Its runs of text, with a picture's alternative in its place; ``own`` leaves out the blocks inside it."""
        for kid in self.kids:
            if isinstance(kid, Run):
                yield kid
            elif kid.role == "Figure":
                if not own or self.role not in GROUPING:
                    yield kid.alt
            elif not own or kid.role in INLINE:
                yield from kid.runs(own=own)

    def text(self, *, own: bool = False) -> str:
        """Its words, line ends healed; ``own`` leaves out the blocks inside it."""
        return " ".join(joined(self.runs(own=own)).split())


def read_tags(data: bytes, runs: Runs | None = None) -> TagNode:
    """The tag tree of a PDF; its root is the Document element. Raises ValueError for a file that is not tagged.

    ``runs`` is what ``marked_text`` gives of the same file, where it has been opened already.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root.get("/StructTreeRoot")
        if root is None:
            raise ValueError("the PDF is not tagged")
        reader = _Reader(pdf, _opened(data) if runs is None else runs)
        return reader.node(root.K[0] if isinstance(root.K, pikepdf.Array) else root.K)


def sequence(root: TagNode) -> list[tuple[str, str]]:
    """Role and own words of every block, in reading order: what HTML and EPUB of the same article must have as well."""
    return [
        (node.role, node.alt if node.role == "Figure" else node.text(own=True))
        for node in root.walk()
        if node.role not in INLINE
    ]


def _opened(data: bytes) -> Runs:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return marked_text(opened(document))
    finally:
        document.close()


def marked_text(pages: Iterable[PageObjects]) -> Runs:
    """The text of every marked-content sequence, as PDFium reads it."""
    found: Runs = {}
    for number, page in enumerate(pages):
        for thing in page.texts:
            if thing.mcid >= 0 and not thing.level and thing.mode not in NOT_PAINTED:
                _add_run(found, number, thing)
    return found


def _add_run(found: Runs, page: int, thing: TextObject) -> None:
    left, bottom, right, top = thing.bounds
    earlier = found.get((page, thing.mcid))
    if earlier is None:
        found[page, thing.mcid] = Run(thing.text, page, left, bottom, right, top, top - bottom)
    else:
        found[page, thing.mcid] = Run(
            earlier.text + thing.text,
            page,
            min(left, earlier.left),
            min(bottom, earlier.bottom),
            max(right, earlier.right),
            max(top, earlier.top),
            max(top - bottom, earlier.size),
        )


class _Reader:
    def __init__(self, pdf: Any, runs: Runs) -> None:
        self.pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        self.runs = runs

    def node(self, element: Any) -> TagNode:
        page = self.pages.get(element.Pg.objgen) if "/Pg" in element else None
        made = TagNode(
            str(element.S).removeprefix("/"),
            alt=str(element.get("/Alt", "")),
            language=str(element.get("/Lang", "")),
            page=None if page is None else page + 1,
            numbering=_numbering(element),
        )
        for kid in _kids(element):
            self._add(kid, page, made)
        if "/ActualText" in element:
            made.kids = _spelled(made, str(element.ActualText))
        if made.page is None:
            made.page = next((kid.page for kid in made.kids if isinstance(kid, TagNode) and kid.page), None)
        return made

    def _add(self, kid: Any, page: int | None, made: TagNode) -> None:
        if isinstance(kid, int):
            run = self.runs.get((-1 if page is None else page, kid))
        elif kid.get("/Type") == "/MCR":
            run = self.runs.get((self.pages[kid.Pg.objgen] if "/Pg" in kid else page or 0, int(kid.MCID)))
        elif kid.get("/Type") == "/OBJR":
            return
        else:
            made.kids.append(self.node(kid))
            return
        if run is not None:
            made.kids.append(run)


def _numbering(element: Any) -> str:
    import pikepdf

    attributes = element.get("/A")
    rows = list(attributes) if isinstance(attributes, pikepdf.Array) else [attributes]
    found = (row.get("/ListNumbering") for row in rows if isinstance(row, pikepdf.Dictionary))
    return next((str(each).removeprefix("/") for each in found if each is not None), "")


def _spelled(node: TagNode, words: str) -> list[TagNode | Run]:
    """The words that stand for what an element shows, in the place of its first run."""
    first = next((run for run in node.runs() if isinstance(run, Run)), None)
    return [] if first is None else [replace(first, text=words)]


def _kids(element: Any) -> list[Any]:
    import pikepdf

    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def joined(runs: Iterable[Run | str], healed: str = "") -> str:
    """The words of runs, spaces put where runs and lines part; ``healed`` replaces a hyphen that a line may have ended in."""
    words = ""
    last: Run | None = None
    for run in runs:
        if isinstance(run, str):
            words, last = f"{words} {run} ", None
            continue
        if last is None:
            words += run.text
        elif _same_line(last, run):
            gap = max(run.left - last.right, last.left - run.right)
            words += (" " if gap > WORD_GAP * max(run.size, last.size) else "") + run.text
        elif words.endswith(tuple(SOFT_HYPHENS)):
            words = words[:-1] + healed + run.text
        elif words.endswith("-"):
            words += run.text
        else:
            words += " " + run.text
        last = run
    return words


def _same_line(one: Run, other: Run) -> bool:
    overlap = min(one.top, other.top) - max(one.bottom, other.bottom)
    return one.page == other.page and overlap > 0.3 * min(one.size, other.size)
