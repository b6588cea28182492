"""The only orchestrator: source, model, checks, publication, render, export, verify, manifest.

What is sound is exported and proven; what is not has its earlier outputs taken away. Nothing in ``build/`` changes before
every file of this build has been re-opened and proven.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial

from pipeline import __version__, articles
from pipeline.books import Books
from pipeline.config import Config
from pipeline.editions import load_ledger
from pipeline.errors import ContentError, UsageError
from pipeline.examination import check_all
from pipeline.executor import Job, by_publication, run_jobs
from pipeline.export import FORMATS
from pipeline.files import display_path
from pipeline.held import Held
from pipeline.manifest import CheckCounts
from pipeline.model.edition import Ledger
from pipeline.model.layout import FOLDERS
from pipeline.model.publication import Publication
from pipeline.newsletters import Newsletters
from pipeline.outputs import Outputs
from pipeline.overview import add_overview
from pipeline.pieces import Kept
from pipeline.plan import Wanted, output_key, planned
from pipeline.publication import imprint
from pipeline.request import Failure, Request, Result
from pipeline.source import picture_at, source_name
from pipeline.staging import Stage, failing_clearly, locked
from pipeline.status_pages import add_status_pages
from pipeline.verify import disagreement
from pipeline.workers import Workers
from pipeline.workspace import Checked, Workspace, open_workspace, report

__all__ = ["Failure", "Request", "Result", "build", "expected"]

GENERATOR = f"pipeline {__version__}"


Holders = Mapping[str, Callable[[Config], Publication]]
"""How to make the publication of a newsletter or a book, by its path."""

Progress = Callable[[int, int, str], None]
"""Called with how many outputs are done, of how many, and the last one's path."""


def build(request: Request, progress: Progress = lambda _done, _all, _path: None) -> Result:
    """Check, export, prove and record. Raises PipelineError only where nothing at all can be done."""
    _refuse_layout(request)
    with Workers(request.jobs, request.executor) as workers:
        return _build(request, workers, progress)


def _build(request: Request, workers: Workers, progress: Progress) -> Result:
    workspace = open_workspace(request.content, request.paths, as_of=request.as_of)
    ledger = load_ledger(request.content)
    _refuse_out(request)
    checked, holders = _check_all(request, workspace, workers)
    result = Result(request.out, report(workspace, checked))
    result.sources = {one.article.path: one.article.source for one in checked}
    result.unreadable = bool(workspace.unreadable)
    with failing_clearly(request.out), ExitStack() as cleanup:
        request.out.mkdir(parents=True, exist_ok=True)
        cleanup.enter_context(locked(request.out))
        stage = Stage.open(request.out)
        cleanup.callback(stage.close)
        outputs = Outputs.open(stage, force=request.force)
        outputs.keep_sources(_all_sources(workspace))
        publications = list(_publications(request, workspace, holders, checked, outputs))
        result.passed_over = tuple(one.article.path for one in checked if one.sound and _passed_over(request, one))
        called_back = tuple(_called_back(ledger, [publication for publication, _ in publications]))
        for failure in called_back:
            outputs.drop(failure.path)
        refused = {failure.path for failure in called_back}
        publications = [each for each in publications if each[0].sources[0] not in refused]
        jobs = list(planned(publications, _wanted(request, workspace)))
        result.failures = (*called_back, *_export(request, jobs, workers, outputs, progress))
        _name_sources(workspace, result.failures)
        if "html" in request.formats or any(path.startswith("html/") for path in outputs.before):
            _index(workspace, outputs)
            add_status_pages(workspace, ledger, outputs)
        outputs.show_pages(workspace.library.entries)
        add_overview(workspace, checked, outputs)
        result.written, result.removed = outputs.commit(GENERATOR)
        result.outputs = outputs.rows_at(path for job in jobs for path in job.paths)
    return result


def _check_all(request: Request, workspace: Workspace, workers: Workers) -> tuple[list[Checked], Holders]:
    """What was asked for, checked; and how to make the publications of what holds articles."""
    checked = list(_check(request, workspace, workers))
    held = Held(workspace, checked)
    newsletters, books = Newsletters(workspace, held), Books(workspace, held)
    if not (request.fail_fast and any(not one.sound for one in checked)):
        checked += [*newsletters.check(), *books.check()]
    holders: dict[str, Callable[[Config], Publication]] = {
        each.path: partial(newsletters.publication, each) for each in workspace.newsletters
    }
    for book in workspace.books:
        holders[book.path] = partial(books.publication, book, paper=request.paper)
    return checked, holders


def _refuse_layout(request: Request) -> None:
    """Refuse a layout for what has none, and copies of what has no lines for a name."""
    if request.layout != "standard" and request.formats != ("pdf",):
        raise UsageError(f"only PDFs have the layout {request.layout}", help="Build pdf, or leave --layout out.")
    if request.copies and request.layout != "handout":
        raise UsageError("personal copies are made of handouts", help="Add --layout handout.")


def _check(request: Request, workspace: Workspace, workers: Workers) -> Iterator[Checked]:
    with workers.here() as local:
        for checked in check_all(workspace, workers=local):
            yield checked
        if request.fail_fast and not checked.sound:
            return


def _refuse_out(request: Request) -> None:
    """Refuse to write where sources or the project itself lie."""
    out, content = request.out.resolve(), request.content.resolve()
    if out == content or content in out.parents or out in content.parents:
        raise UsageError(
            f"the output folder {request.out} holds, or lies in, the content",
            help="Name another, for example --out build.",
        )
    if request.out.exists() and not request.out.is_dir():
        raise UsageError(f"{request.out} is not a folder", help="Name another, for example --out build.")


