"""Making what is stale: each publication is put together when a worker is about to be free, and forgotten when it is done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from sys import intern
from typing import Any

from pipeline.errors import ContentError, ExportError, PipelineError
from pipeline.executor import Job, Outcome, by_publication, run_jobs
from pipeline.export import FORMATS
from pipeline.limits import DIVIDE, OVER, excess, within_limits
from pipeline.manifest import CheckCounts, Output
from pipeline.model.edition import Ledger
from pipeline.model.publication import Publication
from pipeline.outputs import Outputs
from pipeline.pieces import Kept
from pipeline.plan import Planned, Wanted, keys_of, parts_of, planned
from pipeline.prospects import Hand, Prospect, Settled
from pipeline.request import Failure
from pipeline.state import Parts
from pipeline.tally import Tally
from pipeline.timings import Timings
from pipeline.verify import disagreement
from pipeline.workers import FEW, Workers

UNCHANGED = "nothing that it is made from has changed"


@dataclass(slots=True)
class Making:
    """The outputs of some publications on their way."""

    wanted: Wanted
    outputs: Outputs
    ledger: Ledger
    timings: Timings
    tally: Tally
    kept: Kept
    """Pieces that earlier builds made."""
    fail_fast: bool = False
    hand: Hand = list
    """Where articles are made by who reads them."""
    paths: list[str] = field(default_factory=list)
    """Of all publication files that are to be there, made now or before."""
    reasons: dict[str, str] = field(default_factory=dict)
    """Why each is made, or is not."""
    _editions: dict[str, str] = field(default_factory=dict)
    """By source."""
    _refused: list[Failure] = field(default_factory=list)
    _parts: dict[str, Parts] = field(default_factory=dict)
    """By source, of publications that are under way."""
    _settled: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Source -> the paths of what a worker made of it by itself."""

    def make(self, prospects: Iterable[Prospect], workers: Workers) -> Iterator[Failure]:
        """Make and prove what is stale; yields what failed, whose earlier outputs go.

        A few articles that are new are begun at once; whether all else is as it was is looked at meanwhile.
        """
        prospects = list(prospects)
        new = [prospect for prospect in prospects if self._is_new(prospect)]
        new = new if len(new) <= FEW else []
        begun = {prospect.source for prospect in new}
        stale = cache(partial(self._stale, [prospect for prospect in prospects if prospect.source not in begun]))
        with workers.staying():
            if new:
                workers.meanwhile = partial(_both, stale, workers.meanwhile)
                if (yield from self._made(new, workers, stale)):
                    return
            yield from self._made(self.hand(stale()), workers)
        yield from self._refused

    def _stale(self, prospects: Iterable[Prospect]) -> list[Prospect]:
        with self.timings.of("planning"):
            return [prospect for prospect in prospects if not self._is_current(prospect)]

    def _made(
        self, stale: Sequence[Prospect], workers: Workers, first: Callable[[], object] = lambda: None
    ) -> Generator[Failure, None, bool]:
        """Make what is stale; ``first`` is done before anything takes its place. Returns whether to stop."""
        self.tally.begin(len(stale) * self.wanted.of_each)
        for job, outcome in run_jobs(self._groups(stale), workers, self.kept):
            first()
            self.tally.done(job.path)
            self.timings.add(outcome.seconds)
            with uninterrupted():
                failures = [*self._refused, *self._take(job, outcome)]
                self._refused.clear()
            yield from failures
            if failures and self.fail_fast:
                return True
        return False

    def settle(self, prospect: Prospect, settled: Settled) -> None:
        """Take what a worker made of a source; what failed is told with the rest."""
        source, plan = prospect.source, settled.plan
        self._settled[source] = ()
        if plan is not None:
            prospect.keep(plan)
        if plan is None or (refusal := self._refusal(plan)):
            self._refuse(source, refusal if plan and refusal else settled.error or ContentError("nothing is planned"))
            return
        self._settled[source] = tuple(path for path, _ in plan.outputs)
        self.paths.extend(self._settled[source])
        made = {path for job, _ in settled.made for path in job.paths}
        self.reasons.update((path, UNCHANGED) for path in self._settled[source] if path not in made)
        # most are of thousands of articles
        parts = {intern(name): intern(mark) for name, mark in settled.parts.items()}
        for job, outcome in settled.made:
            self.timings.add(outcome.seconds)
            self._note(job, parts)
            if outcome.page_starts and job.pages_key:
                self.kept.pages.keep(job.publication.slug, job.pages_key, outcome.page_starts)
            self._refused += self._take(job, outcome, prospect.publication)
        for path in self._settled[source]:
            self.outputs.recount(path, prospect.checks)

    def wanted_of(self, source: str) -> Wanted:
        """What is to be made of a source, of which there may be files already."""
        return self.wanted.of(partial(self.outputs.paths_of, source))

    def drop(self, source: str) -> None:
        """Take away what there is of a source, also what was made of it just now."""
        self.outputs.drop(source)
        gone = self._settled.pop(source, ())
        if gone:
            self.paths = [path for path in self.paths if path not in gone]
            self.reasons = {path: why for path, why in self.reasons.items() if path not in gone}
            self._refused = [failure for failure in self._refused if failure.path not in {source, *gone}]

    def _is_new(self, prospect: Prospect) -> bool:
        """Whether it is an article that has to be made, as can be told without a look at files."""
        return prospect.article is not None and prospect.plan is None and prospect.source not in self._settled

    def _is_current(self, prospect: Prospect) -> bool:
        plan = prospect.plan
        if prospect.source in self._settled:
            for path in self._settled[prospect.source]:
                self.outputs.recount(path, prospect.checks)
            return True
        if plan is None or self._refusal(plan) or not all(self.outputs.current(*each) for each in plan.outputs):
            return False
        for path, _ in plan.outputs:
            self._keep(path, prospect.checks)
        return True

    def _keep(self, path: str, checks: CheckCounts) -> None:
        self.outputs.recount(path, checks)
        self.paths.append(path)
        self.reasons[path] = UNCHANGED

    def _groups(self, prospects: Iterable[Prospect]) -> Iterator[list[Job]]:
        """The jobs of each publication that is stale."""
        for prospect in prospects:
            with self.timings.of("planning"):
                jobs = self._jobs(prospect)
            self.tally.correct(len(jobs) - self.wanted.of_each)
            yield from by_publication(jobs)

    def _jobs(self, prospect: Prospect) -> list[Job]:
        try:
            with within_limits(len(prospect.texts)):
                publication = prospect.publication()
        except PipelineError as error:
            self._refuse(prospect.source, error)
            return []
        except OVER as error:
            problem = f"putting it together {excess(error)}"
            self._refuse(prospect.source, ExportError(problem, path=prospect.source, help=DIVIDE))
            return []
        jobs = list(planned([(publication, prospect.checks)], self.wanted_of(prospect.source)))
        plan = Planned.of(publication, jobs)
        prospect.keep(plan)
        if refusal := self._refusal(plan):
            self._refuse(prospect.source, refusal)
            return []
        self.paths.extend(path for path, _ in plan.outputs)
        parts = parts_of(publication, prospect.texts)
        stale = []
        for job in jobs:
            if all(self.outputs.current(path, job.key) for path in job.paths):
                for path in job.paths:
                    self._keep(path, prospect.checks)
            else:
                stale.append(job)
                self._note(job, parts)
        return stale

    def _note(self, job: Job, parts: Parts) -> None:
        """Write down why the files of a job are made, and from what."""
        if pages := FORMATS[job.format].pages_of:
            parts = {**parts, f"whether there is a {pages.upper()} whose pages it lists": str(bool(job.pages_key))}
        for path in job.paths:
            self.reasons[path] = _reason(self.outputs, path, job.key, parts)
            self._parts[path] = parts

    def _refuse(self, source: str, error: PipelineError) -> None:
        self.outputs.drop(source)
        self._refused.append(Failure(source, error))

    def _refusal(self, plan: Planned) -> ContentError | None:
        """Why a publication must not be made: it says, word for word, what was withdrawn, or it holds such an article."""
        path = plan.sources[0]
        self._editions[path] = plan.edition
        for source in plan.sources:
            if withdrawal := self.ledger.called_back.get(self._editions.get(source, "")):
                what = "these words were" if source == path else f"it holds {source}, whose words were"
                message = f"{what} withdrawn on {withdrawal.since}: {withdrawal.reason}"
                help_ = f"Correct the text, or take that back with `pipeline withdraw {withdrawal.slug} --undo`."
                return ContentError(message, path=path, help=help_)
        return None

    def _take(self, job: Job, outcome: Outcome, whole: Callable[[], Publication] | None = None) -> Iterator[Failure]:
        """Put what was made in the place of what was there; ``whole`` gives the publication where the job has it no more."""
        publication = job.publication
        parts = [self._parts.pop(path, None) for path in job.paths]
        self.outputs.outdate(publication.sources[0], publication.edition, job.paths, job.format)
        if outcome.error is not None:
            yield Failure(job.path, outcome.error)
            return
        for number, proof in enumerate(outcome.proofs):
            # What lies beside a publication file comes after it; personal copies have nothing beside them.
            self.outputs.add(
                outcome.files[number : number + 1] if publication.copies else outcome.files,
                format_name=job.format,
                sources=publication.sources,
                edition=publication.edition,
                proof=proof,
                checks=job.checks,
                key=job.key,
                content=job.content,
                parts=parts[number],
                known=outcome.known,
            )
        yield from self._left_behind(job, whole or (lambda: publication))

    def _left_behind(self, job: Job, whole: Callable[[], Publication]) -> Iterator[Failure]:
        """Files of the same edition that an earlier pipeline made and that say something else; they go."""
        publication = job.publication
        for row in self.outputs.same_edition(job.path):
            if not any(self.outputs.current(row.path, key) for key in keys_of(job.content, row.format)):
                error = _disagreement(self.outputs, row, whole)
                if error is not None:
                    self.outputs.outdate(publication.sources[0], publication.edition, [row.path], row.format)
                    yield Failure(row.path, error)


