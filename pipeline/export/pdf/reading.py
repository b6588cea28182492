"""What a finished PDF says, passage by passage, and where its pages start: read through its tag tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.export.pdf.tags import INLINE, Run, TagNode, joined
from pipeline.model.passage import SOFT_HYPHEN, Kind, PageStart, Passage, squeezed

BACK = "↩"
"""The words of a link from a note back to its mark."""

KINDS: dict[str, Kind] = {"TH": "cell", "TD": "cell", "Caption": "caption", "Note": "note"}
"""Role of ISO 32000-1, 14.8.4 -> what its words are."""

UNNUMBERED = frozenset({"", "None", "Circle", "Disc", "Square"})
"""Kinds of ListNumbering whose items have no order; ISO 32000-1, table 347."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document's passages, and the page starts among them."""

    passages: tuple[Passage, ...]
    page_starts: tuple[PageStart, ...]


@dataclass(frozen=True, slots=True)
class _Around:
    """What an element makes of the words in it."""

    kind: Kind = "paragraph"
    level: int = 0
    lists: int = 0
    numbered: bool = False


def read(root: TagNode, pages: int) -> Reading:
    """The passages of a document of so many pages, but for publisher's lines, imprints and colophons."""
    reader = _Reader()
    for article in _articles(root):
        reader.article(article)
    return Reading(tuple(reader.passages), tuple(_every_page(reader, pages)))


def _every_page(reader: _Reader, pages: int) -> Iterator[PageStart]:
    """A start for each page; one with nothing but imprint and colophon starts where the next one does."""
    waiting = list(reader.starts)
    for page in range(1, pages + 1):
        if waiting and waiting[0].page == page:
            yield waiting.pop(0)
        else:
            yield PageStart(page, waiting[0].passage if waiting else len(reader.passages), 0)


def _articles(root: TagNode) -> Iterator[TagNode]:
    for node in root.walk():
        if node.role == "Art":
            yield node


@dataclass(slots=True)
class _Reader:
    """Gathers the words of a block until the next one starts."""

    passages: list[Passage] = field(default_factory=list)
    starts: list[PageStart] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    pictures: list[TagNode] = field(default_factory=list)

    def article(self, node: TagNode) -> None:
        """An article: its masthead from the title on, its text, and not the imprint and colophon that end it."""
        kids = list(node.kids)
        if kids and isinstance(kids[-1], TagNode) and kids[-1].role == "Div" and not _holds(kids[-1], "Figure"):
            kids.pop()
        first = next((kid for kid in kids if isinstance(kid, TagNode)), None)
        if first is not None and first.role == "Div" and _holds(first, "H1"):
            while not _is_title(first.kids[0]):
                first.kids.pop(0)
        self._kids(replace(node, kids=kids), _Around())

    def _kids(self, node: TagNode, around: _Around) -> None:
        for kid in node.kids:
            if isinstance(kid, Run):
                self.runs.append(kid)
            elif kid.role == "Figure":
                self.pictures.append(kid)
            elif kid.role == "Reference":
                self.runs += _mark(kid)
            elif kid.role in INLINE:
                if not (kid.role == "Link" and kid.text() == BACK):
                    self._kids(kid, around)
            elif kid.role != "Lbl":
                self._flush(around)
                inner = _inner(kid, around)
                self._kids(kid, inner)
                self._flush(inner)

    def _flush(self, around: _Around) -> None:
        # a hyphen at the end of a line may be the writer's or the typesetter's
        text = " ".join(joined(self.runs, SOFT_HYPHEN).split())
        if text:
            self._start_pages(self.runs)
            counted = around.level if around.kind in {"heading", "step", "item"} else 0
            self.passages.append(Passage(around.kind, text, counted))
        for figure in self.pictures:
            if alternative := " ".join(figure.alt.split()):
                self._start_page(figure.page, 0)
                self.passages.append(Passage("picture", alternative))
        self.runs.clear()
        self.pictures.clear()

    def _start_pages(self, runs: list[Run]) -> None:
        before = 0
        for run in runs:
            self._start_page(run.page + 1, before)
            before += len(squeezed(run.text))

    def _start_page(self, page: int | None, offset: int) -> None:
        if page is not None and page > (self.starts[-1].page if self.starts else 0):
            self.starts.append(PageStart(page, len(self.passages), offset))


def _holds(node: TagNode, role: str) -> bool:
    return any(each.role == role for each in node.walk())


def _is_title(kid: TagNode | Run) -> bool:
    return isinstance(kid, TagNode) and _holds(kid, "H1")


def _mark(reference: TagNode) -> list[Run]:
    """The mark of a note, as its number in brackets."""
    runs = [run for run in reference.runs() if isinstance(run, Run)]
    if not runs:
        return []
    return [replace(runs[0], text=f"[{''.join(run.text for run in runs).strip('[] ')}]", right=runs[-1].right)]


def _inner(node: TagNode, around: _Around) -> _Around:
    role = node.role
    if role == "L":
        return replace(around, lists=around.lists + 1, numbered=node.numbering not in UNNUMBERED)
    if role == "LI":
        return replace(around, kind="step" if around.numbered else "item", level=around.lists)
    if len(role) == len("H1") and role.startswith("H") and role[1].isdigit():
        return replace(around, kind="heading", level=int(role[1]))
    return replace(around, kind=KINDS[role]) if role in KINDS else around
