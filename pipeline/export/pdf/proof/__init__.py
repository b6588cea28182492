"""Prove from a finished PDF that its safety text is there, can be read, and comes before the first instruction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.export.format import Read
from pipeline.export.pdf.proof import sheets
from pipeline.export.pdf.proof.document import Document, open_document
from pipeline.export.pdf.proof.line import shows
from pipeline.export.pdf.proof.notice import Finding, examine, foot
from pipeline.export.pdf.proof.own import own_words
from pipeline.export.pdf.proof.places import Place, is_before
from pipeline.export.pdf.reading import Reading, read
from pipeline.export.pdf.tags import Runs, read_tags
from pipeline.model.passage import PageStart
from pipeline.model.proof import DisclaimerProof, FilledLine, OutputFile, Proof, Requirement, Spot

BESIDE_STEPS = frozenset({"stop", "emergency"})
"""Kinds that stand beside the steps; all others stand on page 1."""

BOTTOM_MARGIN = 5.33
"""Type sizes at a page's foot that hold no text on any paper."""

BOX_EXTRA = 5.71
"""Type sizes that a box's heading, padding and margins add to the height of its text."""

HEADING = 3.5
"""Type sizes that the heading above the boxes of a newsletter takes, which never stands without them."""

SAME_ROW = 2.5
"""Type sizes by which the texts of boxes side by side may start apart, one having a heading of two lines."""

MASTHEAD = 0.45
"""A masthead ends above this share of the page's height."""


def verify(file: OutputFile, requirements: Sequence[Requirement], read: Read) -> Proof:  # noqa: ARG001
    """Re-open a finished PDF with PDFium and look for every required text; the file needs no other beside it.

    Sheets to fold or cut are read as they are when folded or cut; the locations are those of their pages.
    """
    try:
        data, sides = sheets.as_read(file.data, file.path)
        with open_document(data) as document:
            best = list(_best_of_each(document, requirements))
            found = {each.kind: finding for each, finding in best if finding is not None}
            problems = list(_document_problems(document))
            for requirement, finding in best:
                problems.extend(_problems(document, requirement.kind, finding))
            problems.extend(_unfilled(document, file.filled))
            problems.extend(_late_fronts(document, found, after_note=file.path.startswith("newsletters/")))
            proofs = [_proof(document, each, finding) for each, finding in best if finding is not None]
            spots = tuple(Spot(finding.start.page, *finding.box) for _, finding in best if finding is not None)
            pages = sides or len(document.pages)
            runs = None if sides else document.runs()
    except ValueError as error:
        return Proof((), (f"The file cannot be opened as a PDF ({error}); build it again.",), passages=())
    reading = _reading(file.data, pages, runs)
    return Proof(tuple(proofs), tuple(problems), pages, reading.passages, reading.page_starts, spots)


def page_starts(data: bytes) -> tuple[PageStart, ...]:
    """Where the pages of a tagged PDF start; raises ValueError when it cannot be read."""
    with open_document(data) as document:
        return read(read_tags(data, document.runs()), len(document.pages)).page_starts


def _reading(data: bytes, pages: int, runs: Runs | None) -> Reading:
    """What the tagged file says; nothing where no tags can be read, which is a problem of its own."""
    import pikepdf

    try:
        return read(read_tags(data, runs), pages)
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


def _unfilled(document: Document, lines: Iterable[FilledLine]) -> Iterator[str]:
    for line in lines:
        if not shows(document.pages[line.page], line):
            yield f"The copy does not show {line.words!r} on its line; build it again."


def _best_of_each(
    document: Document, requirements: Sequence[Requirement]
) -> Iterator[tuple[Requirement, Finding | None]]:
    """The best of the places where each text stands: the first that readers can see in time.

    What several chapters of a book want beside their steps has to be in as many chapters.
    """
    found: dict[Requirement, list[Finding]] = {}
    wanted = Counter(each.words for each in requirements)
    for each in requirements:
        if each.words not in found:
            findings = examine(document, each.texts or own_words(document, each.kind))
            beside = document.chapters and each.kind in BESIDE_STEPS
            found[each.words] = [one for one in findings if document.chapter_at(one.start)] if beside else findings
        left = found[each.words]
        best = min(left, key=lambda one: _rank(document, each, one), default=None)
        if best and document.chapters and each.kind in BESIDE_STEPS:
            chapter = document.chapter_at(best.start)
            found[each.words] = [one for one in left if document.chapter_at(one.start) != chapter]
        elif best and each.kind in BESIDE_STEPS and wanted[each.words] > 1:
            found[each.words] = [one for one in left if one is not best]  # as often as it is wanted in a newsletter
        yield each, best


