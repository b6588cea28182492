"""What the work is: a job is a pure function of a publication and a format, so it can run anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace

from pipeline.errors import ExportError, PipelineError
from pipeline.export import FORMATS
from pipeline.export.format import Piece, Sheaf
from pipeline.frozen import dataclass
from pipeline.limits import DIVIDE, OVER, OverLimitError, excess, within_limits
from pipeline.manifest import CheckCounts
from pipeline.model.passage import PageStart
from pipeline.model.proof import KnownFile, OutputFile, Proof
from pipeline.model.publication import Publication
from pipeline.parity import hold_against
from pipeline.pieces import Kept
from pipeline.report.pictures import pictured, strip
from pipeline.timings import spent
from pipeline.verify import prove, requirements
from pipeline.workers import Lost, Workers

PICTURING = "picturing pages"
"""The stage that makes what the report shows of PDFs."""


@dataclass(frozen=True, slots=True)
class Job:
    """One output to make."""

    publication: Publication
    format: str
    path: str
    """Of the publication file, relative to ``build/``."""
    key: str
    """What it is made from and with; see ``plan.key_of``."""
    checks: CheckCounts
    """What the checks found in its source."""
    content: str = ""
    """SHA-256 over what it is made from, the tools left out."""
    pages_key: str = ""
    """Of the output whose pages it has, or lists (``Format.pages_of``); empty where nobody lists any.

    A book's matter is arranged for each format, so its pages are not those of another.
    """
    sheaf: Sheaf | None = field(default=None, repr=False)
    """The pieces that it is bound of, where they are made already."""
    bound: tuple[OutputFile, ...] = field(default=(), repr=False)
    """What it is bound to, where that is done already; then others picture its pages meanwhile."""
    seconds: tuple[tuple[str, float], ...] = ()
    """Processor time by stage that went into that."""
    page_starts: tuple[PageStart, ...] | None = None
    """Of the pages that it lists, where they are known already."""

    @property
    def paths(self) -> tuple[str, ...]:
        """Of all publication files: the one, or those of the personal copies, of which ``path`` is the first."""
        folder, _, name = self.path.rpartition("/")
        suffix = name[name.rindex(".") :]
        return tuple(f"{folder}/{copy.file}{suffix}" for copy in self.publication.copies) or (self.path,)


@dataclass(frozen=True, slots=True)
class Strip:
    """A file whose pages are pictured while it is proven."""

    file: OutputFile = field(repr=False)
    chapters: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: finished files with their proof, or an error."""

    files: tuple[OutputFile, ...] = ()
    """The publication file and what it needs beside it; or personal copies, which are publication files each."""
    proofs: tuple[Proof, ...] = ()
    """Of the publication files, in order."""
    error: PipelineError | None = None
    seconds: tuple[tuple[str, float], ...] = ()
    """Processor time by stage."""
    page_starts: tuple[PageStart, ...] = ()
    """Of the pages that it has, or lists."""
    known: tuple[KnownFile, ...] = ()
    """What the publication file needs beside it as well, and whoever asked has."""


def run_together(jobs: Iterable[Job]) -> Iterator[Outcome]:
    """Run the jobs of one publication in their order, so that what one of them lays out serves those after it."""
    starts: dict[str, tuple[PageStart, ...]] = {}
    for job in jobs:
        listed = FORMATS[job.format].pages_of if job.pages_key else ""
        if listed and listed not in starts:
            known = job.page_starts
            starts[listed] = _page_starts(job.publication, listed) if known is None else known
        outcome = run_job(replace(job, publication=replace(job.publication, page_starts=starts.get(listed, ()))))
        if outcome.proofs:
            starts[job.format] = outcome.proofs[0].page_starts
        # what a file says is of no more use once it is proven, and is not sent between processes
        said_no_more = tuple(replace(proof, passages=None, page_starts=(), spots=()) for proof in outcome.proofs)
        yield replace(outcome, proofs=said_no_more, page_starts=starts.get(listed or job.format, ()))


