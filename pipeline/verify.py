"""Proof of what was written: every file below ``build/`` re-opened and held against what it must show."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from pipeline import manifest
from pipeline.disclaimers import DisclaimerKind, approved_texts
from pipeline.errors import ProofError, UsageError
from pipeline.export import FORMATS
from pipeline.export.format import Read, is_partial
from pipeline.files import plain_bytes
from pipeline.frozen import dataclass
from pipeline.manifest import MANIFEST, Output
from pipeline.model.passage import Passage
from pipeline.model.proof import OutputFile, Proof, Requirement
from pipeline.model.publication import Publication
from pipeline.parity import first_difference, hold_against
from pipeline.staging import JOURNAL, WORK, failing_clearly, locked, recover

PUBLICATION_SUFFIXES = frozenset({".pdf", ".epub", ".html", ".xhtml", ".eml"})
"""What a reader could take for a finished file of ours; one that the manifest does not list is a fault."""


Origin = Callable[[str, Passage], str]
"""Where a passage stands in a source below ``content``, as path and line; empty where that cannot be told."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What a verification of ``build/`` found."""

    checked: int
    """Files that the manifest lists."""
    proven: int
    """Disclaimers that were found in them, visible and in time."""
    problems: tuple[tuple[str, str], ...]
    """Path below ``build/`` and what is wrong with it; empty when all is proven."""


def requirements(publication: Publication) -> tuple[Requirement, ...]:
    """What every finished file of a publication must show."""
    notes = (publication.issue.note,) if publication.issue else ()
    notices = [notice for chapter in (*notes, *publication.chapters) for notice in chapter.notices]
    return tuple(Requirement(notice.kind, notice.version, (notice.text,)) for notice in notices)


def prove(file: OutputFile, format_name: str, required: Sequence[Requirement], read: Read) -> Proof:
    """Re-open one finished file; raises ProofError with the first problems when it does not show what it must."""
    proof = _proof(file, format_name, required, read)
    if proof.problems:
        raise ProofError("; ".join(proof.problems), path=file.path)
    return proof


def _proof(file: OutputFile, format_name: str, required: Sequence[Requirement], read: Read) -> Proof:
    """The proof of a file and of what in it is of other formats: a text has to be everywhere."""
    row = FORMATS[format_name]
    proof = row.verify(file, required, read)
    for name, part in row.parts(file, read):
        proof = _joined(proof, FORMATS[name].verify(part, required, read), part.path.removeprefix(f"{file.path}: "))
    return proof


def _joined(one: Proof, other: Proof, place: str) -> Proof:
    """Both proofs as one; ``place`` says where the other's file is."""
    problems = (*one.problems, *(f"{place}: {problem}" for problem in other.problems))
    if len(one.disclaimers) != len(other.disclaimers):
        return Proof(one.disclaimers, problems, one.pages)
    rows = (
        replace(
            first,
            location=f"{first.location}, {place} {second.location}",
            visible=first.visible and second.visible,
            before_instructions=first.before_instructions and second.before_instructions,
        )
        for first, second in zip(one.disclaimers, other.disclaimers, strict=True)
    )
    return Proof(tuple(rows), problems, one.pages)


def verify(
    out: Path, kinds: Mapping[str, DisclaimerKind], origin: Origin = lambda _source, _passage: ""
) -> Verification:
    """Prove the files below ``out`` again, from the files alone; ``origin`` only adds to what is said of differences.

    Raises UsageError when there is no such folder and ProofError when its manifest cannot be read.
    """
    if not out.is_dir():
        raise UsageError(
            f"there is no folder {out}", help="Run `pipeline build` first, or name the folder that it wrote."
        )
    _finish_interrupted_build(out)
    listed = manifest.load(out)
    unlisted = _unlisted(out, listed)
    if unlisted and not (out / MANIFEST).exists():
        raise ProofError(
            f"there are finished files but no {MANIFEST}",
            path=out,
            help="Build again; it writes files and manifest anew.",
        )
    problems = [(path, "the manifest does not list this file; nothing proves what it says") for path in unlisted]
    proven = 0
    for editions in _by_edition(listed.values()):
        said = []
        for output in editions:
            found, passages = _examine(out, output, kinds)
            problems += [(output.path, problem) for problem in found]
            proven += 0 if found else len(output.disclaimers)
            if passages is not None and not found:
                said.append((output.path, passages))
        problems += _disagreements(said, partial(_place, origin, editions[0].sources))
    return Verification(len(listed), proven, tuple(sorted(problems)))


