"""Prove from a finished PDF that its safety text is there, can be read, and comes before the first instruction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.export.format import Read
from pipeline.export.pdf.proof.document import Document, open_document
from pipeline.export.pdf.proof.notice import Finding, examine
from pipeline.export.pdf.proof.pages import Place
from pipeline.model.proof import DisclaimerProof, OutputFile, Proof, Requirement

BESIDE_STEPS = frozenset({"stop", "emergency"})
"""Kinds that stand beside the steps; all others stand on page 1."""

LINE_SLACK = 2.0
"""Points by which a text may reach below the top of the first instruction and still be before it."""


def verify(file: OutputFile, requirements: Sequence[Requirement], read: Read) -> Proof:  # noqa: ARG001
    """Re-open a finished PDF with PDFium and look for every required text; the file needs no other beside it."""
    try:
        with open_document(file.data) as document:
            problems = list(_document_problems(document))
            proofs = []
            for requirement in requirements:
                proof, found = _prove(document, requirement)
                problems.extend(found)
                if proof is not None:
                    proofs.append(proof)
            return Proof(tuple(proofs), tuple(problems), len(document.pages))
    except ValueError as error:
        return Proof((), (f"The file cannot be opened as a PDF ({error}); build it again.",))


def _document_problems(document: Document) -> Iterator[str]:
    if not document.title.strip():
        yield "The document has no title; give it one in its metadata."
    if not document.language.strip():
        yield "The document does not say which language it is in; set the article's language."
    if not document.tagged:
        yield "The document is not tagged, so screen readers cannot follow it; build it again."
    for page in document.pages:
        if "\ufffd" in page.text:
            yield f"Page {page.number} shows a character that could not be read (U+FFFD); write it again in the source."


def _prove(document: Document, requirement: Requirement) -> tuple[DisclaimerProof | None, list[str]]:
    """The proof of one requirement from the best place where its text stands, and what is wrong with that place."""
    findings = examine(document, requirement.texts)
    if not findings:
        return None, [f"The {requirement.kind} disclaimer is missing or changed; restore its wording and build again."]
    judged = [(list(_problems(document, requirement.kind, each)), each) for each in findings]
    problems, best = min(judged, key=lambda pair: len(pair[0]))
    proof = DisclaimerProof(
        requirement.kind,
        requirement.version,
        f"page {best.start.page}",
        visible=not best.faults,
        before_instructions=_before(best, document.instructions),
    )
    return proof, problems


def _problems(document: Document, kind: str, finding: Finding) -> Iterator[str]:
    for fault in finding.faults:
        yield f"The {kind} disclaimer on page {finding.start.page} {fault}."
    if not _before(finding, document.instructions):
        first = document.instructions[0]
        yield (
            f"The {kind} disclaimer on page {finding.start.page} comes after the first instruction on page "
            f"{first.page}; move it before."
        )
    if kind not in BESIDE_STEPS and finding.start.page != 1 and len(document.instructions) < 2:  # noqa: PLR2004
        yield f"The {kind} disclaimer is on page {finding.start.page}; it belongs on page 1."


def _before(finding: Finding, instructions: Sequence[Place]) -> bool:
    """Whether all of a text stands above the first instruction; where nothing instructs, anything does."""
    if not instructions:
        return True
    first = instructions[0]
    if finding.end.page != first.page:
        return finding.end.page < first.page
    return finding.end.y >= first.y - LINE_SLACK
