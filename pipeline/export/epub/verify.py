"""Proof of a finished EPUB: the safety text is in it, seen, and before the first instruction that it protects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.export.epub.container import Book, DamagedError, Page, open_book
from pipeline.export.epub.reading import chapter_passages
from pipeline.export.epub.visibility import Sight, sights, visible_words
from pipeline.export.format import Read
from pipeline.language.normal import normalise
from pipeline.model.passage import Passage
from pipeline.model.proof import DisclaimerProof, OutputFile, Proof, Requirement
from pipeline.publication.links import id_in_book
from pipeline.render.elements import Element

BESIDE_STEPS = frozenset({"stop", "emergency"})
"""Kinds that stand with the instructions; the others are front matter."""


@dataclass(frozen=True, slots=True)
class Box:
    """A disclaimer in a finished book."""

    location: str
    """Document and id, as ``text/hip-thrusts.xhtml#disclaimer-stop``."""
    kinds: frozenset[str]
    seen: str
    """Its words that can be seen, in normal form."""
    written: str
    """All of its words."""
    early: bool
    """Whether it stands before the first instruction of its document."""

    def says(self, required: Requirement, words: str) -> bool:
        """Whether ``words`` hold the required text; where only the kind is known, whether it is a box of that kind."""
        if not required.texts:
            return required.kind in self.kinds and bool(words)
        return any(comparable(text) in words for text in required.texts)


def verify(file: OutputFile, requirements: Sequence[Requirement], read: Read) -> Proof:
    """Re-open the book and prove every requirement, in front matter and in the chapter; never raises."""
    del read
    try:
        book = open_book(file.data)
    except DamagedError as damage:
        return Proof((), (f"{damage}.",), passages=())
    front, chapters, passages = _parts(book)
    if not chapters:
        return Proof((), ("the book has no chapter that is part of its reading order.",), passages=())
    proofs: list[DisclaimerProof] = []
    problems: list[str] = []
    left: dict[Requirement, list[list[Box]]] = {}
    for required in requirements:
        open_ = left.setdefault(required.words, chapters)
        problems += _problems(required, front, open_, several=len(chapters) > 1)
        best = _best(required, front, open_, several=len(chapters) > 1)
        if best:
            visible = best.says(required, best.seen)
            proofs.append(DisclaimerProof(required.kind, required.version, best.location, visible, best.early))
            # what several chapters of a book want beside their steps has to be in as many chapters
            if required.kind in BESIDE_STEPS and len(chapters) > 1:
                left[required.words] = [boxes for boxes in open_ if best not in boxes]
    return Proof(tuple(proofs), tuple(dict.fromkeys(problems)), passages=passages)


def _best(
    required: Requirement, front: Sequence[Box], chapters: Sequence[Sequence[Box]], *, several: bool
) -> Box | None:
    """The best of the places where a text stands, at home first; ``several``: in a book of several chapters."""
    beside = required.kind in BESIDE_STEPS
    home = [box for boxes in chapters for box in boxes] if beside else front
    places = chapters if beside and several else (front, *chapters)
    copies = [box for boxes in places for box in boxes if box.says(required, box.written)]
    return min(copies, key=lambda box: _rank(required, box, at_home=box in home), default=None)


def _rank(required: Requirement, box: Box, *, at_home: bool) -> tuple[bool, ...]:
    """What is lowest is best; of places that are as good, the one where the text was found before."""
    elsewhere = bool(required.location) and required.location != box.location
    return not at_home, not box.says(required, box.seen), not box.early, elsewhere


def _problems(
    required: Requirement, front: Sequence[Box], chapters: Sequence[Sequence[Box]], *, several: bool
) -> Iterator[str]:
    """What keeps one requirement from being proven."""
    beside = required.kind in BESIDE_STEPS
    if not (beside and several):
        yield from _missing(required, front, "the front matter")
    stating = [boxes for boxes in chapters if any(box.says(required, box.written) for box in boxes)]
    if not stating and (beside or not several):
        yield f"the disclaimer {required.kind!r} is not in the chapter, word for word."
    for boxes in stating:
        yield from _missing(required, boxes, "the chapter")


def _missing(required: Requirement, boxes: Sequence[Box], place: str) -> Iterator[str]:
    written = [box for box in boxes if box.says(required, box.written)]
    seen = [box for box in written if box.says(required, box.seen)]
    if not written:
        yield f"the disclaimer {required.kind!r} is not in {place}, word for word."
    elif not seen:
        yield f"the disclaimer {required.kind!r} in {place} is hidden ({written[0].location})."
    elif not any(box.early for box in seen):
        yield f"the disclaimer {required.kind!r} stands after the first instruction ({seen[0].location})."


def comparable(text: str) -> str:
    """Words in normal form with one space between them: quotation marks, dashes and line ends make no difference."""
    return " ".join(normalise(text).cased.split())


def _parts(book: Book) -> tuple[list[Box], list[list[Box]], tuple[Passage, ...]]:
    """The boxes of the front matter, which is all before the first chapter but the contents, and of each chapter.

    With them, the passages of all chapters.
    """
    front: list[Box] = []
    chapters: list[list[Box]] = []
    passages: list[Passage] = []
    for page in book.pages:
        if page.is_chapter():
            seen = sights(book, page)
            chapters.append(list(_boxes(page, seen)))
            passages += chapter_passages(page, seen)
        elif not chapters and not page.nav:
            front += _boxes(page, sights(book, page))
    return front, chapters, tuple(passages)


def _boxes(page: Page, seen: Sequence[Sight]) -> Iterator[Box]:
    """A document's disclaimers in reading order."""
    notices = [each for each in page.root.iter() if each.get("role") == "doc-notice" and each.get("id")]
    if not notices:
        return
    before = _before_instructions(page)
    for each in notices:
        yield Box(
            location=f"{page.href}#{each.get('id')}",
            kinds=_kinds(each),
            seen=comparable(" ".join(visible_words(each, seen))),
            written=comparable(" ".join(visible_words(each, ()))),
            early=each in before,
        )


def _kinds(notice: Element) -> frozenset[str]:
    """The kinds that a box states: that of its class, and any further ones."""
    named = (name.removeprefix("disclaimer-") for name in (notice.get("class") or "").split() if "disclaimer-" in name)
    return frozenset((*named, *(notice.get("data-kinds") or "").split()))


def _before_instructions(page: Page) -> set[Element]:
    """The elements before the first instruction; in a book of several chapters ids begin with the name of the file."""
    elements = list(page.root.iter())
    ids = [each.get("id") for each in elements]
    for wanted in ("first-instruction", f"{page.stem}-first-instruction", id_in_book(page.stem, "first-instruction")):
        if wanted in ids:
            return set(elements[: ids.index(wanted)])
    return set(elements)