def _page_starts(publication: Publication, format_name: str) -> tuple[PageStart, ...]:
    """Where the pages start in a format that is not asked for; nowhere when it cannot be made."""
    try:
        with within_limits(len(publication.chapters)):
            return FORMATS[format_name].page_starts(publication)
    except (Exception, OverLimitError):  # noqa: BLE001 -- whoever asks for that format is told; to list no pages is no fault
        return ()


def run_job(job: Job) -> Outcome:
    """Export one publication to one format, prove the finished file, and hold it against the publication.

    What takes more time or memory than a publication of its articles may is stopped, and fails.
    """
    try:
        with within_limits(len(job.publication.chapters)):
            return _run(job)
    except OVER as error:
        return Outcome(error=ExportError(f"{job.format} export {excess(error)}", path=job.path, help=DIVIDE))


def _run(job: Job) -> Outcome:
    seconds = list(job.seconds)
    try:
        with spent(seconds, f"exporting {job.format}"):
            files = list(job.bound) or _bound(job)
        with spent(seconds, f"proving {job.format}"):
            proofs = _proofs(job, files)
        if not job.publication.copies and job.format == "pdf":
            with spent(seconds, PICTURING):
                pictures = [pictured(*each, strip=not job.bound) for each in zip(files, proofs, strict=True)]
                files += [made for each in pictures for made in each]
    except PipelineError as error:
        return Outcome(error=error)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 -- one article's failure never stops the others
        return Outcome(error=ExportError(f"{job.format} export failed: {type(error).__name__}: {error}"))
    return Outcome(tuple(files), tuple(proofs), seconds=tuple(seconds))


def _proofs(job: Job, files: Sequence[OutputFile]) -> list[Proof]:
    """The proof of each publication file; raises ProofError where one does not show what it must."""
    made = {file.path: file.data for file in files}
    wanted = requirements(job.publication)
    said = [replace(job.publication, copies=(copy,)) for copy in job.publication.copies] or [job.publication]
    proofs = []
    for file, publication in zip(files, said, strict=False):
        proof = prove(file, job.format, wanted, made.get)
        if proof.passages is not None:
            hold_against(publication, file.path, proof.passages)
        proofs.append(proof)
    return proofs


def _bound(job: Job) -> list[OutputFile]:
    return job.sheaf.bound(job.publication) if job.sheaf else FORMATS[job.format].export(job.publication)


def run_jobs(groups: Iterable[Sequence[Job]], workers: Workers, kept: Kept) -> Iterator[tuple[Job, Outcome]]:
    """What becomes of the jobs of each publication; publications as they are done, their jobs in the order given.

    What is bound of pieces is taken to pieces first, so that all workers have a share in it; ``kept`` has those of earlier
    builds.
    """
    strips: dict[str, Outcome] = {}
    waiting: list[tuple[Sequence[Job], Sequence[Outcome]]] = []
    for task, done in workers.each(_do, _tasks(groups, workers, kept)):
        count = 1 if isinstance(task, Strip) else len(task)
        outcomes = [Outcome(error=ExportError(done.reason, help=done.help))] * count if isinstance(done, Lost) else done
        if isinstance(task, Strip):
            strips[task.file.path] = outcomes[0]
        else:
            waiting.append((task, outcomes))
        for group in [each for each in waiting if all(file.path in strips for job in each[0] for file in job.bound)]:
            waiting.remove(group)
            for job, outcome in zip(*group, strict=True):
                if outcome.page_starts and job.pages_key:
                    kept.pages.keep(job.publication.slug, job.pages_key, outcome.page_starts)
                yield job, _with_strips(outcome, [strips.pop(file.path) for file in job.bound])


def _tasks(groups: Iterable[Sequence[Job]], workers: Workers, kept: Kept) -> Iterator[Sequence[Job] | Strip]:
    for jobs in groups:
        ready = [_prepared(job, workers, kept) for job in jobs]
        yield ready
        yield from (Strip(file, len(job.publication.chapters)) for job in ready for file in job.bound)


