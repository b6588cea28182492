"""What articles need to know of one another, and what else of a content tree refers to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from pipeline.errors import UnreadableError
from pipeline.files import ContentFolder
from pipeline.model.article import Article, Library, LibraryEntry, Outline
from pipeline.source.discover import SourceFile
from pipeline.source.shelf import Shelved, outline_of
from pipeline.source.uses import names_in_other_sources, unused_pictures

Read = Callable[[SourceFile], Article]


class Lookup:
    """The articles of a tree by slug; one that was not asked for is read once, when somebody wants it."""

    def __init__(self, files: Iterable[SourceFile], articles: Iterable[Article], read: Read) -> None:
        self.files: dict[str, SourceFile] = {}
        """By slug; of two files with one slug the first."""
        for file in files:
            if file.plain:
                self.files.setdefault(file.slug, file)
        self._read = read
        self._found: dict[str, Article] = {
            article.slug: article
            for article in articles
            if article.slug in self.files and self.files[article.slug].name == article.path
        }

    def __call__(self, slug: str) -> Article | None:
        """The article of a slug; None where there is none, or it cannot be read."""
        if slug not in self._found and slug in self.files:
            try:
                self._found[slug] = self._read(self.files[slug])
            except UnreadableError:
                return None
        return self._found.get(slug)

    def found(self, slug: str) -> Article | None:
        """The article of a slug where its metadata is at hand."""
        article = self._found.get(slug)
        return None if isinstance(article, Shelved) and not article.known else article


class _Anchors(AbstractSet[str]):
    """The ids of an article's headings, found when somebody asks: most links lead to an article as a whole."""

    def __init__(self, slug: str, articles: Lookup) -> None:
        self._slug, self._articles = slug, articles
        self._ids: frozenset[str] | None = None

    def _found(self) -> frozenset[str]:
        if self._ids is None:
            article = self._articles(self._slug)
            if article is None:  # gone since its metadata was read
                return frozenset()
            self._ids = frozenset(outline(article).anchors)
        return self._ids

    def __contains__(self, anchor: object) -> bool:
        return anchor in self._found()

    def __iter__(self) -> Iterator[str]:
        return iter(self._found())

    def __len__(self) -> int:
        return len(self._found())


class Entries(Mapping[str, LibraryEntry]):
    """Entries by slug. Of an article that was not asked for the metadata is read when somebody looks it up."""

    def __init__(self, articles: Lookup, head: Read) -> None:
        self._articles, self._head = articles, head
        self._known: dict[str, LibraryEntry] = {}

    def __getitem__(self, slug: str) -> LibraryEntry:
        if slug not in self._known:
            self._known[slug] = self._entry(slug)
        return self._known[slug]

    def _entry(self, slug: str) -> LibraryEntry:
        file = self._articles.files[slug]
        try:
            head = self._articles.found(slug) or self._head(file)
        except UnreadableError:
            return LibraryEntry(slug, file.name, "", "ready", frozenset())
        metadata = head.metadata
        return LibraryEntry(
            slug=slug,
            path=head.path,
            title=metadata.title,
            status=metadata.status,
            anchors=_Anchors(slug, self._articles),
            description=metadata.description,
            profile=metadata.profile,
            language=metadata.language,
            reviewed=metadata.reviewed,
        )

    def __contains__(self, slug: object) -> bool:
        return slug in self._articles.files

    def __iter__(self) -> Iterator[str]:
        return iter(self._articles.files)

    def __len__(self) -> int:
        return len(self._articles.files)


class _Referenced(AbstractSet[str]):
    """The articles that something refers to, gathered when somebody asks."""

    def __init__(self, gather: Callable[[], frozenset[str]]) -> None:
        self._gather = gather
        self._all: frozenset[str] | None = None

    def _found(self) -> frozenset[str]:
        if self._all is None:
            self._all = self._gather()
        return self._all

    def __contains__(self, slug: object) -> bool:
        return slug in self._found()

    def __iter__(self) -> Iterator[str]:
        return iter(self._found())

    def __len__(self) -> int:
        return len(self._found())


class _Unused(Sequence[str]):
    """The pictures that nothing shows, gathered when somebody asks."""

    def __init__(self, gather: Callable[[], tuple[str, ...]]) -> None:
        self._gather = gather
        self._all: tuple[str, ...] | None = None

    def _found(self) -> tuple[str, ...]:
        if self._all is None:
            self._all = self._gather()
        return self._all

    def __getitem__(self, at: Any) -> Any:
        return self._found()[at]

    def __len__(self) -> int:
        return len(self._found())


def make_library(
    lookup: Lookup, articles: Sequence[Article], *, folder: ContentFolder, head: Read, whole: bool
) -> Library:
    """The library of a tree. ``articles`` are those that were asked for; ``head`` reads the metadata of another.

    What is referred to, and what nothing shows, is gathered only when the whole tree was read: of less, nothing can be said.
    """
    entries = Entries(lookup, head)
    if not whole:
        return Library(entries)

    def referenced() -> frozenset[str]:
        return frozenset(named & entries.keys()).union(*(outline(article).links for article in articles))

    def unused() -> tuple[str, ...]:
        return unused_pictures(folder, {file for article in articles for file in outline(article).files} | named)

    named = names_in_other_sources(folder)
    return Library(entries, _Referenced(referenced), whole=True, unused_pictures=_Unused(unused))


def outline(article: Article) -> Outline:
    """The outline of an article, which is read for it only where it has to be."""
    return article.outline if isinstance(article, Shelved) else outline_of(article)
