"""Prove from a finished PDF that its safety text is there, can be read, and comes before the first instruction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.export.format import Read
from pipeline.export.pdf.proof import sheets
from pipeline.export.pdf.proof.document import Document, open_document
from pipeline.export.pdf.proof.notice import Finding, examine
from pipeline.export.pdf.proof.own import own_words
from pipeline.export.pdf.proof.pages import Place
from pipeline.export.pdf.reading import Reading, read
from pipeline.export.pdf.tags import read_tags
from pipeline.model.proof import DisclaimerProof, OutputFile, Proof, Requirement

BESIDE_STEPS = frozenset({"stop", "emergency"})
"""Kinds that stand beside the steps; all others stand on page 1."""

BOTTOM_MARGIN = 5.33
"""Type sizes at a page's foot that hold no text on any paper."""

BOX_EXTRA = 5.71
"""Type sizes that a box's heading, padding and margins add to the height of its text."""

MASTHEAD = 0.45
"""A masthead ends above this share of the page's height."""

LINE_SLACK = 2.0
"""Points by which a text may reach below the top of the first instruction and still be before it."""


def verify(file: OutputFile, requirements: Sequence[Requirement], read: Read) -> Proof:  # noqa: ARG001
    """Re-open a finished PDF with PDFium and look for every required text; the file needs no other beside it.

    Sheets to fold or cut are read as they are when folded or cut; the locations are those of their pages.
    """
    try:
        data, sides = sheets.as_read(file.data, file.path)
        with open_document(data) as document:
            best = [(each, _best(document, each)) for each in requirements]
            found = {each.kind: finding for each, finding in best if finding is not None}
            problems = list(_document_problems(document))
            for requirement, finding in best:
                problems.extend(_problems(document, requirement.kind, finding))
            problems.extend(_late_fronts(document, found))
            proofs = [_proof(document, each, finding) for each, finding in best if finding is not None]
            pages = sides or len(document.pages)
    except ValueError as error:
        return Proof((), (f"The file cannot be opened as a PDF ({error}); build it again.",), passages=())
    reading = _reading(file.data, pages)
    return Proof(tuple(proofs), tuple(problems), pages, reading.passages, reading.page_starts)


def _reading(data: bytes, pages: int) -> Reading:
    """What the tagged file says; nothing where no tags can be read, which is a problem of its own."""
    import pikepdf

    try:
        return read(read_tags(data), pages)
    except (ValueError, pikepdf.PdfError):
        return Reading((), ())


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


def _best(document: Document, requirement: Requirement) -> Finding | None:
    """The best of the places where a text stands: the first that readers can see in time."""
    findings = examine(document, requirement.texts or own_words(document, requirement.kind))
    return min(findings, key=lambda each: (len(each.faults), not _before(each, document.instructions)), default=None)


def _proof(document: Document, requirement: Requirement, finding: Finding) -> DisclaimerProof:
    return DisclaimerProof(
        requirement.kind,
        requirement.version,
        f"page {finding.start.page}",
        visible=not finding.faults,
        before_instructions=_before(finding, document.instructions),
    )


def _problems(document: Document, kind: str, finding: Finding | None) -> Iterator[str]:
    if finding is None:
        yield f"The {kind} disclaimer is missing or changed; restore its wording and build again."
        return
    for fault in finding.faults:
        yield f"The {kind} disclaimer on page {finding.start.page} {fault}."
    if not _before(finding, document.instructions):
        first = document.instructions[0]
        yield (
            f"The {kind} disclaimer on page {finding.start.page} comes after the first instruction on page "
            f"{first.page}; move it before."
        )


def _late_fronts(document: Document, found: Mapping[str, Finding]) -> Iterator[str]:
    """Disclaimers that belong on page 1 and are not there, although there was room; a book has them in its front matter."""
    if len(document.instructions) > 1:
        return
    before: Finding | None = None
    for kind, finding in sorted(found.items(), key=lambda pair: (pair[1].start.page, -pair[1].start.y)):
        late = finding.start.page != 1 and not _overflowed(before or _masthead(document), finding, document.body_size)
        if late and kind not in BESIDE_STEPS:
            yield f"The {kind} disclaimer is on page {finding.start.page}; it belongs on page 1."
        elif not late:
            before = finding


def _masthead(document: Document) -> Finding:
    """The masthead, when page 1 has nothing else; a full page where it has more, so that nothing may follow on."""
    page = document.pages[0]
    alone = page.foot > MASTHEAD * page.media_box.top
    end = Place(1 if alone else 0, page.foot)
    return Finding(end, end, ())


def _overflowed(before: Finding, finding: Finding, size: float) -> bool:
    """Whether a box is on the page after another because it did not fit below, in type of this size in points."""
    if finding.start == before.start or finding.start.page == before.end.page:
        return True
    height = finding.start.y - finding.end.y if finding.end.page == finding.start.page else float("inf")
    return finding.start.page <= before.end.page + 1 and before.end.y - BOTTOM_MARGIN * size < height + BOX_EXTRA * size


def _before(finding: Finding, instructions: Sequence[Place]) -> bool:
    """Whether all of a text stands above the first instruction; where nothing instructs, anything does."""
    if not instructions:
        return True
    first = instructions[0]
    if finding.end.page != first.page:
        return finding.end.page < first.page
    return finding.end.y >= first.y - LINE_SLACK
