"""Proof of a finished page: it is opened again as a browser would, and its safety text found where readers see it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.errors import ProofError
from pipeline.export.format import Read
from pipeline.export.html.reading import INSTRUCTION, Element, chapter_files, open_page, words
from pipeline.export.html.visibility import Visibility
from pipeline.export.passages import read_passages
from pipeline.model.passage import Passage
from pipeline.model.proof import DisclaimerProof, OutputFile, Proof, Requirement

BESIDE_STEPS = frozenset({"stop", "emergency"})
"""Kinds that stand beside the steps of their article; all others before those of any."""


@dataclass(frozen=True, slots=True)
class _Box:
    """A visible disclaimer box, or one that is not."""

    id: str
    words: str
    order: int
    visible: bool


@dataclass(frozen=True, slots=True)
class _Page:
    """A finished page, opened."""

    root: Element
    visibility: Visibility
    boxes: Sequence[_Box]
    instructions: Sequence[tuple[str, int]]
    """The id of each first instruction, and where it stands."""

    @property
    def starts(self) -> Mapping[str, int]:
        """Where each first instruction stands, by its id."""
        return dict(self.instructions)

    @classmethod
    def open(cls, file: OutputFile, read: Read) -> _Page:
        """Open a file as a browser would; raises ProofError where that cannot be done."""
        root = open_page(file.data)
        visibility = Visibility.of(root, file.path, read)
        boxes, instructions = [], []
        for at, element in enumerate(root.iter()):
            if element.get("role") == "doc-notice":
                boxes.append(_box(element, at, visibility))
            if (id_ := element.get("id")) and INSTRUCTION.fullmatch(id_):
                instructions.append((id_, at))
        return cls(root, visibility, boxes, instructions)

    def repeated_ids(self) -> Iterator[str]:
        """What is wrong with it where two first instructions have one id."""
        seen: set[str] = set()
        for id_, _ in self.instructions:
            if id_ in seen:
                yield f"two elements have the id {id_}"
            seen.add(id_)


def verify(file: OutputFile, requirements: Sequence[Requirement], read: Read) -> Proof:
    """Prove that the page shows each text word for word, visibly, and before the first instruction."""
    try:
        page = _Page.open(file, read)
        names = chapter_files(page.root)
        if names:
            return _verify_book(file, page, names, requirements, read)
    except ProofError as error:
        return Proof((), (error.message,), passages=())
    proofs: list[DisclaimerProof] = []
    problems = list(page.repeated_ids())
    taken: set[tuple[Requirement, str]] = set()
    for wanted in requirements:
        # what is wanted once for each of several articles is there once for each
        proof, problem = _prove(
            wanted, [box for box in page.boxes if (wanted.words, f"#{box.id}") not in taken], page.starts
        )
        if proof:
            proofs.append(proof)
            taken.add((wanted.words, proof.location))
        if problem:
            problems.append(problem)
    return Proof(tuple(proofs), tuple(problems), passages=tuple(_passages(page.root, page.visibility)))


def _verify_book(
    file: OutputFile, front: _Page, names: Sequence[str], requirements: Sequence[Requirement], read: Read
) -> Proof:
    """Prove a book: each text on as many pages of chapters as want it, since each page may be found by itself.

    The general ones stand in the front matter as well.
    """
    pages = dict(_chapters(file, names, read))
    problems = [problem for page in (front, *pages.values()) for problem in page.repeated_ids()]
    proofs: list[DisclaimerProof] = []
    left: dict[Requirement, list[str]] = {}
    for wanted in requirements:
        open_ = left.setdefault(wanted.words, list(names))
        looked = [(name, *_prove(wanted, pages[name].boxes, pages[name].starts)) for name in open_]
        found = [(name, proof, problem) for name, proof, problem in looked if proof]
        if not found:
            problems.append(f"the {wanted.kind} disclaimer is not in the pages of as many chapters as want it")
            continue
        known = wanted.location.partition("#")[0]
        name, proof, problem = min(found, key=lambda each: (bool(each[2]), bool(known) and each[0] != known))
        proofs.append(replace(proof, location=f"{name}{proof.location}"))
        open_.remove(name)
        problems += [f"{name}: {problem}"] if problem else []
        if wanted.kind not in BESIDE_STEPS and (problem := _prove(wanted, front.boxes, front.starts)[1]):
            problems.append(problem)
    return Proof(tuple(proofs), tuple(dict.fromkeys(problems)))


def _chapters(file: OutputFile, names: Sequence[str], read: Read) -> Iterator[tuple[str, _Page]]:
    """The pages of a book's chapters; raises ProofError for one that is missing."""
    folder = file.path.rpartition("/")[0]
    for name in names:
        path = f"{folder}/{name}"
        data = read(path)
        if data is None:
            raise ProofError(f"the page of a chapter, {name}, is missing")
        yield name, _Page.open(OutputFile(path, file.media_type, data), read)


def _passages(root: Element, visibility: Visibility) -> Iterator[Passage]:
    """What the page's articles say and readers see."""

    def shows(element: Element) -> bool:
        # a mark stands in no line of its own height, which would hide other words
        return element not in visibility.hidden or "noteref" in element.get("class", "").split()

    for article in root.iter("article"):
        if visibility.shows(article):
            yield from (found.passage for found in read_passages(article, shows))


def _box(element: Element, order: int, visibility: Visibility) -> _Box:
    shown = visibility.shows(element)
    return _Box(element.get("id", ""), words(element, visibility.shows) if shown else words(element), order, shown)


def _prove(wanted: Requirement, boxes: Sequence[_Box], starts: Mapping[str, int]) -> tuple[DisclaimerProof | None, str]:
    """The proof of one text and what is wrong with it; no proof where the text is nowhere at all."""
    texts = [words(text) for text in wanted.texts]
    holding = [box for box in boxes if _holds(box, wanted.kind, texts)]
    shown = [box for box in holding if box.visible]
    in_time = [box for box in shown if box.order < _limit(wanted.kind, box, starts)]
    best = min(in_time or shown or holding, key=lambda box: wanted.location != f"#{box.id}", default=None)
    if best is None:
        return None, f"the {wanted.kind} disclaimer is not in the page, or not word for word"
    proof = DisclaimerProof(wanted.kind, wanted.version, f"#{best.id}", best in shown, best in in_time)
    if not proof.visible:
        return proof, f"the {wanted.kind} disclaimer is hidden from readers"
    if not proof.before_instructions:
        return proof, f"the {wanted.kind} disclaimer stands after the first instruction"
    return proof, ""


def _limit(kind: str, box: _Box, starts: Mapping[str, int]) -> float:
    """Before what a box must stand: the first instruction of all, or that of the article whose steps it stands beside."""
    first = min(starts.values(), default=math.inf)
    own = box.id.partition("disclaimer-")[0]
    return starts.get(f"{own}first-instruction", first) if kind in BESIDE_STEPS else first


def _holds(box: _Box, kind: str, texts: Sequence[str]) -> bool:
    """Whether the box says one of the texts; without texts (an article's own words), whether it is of that kind."""
    if not texts:
        return f"disclaimer-{kind}" in box.id and bool(box.words)
    return any(text in box.words for text in texts)
