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
from pipeline.direct import Direct, Order
from pipeline.editions import load_ledger
from pipeline.errors import NobodyWorksError, UsageError
from pipeline.examination import Finder, check_all, nobody, surroundings
from pipeline.files import display_path
from pipeline.held import Held
from pipeline.making import Making, uninterrupted
from pipeline.manifest import CheckCounts
from pipeline.model.edition import Ledger
from pipeline.model.layout import FOLDERS
from pipeline.model.publication import Publication
from pipeline.newsletters import Newsletters
from pipeline.outputs import Outputs
from pipeline.pieces import Kept
from pipeline.plan import Planned, Wanted, planned
from pipeline.prospects import Prospect
from pipeline.records import Record
from pipeline.request import Failure, Request, Result, refuse_layout
from pipeline.source import Shelved, content_resources, source_name
from pipeline.staging import Stage, failing_clearly, locked
from pipeline.tally import Progress, Tally
from pipeline.timings import Timings
from pipeline.workers import LOCAL, Workers
from pipeline.workspace import Checked, Texts, Workspace, open_workspace, report

__all__ = ["Failure", "Progress", "Request", "Result", "build", "expected"]

GENERATOR = f"pipeline {__version__}"

Holders = Mapping[str, Callable[[Config], Publication]]
"""How to make the publication of a newsletter or a book, by its path."""

PLANS = 8
"""For so many different requests it is known what they make of an article."""


def build(request: Request, progress: Progress = lambda _done, _all, _path: None) -> Result:
    """Check, export, prove and record. Raises PipelineError only where nothing at all can be done."""
    refuse_layout(request)
    warm = "pipeline.warm_pages" if request.formats == ("html",) else "pipeline.warm"
    with Workers(request.jobs, request.executor, warm, apart=request.apart) as workers:
        if request.sets_few_articles:
            workers.prepare("pipeline.warm_pdf")
        elif request.is_the_first_of_many:
            workers.expect_many()
        return _build(request, workers, progress)


def _build(request: Request, workers: Workers, progress: Progress) -> Result:
    timings = Timings()
    with timings.of("reading"):
        workspace = open_workspace(request.content, request.paths, as_of=request.as_of)
        if request.sets(sum(isinstance(each, Shelved) and not each.known for each in workspace.articles)):
            workers.prepare("pipeline.warm_pdf")
        ledger = load_ledger(request.content)
    workers.meanwhile = partial(_get_ready, request, workspace)
    _refuse_out(request)
    with ExitStack() as cleanup:
        making = _opened(request, workspace, ledger, timings, Tally(progress), cleanup)
        finder = _finder(request, workspace, workers, making)
        try:
            with timings.of("checking"):
                checked, holders = _check_all(request, workspace, workers, finder)
        except (KeyboardInterrupt, SystemExit):
            workers.stop()
            with uninterrupted():
                making.outputs.commit(GENERATOR)  # what is finished by now is kept
            raise
        result = Result(request.out, report(workspace, checked), timings=timings)
        result.sources = Texts(one.article for one in checked if one.diagnostics)
        result.unreadable = bool(workspace.unreadable)
        result.passed_over = tuple(one.article.path for one in checked if one.sound and _passed_over(request, one))
        with failing_clearly(request.out):
            interrupted = _finish(request, workspace, checked, holders, making, workers, result)
    if interrupted is not None:
        raise interrupted
    return result


def _opened(
    request: Request, workspace: Workspace, ledger: Ledger, timings: Timings, tally: Tally, cleanup: ExitStack
) -> Making:
    """What is there below ``out``, to be changed by this build alone."""
    with failing_clearly(request.out):
        request.out.mkdir(parents=True, exist_ok=True)
        cleanup.enter_context(locked(request.out))
        stage = Stage.open(request.out)
        cleanup.callback(stage.close)
        outputs = Outputs.open(stage, force=request.force)
        kept = Kept(request.out, fresh=request.force)
        cleanup.callback(kept.pages.save)
        cleanup.callback(workspace.records.keep)
        return Making(_wanted(request, workspace), outputs, ledger, timings, tally, kept, request.fail_fast)


def _finder(request: Request, workspace: Workspace, workers: Workers, making: Making) -> Finder:
    """Who has articles read, checked and made at once; nobody where that may not be, or has to be done elsewhere."""
    if request.fail_fast or request.executor != LOCAL or not making.wanted.id:
        return nobody
    order = Order(request.content, workspace.records.rules, workspace.as_of, making.wanted, request.drafts)
    direct = Direct(workspace, order, workers, making)
    making.hand = direct.made
    return direct.found