def _both(first: Callable[[], object], second: Callable[[], object]) -> None:
    first()
    second()


def _reason(outputs: Outputs, path: str, key: str, parts: Parts) -> str:
    """In words, why the output at ``path`` is to be made with ``key``, from ``parts``."""
    if path not in outputs.rows:
        return "it was not there"
    if outputs.keys.get(path) == key:
        return "it, or a file that it needs, is not the one that was proven"
    before = outputs.parts.get(path)
    if path not in outputs.keys or before is None:
        return "what it was made from is not known"
    changed = [name for name, mark in parts.items() if before.get(name) != mark]
    return f"changed: {', '.join(changed) or 'what goes into it'}"


def _disagreement(outputs: Outputs, row: Output, whole: Callable[[], Publication]) -> PipelineError | None:
    try:
        return disagreement(outputs.stage.out, row, whole())
    except PipelineError as error:  # it cannot be put together any more
        return error


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold back Ctrl-C and SIGTERM until a step is whole.

    Blocking them would not do: any other thread, as a pool of workers has some, would take them for this one.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[int] = []
    before: dict[signal.Signals, Any] = {}
    try:
        for each in (signal.SIGINT, signal.SIGTERM):
            before[each] = signal.signal(each, lambda number, _frame: held.append(number))
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler or signal.SIG_DFL)
        if held:
            signal.raise_signal(held[0])