def _all_sources(workspace: Workspace) -> set[str]:
    known = {entry.path for entry in workspace.library.entries.values()}
    known |= {article.path for article in workspace.articles} | set(workspace.holders)
    return {source_name(workspace.content, path) for path in known}


def _passed_over(request: Request, checked: Checked) -> bool:
    status = checked.article.metadata.status
    return status == "withdrawn" or (status == "draft" and not request.drafts)


def _publications(
    request: Request,
    workspace: Workspace,
    holders: Holders,
    checked: Iterable[Checked],
    outputs: Outputs | None = None,
) -> Iterator[tuple[Publication, CheckCounts]]:
    """Make the publications of what is sound; take away the outputs of all else."""
    config = replace(workspace.config, paper=request.paper) if request.paper else workspace.config
    for one in checked:
        source = source_name(workspace.content, one.article.path)
        if not one.sound or _passed_over(request, one):
            if outputs:
                outputs.drop(source)
            continue
        held = holders.get(one.article.path)
        publication = held(config) if held else articles.publication(workspace, one.article, config)
        yield publication, CheckCounts(0, len(one.diagnostics), one.suppressed)


def _called_back(ledger: Ledger, publications: Sequence[Publication]) -> Iterator[Failure]:
    """The publications that say, word for word, what was withdrawn, and those that hold one, with the reason."""
    called_back = {each.sources[0]: ledger.called_back.get(each.edition) for each in publications}
    for publication in publications:
        path = publication.sources[0]
        for source in publication.sources:
            if withdrawal := called_back.get(source):
                what = "these words were" if source == path else f"it holds {source}, whose words were"
                message = f"{what} withdrawn on {withdrawal.since}: {withdrawal.reason}"
                help_ = f"Correct the text, or take that back with `pipeline withdraw {withdrawal.slug} --undo`."
                yield Failure(path, ContentError(message, path=path, help=help_))
                break


def _name_sources(workspace: Workspace, failures: Iterable[Failure]) -> None:
    """Let failures name their sources as diagnostics do: by the path from the working directory."""
    sources = _all_sources(workspace)
    for failure in failures:
        if failure.error.path in sources:
            failure.error.path = display_path(workspace.content / failure.error.path)


def _export(
    request: Request, planned: Iterable[Job], workers: Workers, outputs: Outputs, progress: Progress
) -> Iterator[Failure]:
    """Export and prove what is stale; yields what failed, whose earlier outputs go."""
    jobs = []
    for job in planned:
        if not all(outputs.current(path, job.key) for path in job.paths):
            outputs.outdate(job.publication.sources[0], job.publication.edition, job.paths, job.format)
            jobs.append(job)
    for done, (job, outcome) in enumerate(
        run_jobs(by_publication(jobs), workers, Kept(request.out, fresh=request.force)), 1
    ):
        progress(done, len(jobs), job.path)
        if outcome.error is not None:
            yield Failure(job.path, outcome.error)
            if request.fail_fast:
                return
            continue
        for number, proof in enumerate(outcome.proofs):
            # What lies beside a publication file comes after it; personal copies have nothing beside them.
            outputs.add(
                outcome.files[number : number + 1] if job.publication.copies else outcome.files,
                format_name=job.format,
                sources=job.publication.sources,
                edition=job.publication.edition,
                proof=proof,
                checks=job.checks,
                key=job.key,
            )
        yield from _left_behind(job.publication, job.path, outputs)


def _left_behind(publication: Publication, made: str, outputs: Outputs) -> Iterator[Failure]:
    """Files of the same edition that an earlier pipeline made and that say something else; they go."""
    for row in outputs.same_edition(made):
        if not outputs.current(row.path, output_key(publication, row.format)):
            error = disagreement(outputs.stage.out, row, publication)
            if error is not None:
                outputs.outdate(publication.sources[0], publication.edition, [row.path], row.format)
                yield Failure(row.path, error)


def expected(request: Request) -> dict[str, Publication]:
    """What builds would make now in every layout, by path below ``out``, whether or not it is there; writes nothing.

    Raises PipelineError where nothing at all can be done.
    """
    workspace = open_workspace(request.content, request.paths, as_of=request.as_of)
    with Workers(request.jobs) as workers:
        checked, holders = _check_all(request, workspace, workers)
    publications = list(_publications(request, workspace, holders, checked))
    found: dict[str, Publication] = {}
    for layout in FOLDERS:
        asked = request if layout == "standard" else replace(request, layout=layout, formats=("pdf",))
        found |= {job.path: job.publication for job in planned(publications, _wanted(asked, workspace))}
    return found


def _wanted(request: Request, workspace: Workspace) -> Wanted:
    return Wanted(request.formats, request.layout, workspace.config.handout_lines, request.copies, request.standalone)


def _index(workspace: Workspace, outputs: Outputs) -> None:
    """Make the page that lists all articles which have a page of their own; none is listed that was not proven."""
    from pipeline.export.html import index

    entries = [
        entry
        for entry in workspace.library.entries.values()
        if f"html/{entry.slug}{FORMATS['html'].suffix}" in outputs.rows
    ]
    sources = tuple(sorted(source_name(workspace.content, entry.path) for entry in entries))
    outputs.replace_shared("html/index.html")
    if entries:
        config = workspace.config
        logo = picture_at(workspace.content, config.logo) if config.logo else None
        files = index(entries, imprint(config), language=config.language, theme=config.theme, logo=logo)
        outputs.add(files, format_name="html", sources=sources)
