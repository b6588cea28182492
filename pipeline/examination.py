"""The checks on all articles of a tree: of those that have not changed since an earlier run, it is known what they find.

What was found holds as long as the article, the house rules, the pipeline, and all that the checks looked up besides are the
same: what is said of other articles, the files that it refers to, and on which side of a few days today is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path

from pipeline.cache import digest
from pipeline.checks.review_overdue import turning_days
from pipeline.checks.run import find, judge, unchecked
from pipeline.checks.sentences import measured
from pipeline.errors import PipelineError
from pipeline.frozen import dataclass
from pipeline.language.readability import Measure
from pipeline.limits import OVER
from pipeline.model.article import Article, LibraryEntry, Outline
from pipeline.records import Record, compact
from pipeline.source import Resources, Shelved, SourceFile, content_resources, outline_of
from pipeline.workers import Lost, Workers
from pipeline.workspace import Checked, Workspace, check_article, context_of, open_workspace

FEW = 24
"""Up to so many articles are checked sooner in this process than workers take to start."""
TOGETHER = 12
"""Articles that a worker is given at a time."""

Finder = Callable[[Sequence[Shelved]], Iterator[tuple[Shelved, Record]]]
"""Finds what there is to know of articles, or of as many of them as it can."""
Progress = Callable[[int, int, str], None]
"""Called with how many are done, of how many, and the last one's path."""


def nobody(_articles: Sequence[Shelved]) -> Iterator[tuple[Shelved, Record]]:
    """The finder that finds nothing: all is left to be examined."""
    return iter(())


def check_all(
    workspace: Workspace,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    workers: Workers | None = None,
    progress: Progress = lambda _done, _all, _path: None,
    finder: Finder = nobody,
) -> Iterator[Checked]:
    """What the checks find in every article that was asked for, in their order; here, where there are no ``workers``.

    ``finder`` is asked before them.
    """
    return Examination(workspace, finder).check(workers or Workers(1), select, ignore, progress)


class Examination:
    """What is known of the articles that were asked for."""

    def __init__(self, workspace: Workspace, finder: Finder = nobody) -> None:
        self._workspace = workspace
        self._finder = finder
        self._resources = content_resources(workspace.content)
        self._records: dict[str, Record] = {}

    def check(
        self,
        workers: Workers,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        progress: Progress = lambda _done, _all, _path: None,
    ) -> Iterator[Checked]:
        """What the checks find in each article, in their order; articles are examined when the first is asked for."""
        articles = [article for article in self._workspace.articles if isinstance(article, Shelved)]
        self._examine(articles, workers, progress)
        for article in self._workspace.articles:
            record = self._records.pop(article.path, None)
            if record is None or not isinstance(article, Shelved):
                yield check_article(self._workspace, article, select, ignore)
            elif record.stopped:
                yield Checked(article, record.found, 0, record)
            else:
                context = context_of(self._workspace, article)
                judged = judge(article, record.found, context, select=select, ignore=ignore)
                yield Checked(article, judged.diagnostics, judged.suppressed, record)

    def _examine(self, articles: Sequence[Shelved], workers: Workers, progress: Progress) -> None:
        """Find what is not known: first of those that changed, whose outlines tell whether what links to them still holds."""
        try:
            self._find([article for article in articles if not article.known], workers, progress)
            self._find([article for article in articles if not self._holds(article)], workers, progress)
        finally:
            self._workspace.records.keep()

    def _holds(self, article: Shelved) -> bool:
        """Whether there is a record that was made of what there is now; it is kept for later then."""
        if article.path in self._records:
            return True
        record = self._workspace.records.load(article.file, article.data)
        if record is None:
            return False
        now = surroundings(self._workspace, self._resources, record.outline, record.asked)
        if record.surroundings != now:
            return False
        self._records[article.path] = record
        return True

    def _find(self, articles: Sequence[Shelved], workers: Workers, progress: Progress) -> None:
        for article, record in self._finder(articles):
            self._keep(article, record)
        articles = [article for article in articles if article.path not in self._records]
        for done, (article, record) in enumerate(self._found(articles, workers), 1):
            progress(done, len(articles), article.path)
            self._keep(article, record)

    def _keep(self, article: Shelved, record: Record) -> None:
        record = compact(record)
        article.learn(record.outline)
        self._records[article.path] = record
        if not record.stopped:  # which another machine, or another time, may not be
            self._workspace.records.save(article.file, article.data, record)
        article.pack()

    def _found(self, articles: Sequence[Shelved], workers: Workers) -> Iterator[tuple[Shelved, Record]]:
        if len(articles) <= FEW or workers.alone:
            for article in articles:
                yield article, examine(self._workspace, self._resources, article.whole())
            return
        tasks = (
            Task(self._workspace.content, self._workspace.records.rules, self._workspace.as_of, tuple(some))
            for some in _batches(((article.file, article.data) for article in articles), TOGETHER)
        )
        by_name = {article.file.name: article for article in articles}
        for task, records in workers.each(examine_some, tasks, few=0):
            for number, (file, _) in enumerate(task.articles):
                article = by_name[file.name]
                record = None if isinstance(records, Lost) else records[number]
                yield article, record or examine(self._workspace, self._resources, article.whole())


