"""Articles from their bytes to their proven files in one go.

Whoever works reads an article once: checks it, unless that was done before, and where it is sound makes its outputs from what was
read. What comes back is what the checks found, the plan, and finished files. The process that hands out the work only judges,
records and writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from pathlib import Path

from pipeline import articles
from pipeline.checks.orphan import orphan
from pipeline.checks.run import judge
from pipeline.errors import ExportError, PipelineError
from pipeline.examination import examine, opened, surroundings
from pipeline.executor import Job, Outcome, by_publication, run_together
from pipeline.export import FORMATS
from pipeline.frozen import dataclass
from pipeline.limits import DIVIDE, OVER, excess, within_limits
from pipeline.making import Making, uninterrupted
from pipeline.manifest import CheckCounts
from pipeline.model.article import Article
from pipeline.model.diagnostic import Severity
from pipeline.model.proof import KnownFile, OutputFile
from pipeline.model.publication import Publication
from pipeline.page_lists import Row, starts
from pipeline.plan import Planned, Wanted, parts_of, planned
from pipeline.prospects import Prospect, Settled
from pipeline.records import Record
from pipeline.source import Resources, Shelved, SourceFile, content_resources, source_name
from pipeline.timings import spent
from pipeline.workers import FEW, Lost, Workers
from pipeline.workspace import Workspace, context_of

LIGHT = frozenset({"html"})
"""Formats of which an output takes less time than it takes to hand out a task."""
TOGETHER = 6
"""Articles that a worker is given at a time, where they are built in those formats alone."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a build wants of its articles."""

    content: Path
    rules: str
    """Digest of the house rules that are meant."""
    as_of: date
    wanted: Wanted
    drafts: bool


@dataclass(frozen=True, slots=True)
class Source:
    """An article to make."""

    file: SourceFile
    data: bytes
    checked: bool
    """Whether it is known to be sound."""
    kept: Mapping[str, str]
    """The keys of those of its outputs that are there as they were proven, by path."""
    pages: Row | None
    """Where the pages of its PDF start, as far as an earlier build knew."""
    paged: tuple[str, ...]
    """See ``Wanted.paged``."""


@dataclass(frozen=True, slots=True)
class Task:
    """Some articles to make."""

    order: Order
    sources: tuple[Source, ...]
    known: Mapping[str, str]
    """Path -> SHA-256 of files that need not be sent."""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of an article."""

    record: Record | None
    """What the checks found; None where they were not asked."""
    settled: Settled | None
    """What was made of it; None where it is not sound, or was not asked for."""
    seconds: tuple[tuple[str, float], ...]
    """Processor time by stage."""


class Direct:
    """Hands out articles to be checked and made, and takes what comes back."""

    def __init__(self, workspace: Workspace, order: Order, workers: Workers, making: Making) -> None:
        self._workspace, self._order, self._workers = workspace, order, workers
        self._making = making

    def found(self, shelved: Sequence[Shelved]) -> Iterator[tuple[Shelved, Record]]:
        """What there is to know of each of these articles, whose outputs are made then; those that get lost are left out."""
        prospects = [self._prospect(article) for article in shelved]
        for prospect, made in self._made(prospects, checked=False):
            if made.record is not None and prospect.article is not None:
                yield prospect.article, made.record

    def made(self, prospects: Sequence[Prospect]) -> list[Prospect]:
        """Make articles that are sound; returns what is left over: what is no article, and what got lost."""
        done = {
            prospect.source for prospect, _ in self._made([each for each in prospects if each.article], checked=True)
        }
        return [prospect for prospect in prospects if prospect.source not in done]

    def _made(self, prospects: Sequence[Prospect], *, checked: bool) -> Iterator[tuple[Prospect, Made]]:
        if len(prospects) <= FEW:
            return
        by_name = {each.article.file.name: each for each in prospects if each.article}
        self._making.tally.begin(len(prospects) * self._order.wanted.of_each)
        _here[self._order] = self._workspace, content_resources(self._workspace.content)
        try:
            tasks = self._tasks([each.article for each in prospects if each.article], checked=checked)
            for task, made in self._workers.each(make_some, tasks, few=0):
                for source, one in zip(task.sources, () if isinstance(made, Lost) else made, strict=False):
                    if one is not None:
                        self._take(by_name[source.file.name], one)
                        yield by_name[source.file.name], one
        finally:
            _here.pop(self._order, None)

    def _tasks(self, shelved: Iterable[Shelved], *, checked: bool) -> Iterator[Task]:
        outputs = self._making.outputs
        waiting = iter(shelved)
        size = TOGETHER if LIGHT.issuperset(self._order.wanted.formats) else 1
        while some := list(islice(waiting, size)):
            yield Task(
                self._order, tuple(self._source_of(each, checked=checked) for each in some), dict(outputs.shared)
            )

    def _source_of(self, article: Shelved, *, checked: bool) -> Source:
        making, name = self._making, self._source(article)
        kept, pages = making.outputs.kept(name), making.kept.pages.row(article.slug)
        return Source(article.file, article.data, checked, kept, pages, making.wanted_of(name).paged)

    def _source(self, article: Article) -> str:
        return source_name(self._workspace.content, article.path)

    def _prospect(self, article: Shelved) -> Prospect:
        """What an article may become of which nothing is known yet."""
        config = self._workspace.config

        def whole() -> Publication:
            paper = self._order.wanted.paper
            return articles.publication(
                self._workspace, article.whole(), replace(config, paper=paper) if paper else config
            )

        return Prospect(self._source(article), CheckCounts(), (), whole, article=article)

    def _take(self, prospect: Prospect, made: Made) -> None:
        tally, count = self._making.tally, len(made.settled.made) if made.settled else 0
        tally.correct(count - self._order.wanted.of_each)
        self._making.timings.add(made.seconds)
        if made.settled is None:
            return
        with uninterrupted():
            self._making.settle(prospect, made.settled)
        for job, _ in made.settled.made:
            tally.done(job.path)


_here: dict[Order, tuple[Workspace, Resources]] = {}
"""The trees of builds of this very process, while they hand out work."""


def make_some(task: Task) -> list[Made | None]:
    """What becomes of some articles; None where the house rules have changed meanwhile, or they cannot be read any more."""
    order = task.order
    try:
        workspace, resources = _here.get(order) or opened(order.content, order.as_of)
        if workspace.shelf is None or workspace.records.rules != order.rules:
            return [None] * len(task.sources)
        return [_made(order, workspace, resources, source, task.known) for source in task.sources]
    except (PipelineError, OSError):
        return [None] * len(task.sources)


def _made(
    order: Order, workspace: Workspace, resources: Resources, source: Source, known: Mapping[str, str]
) -> Made | None:
    assert workspace.shelf is not None
    seconds: list[tuple[str, float]] = []
    shelved = workspace.shelf.put(source.file, source.data)
    record = None
    with spent(seconds, "checking"):
        article = shelved.whole()
        if not source.checked:
            record = examine(workspace, resources, article)
            shelved.learn(record.outline)
    if record is not None and not _is_wanted(order, workspace, shelved, record):
        return Made(record, None, tuple(seconds))
    with spent(seconds, "planning"):
        publication = _publication(order, workspace, article)
    if not isinstance(publication, Publication):
        return Made(record, Settled(error=publication), tuple(seconds))
    with spent(seconds, "planning"):
        wanted = replace(order.wanted, paged=source.paged)
        jobs = list(planned([(publication, CheckCounts())], wanted))
        plan, parts = Planned.of(publication, jobs), parts_of(publication, (article.digest,))
        if record is not None and record.surroundings == _surroundings(workspace, record):
            record = replace(record, planned={wanted.id: plan.to_json()})
    stale = [job for job in jobs if any(source.kept.get(path) != job.key for path in job.paths)]
    made = [
        (_shell(job), _lean(outcome, known))
        for group in by_publication(_with_pages(job, source.pages) for job in stale)
        for job, outcome in zip(group, run_together(group), strict=True)
    ]
    return Made(record, Settled(plan, parts, tuple(made)), tuple(seconds))


def _surroundings(workspace: Workspace, record: Record) -> str:
    """As of an article's record, by now: a picture may have changed since it was checked."""
    return surroundings(workspace, content_resources(workspace.content), record.outline, record.asked)


