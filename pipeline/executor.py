"""Where the work runs: a job is a pure function of a publication and a format, so it can run anywhere."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from pipeline.errors import ExportError, PipelineError
from pipeline.export import FORMATS
from pipeline.frozen import dataclass
from pipeline.model.proof import OutputFile, Proof
from pipeline.model.publication import Publication
from pipeline.verify import prove, requirements

FEW_JOBS = 4
"""Up to so many jobs are done sooner in this process than workers take to start."""
JOBS_A_WORKER = 200
"""A worker is replaced after so many jobs, before it grows."""


@dataclass(frozen=True, slots=True)
class Job:
    """One output to make."""

    publication: Publication
    format: str
    path: str
    """Of the publication file, relative to ``build/``."""
    key: str
    """What it is made from; see ``plan.output_key``."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: finished files with their proof, or an error."""

    job: Job
    files: tuple[OutputFile, ...] = ()
    proof: Proof | None = None
    error: PipelineError | None = None


def run_job(job: Job) -> Outcome:
    """Export one publication to one format and prove the finished file."""
    try:
        files = FORMATS[job.format].export(job.publication)
        made = {file.path: file.data for file in files}
        proof = prove(files[0], job.format, requirements(job.publication), made.get)
    except PipelineError as error:
        return Outcome(job, error=error)
    except Exception as error:  # noqa: BLE001 -- one article's failure never stops the others
        return Outcome(job, error=ExportError(f"{job.format} export failed: {type(error).__name__}: {error}"))
    return Outcome(job, tuple(files), proof)


def run_jobs(jobs: Sequence[Job], workers: int | None = None) -> Iterator[Outcome]:
    """Run all jobs on so many worker processes (default: one for each processor); outcomes come as they are done."""
    workers = min(workers or available_processors(), len(jobs))
    if workers <= 1 or len(jobs) <= FEW_JOBS:
        yield from map(run_job, jobs)
        return
    # A fork server, since plain forks would inherit the lock on build/ and outlive an interrupted parent with it.
    context = get_context("forkserver")
    with ProcessPoolExecutor(workers, mp_context=context, max_tasks_per_child=JOBS_A_WORKER) as pool:
        yield from _gather(pool, jobs)


def available_processors() -> int:
    """Processors that this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _gather(pool: Executor, jobs: Sequence[Job]) -> Iterator[Outcome]:
    futures = {pool.submit(run_job, job): job for job in jobs}
    try:
        for future in as_completed(futures):
            try:
                yield future.result()
            except BrokenProcessPool:
                message = "a worker process ended before it was done; it may have run out of memory"
                yield Outcome(futures[future], error=ExportError(message, help="Build again with --jobs 1."))
    finally:
        for future in futures:
            future.cancel()