@dataclass(frozen=True, slots=True)
class Task:
    """Some articles of a tree to examine."""

    content: Path
    rules: str
    """Digest of the house rules that are meant."""
    as_of: date
    articles: tuple[tuple[SourceFile, bytes], ...]


def examine_some(task: Task) -> list[Record | None]:
    """The records of some articles; None where the house rules have changed meanwhile, or they cannot be read any more."""
    try:
        workspace, resources = opened(task.content, task.as_of)
        shelf = workspace.shelf
        if shelf is None or workspace.records.rules != task.rules:
            return [None] * len(task.articles)
        return [examine(workspace, resources, shelf.put(file, data).whole()) for file, data in task.articles]
    except (PipelineError, OSError):
        return [None] * len(task.articles)


@lru_cache(maxsize=1)
def opened(content: Path, as_of: date) -> tuple[Workspace, Resources]:
    """A tree of which a worker examines some articles; it reads the others when they are looked up."""
    return open_workspace(content, None, as_of=as_of), content_resources(content)


def examine(workspace: Workspace, resources: Resources, article: Article) -> Record:
    """Run all checks on an article that is read, and note what they look up besides.

    Of an article that takes too much, nothing is known but that.
    """
    entries = _Asked(workspace.library.entries)
    context = context_of(workspace, article)
    library = replace(context.library, entries=entries, whole=False)
    outline = outline_of(article)
    try:
        found = find(article, replace(context, library=library))
    except OVER as error:
        found = unchecked(article, error).diagnostics
        article = replace(article, stopped=True)
    if article.stopped:
        return Record(replace(outline, parsed=False), found, Measure(), {}, "", {})
    asked = dict.fromkeys(outline.metadata.related, False) | entries.asked
    now = surroundings(workspace, resources, outline, asked)
    return Record(outline, found, measured(article), asked, now, {})


def surroundings(workspace: Workspace, resources: Resources, outline: Outline, asked: Mapping[str, bool]) -> str:
    """Digest of what there is now of all that was looked up."""
    entries, parts = workspace.library.entries, list[str]()
    for slug, anchors in sorted(asked.items()):
        entry = entries.get(slug) if slug else None
        if entry is not None:
            facts = (entry.path, entry.title, entry.status, entry.description, entry.profile, entry.language)
            reason = workspace.library.reasons.get(slug, "") if entry.status == "withdrawn" else ""
            parts += [slug, *facts, str(entry.reviewed), reason, *(sorted(entry.anchors) if anchors else ())]
        else:
            parts += [slug, "is not there", *(entries if not slug else ())]
    parts += [f"{reference}\0{resources.mark(reference)}" for reference in outline.files]
    days = turning_days(outline.metadata, workspace.config.policy.review_months)
    return digest((*parts, *(str(workspace.as_of >= day) for day in days)))


class _Asked(Mapping[str, LibraryEntry]):
    """Entries that note which of them are looked up."""

    def __init__(self, entries: Mapping[str, LibraryEntry]) -> None:
        self._entries = entries
        self.asked: dict[str, bool] = {}
        """As ``Record.asked``."""

    def __getitem__(self, slug: str) -> LibraryEntry:
        self.asked.setdefault(slug, False)
        entry = self._entries[slug]
        return replace(entry, anchors=_AskedAnchors(slug, entry.anchors, self.asked))

    def __iter__(self) -> Iterator[str]:
        self.asked[""] = True
        return iter(self._entries)

    def __len__(self) -> int:
        self.asked[""] = True
        return len(self._entries)


class _AskedAnchors(AbstractSet[str]):
    """Anchors that note that they are looked at."""

    def __init__(self, slug: str, anchors: AbstractSet[str], asked: dict[str, bool]) -> None:
        self._slug, self._anchors, self._asked = slug, anchors, asked

    def _noted(self) -> AbstractSet[str]:
        self._asked[self._slug] = True
        return self._anchors

    def __contains__(self, anchor: object) -> bool:
        return anchor in self._noted()

    def __iter__(self) -> Iterator[str]:
        return iter(self._noted())

    def __len__(self) -> int:
        return len(self._noted())


def _batches(items: Iterable[tuple[SourceFile, bytes]], size: int) -> Iterator[list[tuple[SourceFile, bytes]]]:
    waiting = iter(items)
    while some := list(islice(waiting, size)):
        yield some