def _finish(
    request: Request,
    workspace: Workspace,
    checked: Sequence[Checked],
    holders: Holders,
    making: Making,
    workers: Workers,
    result: Result,
) -> BaseException | None:
    """Make what is not made yet, and put everything in its place; returns the interruption, if there was one."""
    outputs = making.outputs
    outputs.keep_sources(_all_sources(workspace))
    prospects = _prospects(request, workspace, holders, checked, making)
    interrupted = _make(making, prospects, workers, result)
    _name_sources(workspace, result.failures)
    # a page that is recorded has to be there
    with making.timings.of("putting in place"), uninterrupted():
        from pipeline.overall_pages import add_pages

        add_pages(workspace, making.ledger, checked, outputs, html="html" in request.formats)
        result.written, result.removed = outputs.commit(GENERATOR)
    result.outputs = outputs.rows_at(making.paths)
    result.reasons = making.reasons
    return interrupted


def _make(making: Making, prospects: Iterable[Prospect], workers: Workers, result: Result) -> BaseException | None:
    """Make what is stale; returns what ended that before its time, if anything did: what is finished by then is kept."""
    failures: list[Failure] = []
    interrupted: BaseException | None = None
    try:
        with making.timings.of("making"):
            failures.extend(making.make(prospects, workers))
    except (KeyboardInterrupt, SystemExit, NobodyWorksError) as stop:
        workers.stop()
        if isinstance(stop, NobodyWorksError) and not making.outputs.fresh:
            raise
        interrupted = stop
    result.failures = tuple(failures)
    return interrupted


def _get_ready(request: Request, workspace: Workspace) -> None:
    from pipeline.overall_pages import get_ready  # also while others work

    get_ready(workspace, html="html" in request.formats)


def _check_all(
    request: Request, workspace: Workspace, workers: Workers, finder: Finder = nobody
) -> tuple[list[Checked], Holders]:
    """What was asked for, checked; and how to make the publications of what holds articles."""
    checked = list(_check(request, workspace, workers, finder))
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


def _check(request: Request, workspace: Workspace, workers: Workers, finder: Finder) -> Iterator[Checked]:
    with workers.here() as local:
        for checked in check_all(workspace, workers=local, finder=finder):
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


def _prospects(
    request: Request, workspace: Workspace, holders: Holders, checked: Iterable[Checked], making: Making
) -> Iterator[Prospect]:
    """What is sound, and may be exported; takes away the outputs of all else."""
    for one in checked:
        source = source_name(workspace.content, one.article.path)
        if not one.sound or _passed_over(request, one):
            making.drop(source)
            continue
        record, article = one.record, one.article
        wanted = making.wanted_of(source).id
        plan = Planned.from_json(record.planned.get(wanted)) if record and wanted else None
        keep: Callable[[Planned], None] = _forget
        if record and wanted and isinstance(article, Shelved):
            keep = partial(_keep_plan, workspace, article, record, wanted)
        make = partial(_publication, request, workspace, holders, one)
        shelved = article if record and isinstance(article, Shelved) else None
        yield Prospect(source, _counts(one), (article.digest,), make, plan, keep, shelved)


def _forget(_plan: Planned) -> None:
    """Keep no plan: of newsletters, books and personal copies they are made anew each time."""


def _keep_plan(workspace: Workspace, article: Shelved, record: Record, wanted: str, plan: Planned) -> None:
    """Keep a plan with the last few others of the same article, unless a picture has changed meanwhile."""
    resources = content_resources(workspace.content)
    if surroundings(workspace, resources, record.outline, record.asked) != record.surroundings:
        return
    last = dict(list(record.planned.items())[1 - PLANS :]) | {wanted: plan.to_json()}
    workspace.records.save(article.file, article.data, replace(record, planned=last))


def _counts(checked: Checked) -> CheckCounts:
    return CheckCounts(0, len(checked.diagnostics), checked.suppressed)


def _publication(request: Request, workspace: Workspace, holders: Holders, one: Checked) -> Publication:
    config = replace(workspace.config, paper=request.paper) if request.paper else workspace.config
    held = holders.get(one.article.path)
    return held(config) if held else articles.publication(workspace, one.article, config)


def _name_sources(workspace: Workspace, failures: Iterable[Failure]) -> None:
    """Let failures name their sources as diagnostics do: by the path from the working directory."""
    sources = _all_sources(workspace)
    for failure in failures:
        if failure.error.path in sources:
            failure.error.path = display_path(workspace.content / failure.error.path)


def expected(request: Request) -> dict[str, Publication]:
    """What builds would make now in every layout, by path below ``out``, whether or not it is there; writes nothing.

    Raises PipelineError where nothing at all can be done.
    """
    workspace = open_workspace(request.content, request.paths, as_of=request.as_of)
    with Workers(request.jobs) as workers:
        checked, holders = _check_all(request, workspace, workers)
    publications = [
        (_publication(request, workspace, holders, one), _counts(one))
        for one in checked
        if one.sound and not _passed_over(request, one)
    ]
    found: dict[str, Publication] = {}
    for layout in FOLDERS:
        asked = request if layout == "standard" else replace(request, layout=layout, formats=("pdf",))
        found |= {job.path: job.publication for job in planned(publications, _wanted(asked, workspace))}
    return found


def _wanted(request: Request, workspace: Workspace) -> Wanted:
    lines = workspace.config.handout_lines
    return Wanted(request.formats, request.layout, lines, request.copies, request.standalone, request.paper)