def _is_wanted(order: Order, workspace: Workspace, article: Article, record: Record) -> bool:
    """Whether an article is sound, as far as can be told without the other ones, and is to be built."""
    status = article.metadata.status
    if record.stopped or status == "withdrawn" or (status == "draft" and not order.drafts):
        return False
    context = context_of(workspace, article)
    # who looks at one article cannot tell whether anything leads to it
    context = replace(context, library=replace(context.library, whole=False))
    judged = judge(article, record.found, context).diagnostics
    return Severity.ERROR not in {context.severity(orphan.code), *(each.severity for each in judged)}


def _publication(order: Order, workspace: Workspace, article: Article) -> Publication | PipelineError:
    """The publication of an article, or what is wrong with it."""
    source = source_name(workspace.content, article.path)
    paper = order.wanted.paper
    config = replace(workspace.config, paper=paper) if paper else workspace.config
    try:
        with within_limits():
            return articles.publication(workspace, article, config)
    except PipelineError as error:
        return error
    except OVER as error:
        return ExportError(f"putting it together {excess(error)}", path=source, help=DIVIDE)


def _with_pages(job: Job, row: Row | None) -> Job:
    return replace(job, page_starts=starts(row, job.pages_key)) if FORMATS[job.format].pages_of else job


def _shell(job: Job) -> Job:
    """The job without what its publication says, which whoever asked has no use for."""
    return replace(job, publication=replace(job.publication, chapters=(), pictures={}), page_starts=None)


def _lean(outcome: Outcome, known: Mapping[str, str]) -> Outcome:
    """The outcome without the bytes of files that are known."""
    sent, unsent = list(outcome.files[:1]), list[KnownFile]()
    for file in outcome.files[1:]:
        digest = _sha256(file) if file.path in known else ""
        if digest and known[file.path] == digest:
            unsent.append(KnownFile(file.path, file.media_type, digest, len(file.data)))
        else:
            sent.append(file)
    return replace(outcome, files=tuple(sent), known=tuple(unsent))


@lru_cache(maxsize=64)
def _sha256(file: OutputFile) -> str:
    """Of a file's bytes; pages share their style sheet and fonts, which are the same objects for all of them."""
    return sha256(file.data).hexdigest()