def _do(task: Sequence[Job] | Strip) -> list[Outcome]:
    """What becomes of the jobs of one publication, in their order, or of a strip; raises nothing."""
    if not isinstance(task, Strip):
        return list(run_together(task))
    seconds: list[tuple[str, float]] = []
    try:
        with within_limits(task.chapters), spent(seconds, PICTURING):
            made = strip(task.file)
    except OVER as error:
        return [Outcome(error=ExportError(f"picturing its pages {excess(error)}", path=task.file.path, help=DIVIDE))]
    except Exception as error:  # noqa: BLE001 -- as for jobs
        return [Outcome(error=ExportError(f"its pages cannot be pictured: {error}", path=task.file.path))]
    return [Outcome((made,), seconds=tuple(seconds))]


def _with_strips(outcome: Outcome, strips: Sequence[Outcome]) -> Outcome:
    """The outcome of a job with the strips of its file, which come behind that."""
    if outcome.error or not strips:
        return outcome
    files = tuple(file for each in strips for file in each.files)
    return replace(
        outcome,
        files=(*outcome.files[:1], *files, *outcome.files[1:]),
        error=next((each.error for each in strips if each.error), None),
        seconds=(*outcome.seconds, *(spent_ for each in strips for spent_ in each.seconds)),
    )


def _prepared(job: Job, workers: Workers, kept: Kept) -> Job:
    """The job with all pieces that it is bound of, or bound where others are there to work; and with the pages that it lists."""
    sheaf = in_pieces(job.publication, job.format, job.path, workers, kept)
    listed = job.pages_key if FORMATS[job.format].pages_of else ""
    starts = kept.pages.found(job.publication.slug, listed) if listed else None
    job = replace(job, sheaf=sheaf, page_starts=starts)
    if sheaf and workers.there:
        for _, bound in workers.each(_bind, [job]):
            if isinstance(bound, Outcome):
                return replace(job, sheaf=None, bound=bound.files, seconds=bound.seconds)
    return job


def _bind(job: Job) -> Outcome | None:
    """A job's pieces bound; raises nothing."""
    seconds: list[tuple[str, float]] = []
    try:
        with within_limits(len(job.publication.chapters)), spent(seconds, f"exporting {job.format}"):
            files = _bound(job)
    except (Exception, OverLimitError):  # noqa: BLE001 -- it is done again with all the rest, which says what is wrong
        return None
    return Outcome(tuple(files), seconds=tuple(seconds))


def in_pieces(publication: Publication, format_name: str, path: str, workers: Workers, kept: Kept) -> Sheaf | None:
    """All pieces that a publication is bound of; None where it is of none, or where one of them cannot be made."""
    made: dict[str, bytes] = {}
    try:
        binding = FORMATS[format_name].binding(publication)
        if binding is None:
            return None
        while missing := binding.wanted(made):
            made |= kept.found(path, missing)
            for piece, data in workers.each(_make, [piece for piece in missing if piece.key not in made]):
                if not isinstance(data, bytes):
                    return None  # whoever makes it whole is told why
                made[piece.key] = data
                kept.keep(path, piece, data)
    except PipelineError:
        return None
    kept.drop_others(path, made)
    return binding.sheaf(made)


def _make(piece: Piece) -> bytes | None:
    """Make a piece; raises nothing."""
    try:
        with within_limits():
            return piece.make()
    except (Exception, OverLimitError):  # noqa: BLE001 -- it is made again with its publication, which says what is wrong
        return None


def by_publication(jobs: Iterable[Job]) -> list[list[Job]]:
    """The jobs of each publication together, publications and jobs in the order given."""
    groups: dict[int, list[Job]] = {}
    for job in jobs:
        groups.setdefault(id(job.publication), []).append(job)
    return list(groups.values())