def _rank(document: Document, requirement: Requirement, finding: Finding) -> tuple[int, bool, bool]:
    """What is lowest is best; of places that are as good, the one where the text was found before."""
    late = not _before(document, requirement.kind, finding)
    return len(finding.faults), late, bool(requirement.location) and requirement.location != _location(finding)


def _location(finding: Finding) -> str:
    return f"page {finding.start.page}"


def _proof(document: Document, requirement: Requirement, finding: Finding) -> DisclaimerProof:
    return DisclaimerProof(
        requirement.kind,
        requirement.version,
        _location(finding),
        visible=not finding.faults,
        before_instructions=_before(document, requirement.kind, finding),
    )


def _problems(document: Document, kind: str, finding: Finding | None) -> Iterator[str]:
    if finding is None:
        yield f"The {kind} disclaimer is missing or changed; restore its wording and build again."
        return
    for fault in finding.faults:
        yield f"The {kind} disclaimer on page {finding.start.page} {fault}."
    first = _limit(document, kind, finding)
    if first and not _before(document, kind, finding):
        yield (
            f"The {kind} disclaimer on page {finding.start.page} comes after the first instruction on page "
            f"{first.page}; move it before."
        )


def _late_fronts(document: Document, found: Mapping[str, Finding], *, after_note: bool) -> Iterator[str]:
    """Disclaimers that belong on page 1 and are not there, although there was room; a book has them in its front matter."""
    if document.chapters or len(document.instructions) > 1:
        return
    before: Finding | None = None
    placed = sorted(found.items(), key=lambda pair: (pair[1].start.page, -pair[1].start.y))
    while placed and placed[-1][0] in BESIDE_STEPS:
        placed.pop()  # nothing behind it asks whether there was room
    for kind, finding in placed:
        row = max(_row(document, finding, found.values()), key=lambda each: (each.end.page, -each.end.y))
        above = before or (_page_before(document, finding) if after_note else _masthead(document))
        late = finding.start.page != 1 and not _overflowed(document, above, row)
        if late and kind not in BESIDE_STEPS:
            yield f"The {kind} disclaimer is on page {finding.start.page}; it belongs on page 1."
        elif not late and (before is None or (finding.end.page, -finding.end.y) > (before.end.page, -before.end.y)):
            before = finding


def _row(document: Document, finding: Finding, others: Iterable[Finding]) -> Iterator[Finding]:
    """The disclaimers that stand side by side with one, and itself: they only fit together."""
    for other in others:
        apart = other.box.right <= finding.box.left or finding.box.right <= other.box.left
        level = abs(other.start.y - finding.start.y) <= SAME_ROW * document.body_size
        if other is finding or (apart and level and other.start.page == finding.start.page):
            yield other


def _page_before(document: Document, finding: Finding) -> Finding:
    """The foot of the page before a box: an editor's note may be long, but must leave no room for the box and its heading."""
    page = document.pages[max(finding.start.page - 2, 0)]
    end = Place(page.number, page.foot - HEADING * document.body_size)
    return Finding(end, end, ())


def _masthead(document: Document) -> Finding:
    """The masthead, when page 1 has nothing else; a full page where it has more, so that nothing may follow on."""
    page = document.pages[0]
    end = Place(0, 0) if page.reaches(MASTHEAD * page.media_box.top) else Place(1, page.foot)
    return Finding(end, end, ())


def _overflowed(document: Document, before: Finding, finding: Finding) -> bool:
    """Whether a box is on the page after another because it did not fit below."""
    if finding.start == before.start or finding.start.page == before.end.page:
        return True
    if finding.start.page > before.end.page + 1:
        return False
    if finding.end.page != finding.start.page:
        return True
    size = document.body_size
    height = finding.start.y - foot(document.pages[finding.end.page - 1], finding.end)
    return before.end.y - BOTTOM_MARGIN * size < height + BOX_EXTRA * size


def _limit(document: Document, kind: str, finding: Finding) -> Place | None:
    """The instruction that a text has to stand before: the first of all, beside the steps in a book that of its chapter."""
    if kind not in BESIDE_STEPS:
        return next(iter(document.instructions), None)
    chapter = document.chapter_at(finding.start)
    return chapter.instruction if chapter else next_instruction(document, finding)


def next_instruction(document: Document, finding: Finding) -> Place | None:
    """Of the instructions of several articles the first behind a text, the last where none is; None where none instructs."""
    behind = (place for place in document.instructions if is_before(finding.end, place))
    return next(behind, document.instructions[-1] if document.instructions else None)


def _before(document: Document, kind: str, finding: Finding) -> bool:
    """Whether all of a text stands above the instruction that limits it; where nothing instructs, anything does."""
    first = _limit(document, kind, finding)
    if first is None:
        return True
    return is_before(finding.end, first)
