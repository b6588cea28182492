"""Proof of a finished page: it is opened again as a browser would, and its safety text found where readers see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.errors import ProofError
from pipeline.export.format import Read
from pipeline.export.html.reading import INSTRUCTION, Element, open_page, words
from pipeline.export.html.visibility import Visibility
from pipeline.export.passages import read_passages
from pipeline.model.passage import Passage
from pipeline.model.proof import DisclaimerProof, OutputFile, Proof, Requirement


@dataclass(frozen=True, slots=True)
class _Box:
    """A visible disclaimer box, or one that is not."""

    id: str
    words: str
    order: int
    visible: bool


def verify(file: OutputFile, requirements: Sequence[Requirement], read: Read) -> Proof:
    """Prove that the page shows each text word for word, visibly, and before the first instruction."""
    try:
        root = open_page(file.data)
        visibility = Visibility.of(root, file.path, read)
    except ProofError as error:
        return Proof((), (error.message,), passages=())
    order = {element: at for at, element in enumerate(root.iter())}
    boxes = [
        _box(element, order[element], visibility) for element in root.iter() if element.get("role") == "doc-notice"
    ]
    starts = [at for element, at in order.items() if INSTRUCTION.fullmatch(element.get("id", ""))]
    first = min(starts, default=None)
    proofs = []
    problems = list(_repeated_ids(root))
    for wanted in requirements:
        proof, problem = _prove(wanted, boxes, first)
        if proof:
            proofs.append(proof)
        if problem:
            problems.append(problem)
    return Proof(tuple(proofs), tuple(problems), passages=tuple(_passages(root, visibility)))


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


def _prove(wanted: Requirement, boxes: list[_Box], first: int | None) -> tuple[DisclaimerProof | None, str]:
    """The proof of one text and what is wrong with it; no proof where the text is nowhere at all."""
    holding = [box for box in boxes if _holds(box, wanted)]
    shown = [box for box in holding if box.visible]
    in_time = [box for box in shown if first is None or box.order < first]
    best = next(iter(in_time or shown or holding), None)
    if best is None:
        return None, f"the {wanted.kind} disclaimer is not in the page, or not word for word"
    proof = DisclaimerProof(wanted.kind, wanted.version, f"#{best.id}", best in shown, best in in_time)
    if not proof.visible:
        return proof, f"the {wanted.kind} disclaimer is hidden from readers"
    if not proof.before_instructions:
        return proof, f"the {wanted.kind} disclaimer stands after the first instruction"
    return proof, ""


def _holds(box: _Box, wanted: Requirement) -> bool:
    """Whether the box says one of the texts; without texts (an article's own words), whether it is of that kind."""
    if not wanted.texts:
        return f"disclaimer-{wanted.kind}" in box.id and bool(box.words)
    return any(words(text) in box.words for text in wanted.texts)


def _repeated_ids(root: Element) -> Iterator[str]:
    seen: set[str] = set()
    for element in root.iter():
        id_ = element.get("id")
        if id_ and id_ in seen and INSTRUCTION.fullmatch(id_):
            yield f"two elements have the id {id_}"
        if id_:
            seen.add(id_)