def _finish_interrupted_build(out: Path) -> None:
    if not (out / WORK).exists():
        return
    # Without a journal the last whole state stands, so a build that is under way need not be waited for.
    with failing_clearly(out), locked(out, wait=(out / WORK / JOURNAL).exists()) as held:
        if held:
            recover(out)


def _unlisted(out: Path, listed: Mapping[str, Output]) -> list[str]:
    files = (path for path in out.rglob("*") if path.suffix.lower() in PUBLICATION_SUFFIXES and path.is_file())
    names = (path.relative_to(out).as_posix() for path in files)
    return sorted(name for name in names if name not in listed and not name.startswith(f"{WORK}/"))


def _by_edition(outputs: Iterable[Output]) -> list[list[Output]]:
    """The files of one edition of the same sources together; they all have to say the same."""
    groups: dict[tuple[tuple[str, ...], str | None], list[Output]] = {}
    for output in outputs:
        groups.setdefault((output.sources, output.edition), []).append(output)
    return list(groups.values())


Said = tuple[Passage, ...]


def _examine(out: Path, output: Output, kinds: Mapping[str, DisclaimerKind]) -> tuple[list[str], Said | None]:
    """What is wrong with one listed file (bytes first, then what it shows), and what it says."""
    data = _bytes(out, output.path)
    if data is None:
        return ["the file is missing or cannot be read"], None
    if len(data) != output.bytes or hashlib.sha256(data).hexdigest() != output.sha256:
        return ["the file differs from the one that was proven; build again"], None
    row = FORMATS.get(output.format)
    if row is None or not output.path.endswith(row.suffix) or output.edition is None:
        return [], None
    required = _from_record(output, kinds)
    if isinstance(required, str):
        return [required], None
    file = OutputFile(output.path, output.media_type, data)
    proof = _proof(file, output.format, required, lambda path: _bytes(out, path))
    if proof.problems:
        return list(proof.problems), None
    if proof.disclaimers != output.disclaimers:
        return ["the manifest's proof is not what the file shows"], None
    # a handout shows a part; what newsletters and books list of their contents has page numbers on paper alone
    alone = is_partial(output.path) or output.path.startswith(("newsletters/", "books/"))
    return [], None if alone else proof.passages


def _disagreements(said: Sequence[tuple[str, Said]], origin: Callable[[Passage], str]) -> Iterator[tuple[str, str]]:
    """Path and first difference of each file that does not say what most files of its edition say."""
    differences = [[first_difference(wanted, found) for _, found in said] for _, wanted in said]
    if not any(any(row) for row in differences):
        return
    reference = max(range(len(said)), key=lambda at: (differences[at].count(None), -at))
    other, wanted = said[reference]
    for (path, _), difference in zip(said, differences[reference], strict=True):
        if difference is not None:
            place = origin(wanted[-1 if difference.wanted is None else difference.wanted])
            at = f" ({place})" if place else ""
            yield path, f"does not say the same as {other}: it {difference.message}{at}"


def _place(origin: Origin, sources: Iterable[str], passage: Passage) -> str:
    """Where a passage stands in the first of the sources that has it; empty where that cannot be told."""
    return next(filter(None, (origin(source, passage) for source in sources)), "")


def disagreement(out: Path, output: Output, publication: Publication) -> ProofError | None:
    """How a file below ``out`` that an earlier build left departs from its publication; None when it does not."""
    data = _bytes(out, output.path)
    if data is None:
        return None
    file = OutputFile(output.path, output.media_type, data)
    proof = FORMATS[output.format].verify(file, (), lambda path: _bytes(out, path))
    try:
        if proof.passages is not None:
            hold_against(publication, output.path, proof.passages)
    except ProofError as error:
        return error
    return None


def _from_record(output: Output, kinds: Mapping[str, DisclaimerKind]) -> list[Requirement] | str:
    """What the manifest says that a file shows; or, in words, why that cannot be told."""
    required = []
    for row in output.disclaimers:
        texts = approved_texts(kinds[row.kind], row.version) if row.kind in kinds else ()
        if not texts and row.version != "own":
            return f"there is no approved wording {row.kind} {row.version} to hold the file against"
        required.append(Requirement(row.kind, row.version, texts, row.location))
    return required


def _bytes(out: Path, path: str) -> bytes | None:
    target = out / path
    try:
        real = target.resolve()
        return plain_bytes(real) if out.resolve() in real.parents else None
    except OSError:
        return None


def problems_as_error(problems: Iterable[tuple[str, str]]) -> ProofError:
    """All problems as one error (exit 4)."""
    return ProofError("\n".join(f"{path}: {problem}" for path, problem in problems))
