"""What articles need to know of one another, and what else of a content tree refers to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial

from pipeline.errors import UnreadableError
from pipeline.model.article import Article, Library, LibraryEntry
from pipeline.model.nodes import Heading, Link
from pipeline.model.walk import find
from pipeline.source.discover import SourceFile
from pipeline.source.files import ContentFolder
from pipeline.source.resources import file_path, is_local
from pipeline.source.uses import names_in_other_sources, unused_pictures

Read = Callable[[SourceFile], Article]


def _same(article: Article) -> Article:
    return article


class _Anchors(AbstractSet[str]):
    """The ids of an article's headings, found when somebody asks: most links lead to an article as a whole."""

    def __init__(self, read: Callable[[], Article]) -> None:
        self._read = read
        self._ids: frozenset[str] | None = None

    def _found(self) -> frozenset[str]:
        if self._ids is None:
            try:
                article = self._read()
            except UnreadableError:  # gone since its metadata was read
                return frozenset()
            self._ids = frozenset(heading.id for heading in find([*article.body, *article.footnotes], Heading))
        return self._ids

    def __contains__(self, anchor: object) -> bool:
        return anchor in self._found()

    def __iter__(self) -> Iterator[str]:
        return iter(self._found())

    def __len__(self) -> int:
        return len(self._found())


class Entries(Mapping[str, LibraryEntry]):
    """Entries by slug. An article that was not asked for is read only when somebody looks it up."""

    def __init__(self, files: Iterable[SourceFile], articles: Iterable[Article], head: Read, whole: Read) -> None:
        self._files: dict[str, SourceFile] = {}
        for file in files:
            if file.plain:
                self._files.setdefault(file.slug, file)
        self._head, self._whole = head, whole
        self._known: dict[str, LibraryEntry] = {}
        for article in articles:
            if article.slug in self._files and self._files[article.slug].name == article.path:
                self._known[article.slug] = _entry(article, partial(_same, article))

    def __getitem__(self, slug: str) -> LibraryEntry:
        if slug not in self._known:
            file = self._files[slug]
            try:
                self._known[slug] = _entry(self._head(file), partial(self._whole, file))
            except UnreadableError:
                self._known[slug] = LibraryEntry(slug, file.name, "", "ready", frozenset())
        return self._known[slug]

    def __contains__(self, slug: object) -> bool:
        return slug in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def _entry(head: Article, read: Callable[[], Article]) -> LibraryEntry:
    metadata = head.metadata
    return LibraryEntry(
        slug=head.slug,
        path=head.path,
        title=metadata.title,
        status=metadata.status,
        anchors=_Anchors(read),
        description=metadata.description,
        profile=metadata.profile,
        language=metadata.language,
        reviewed=metadata.reviewed,
    )


def make_library(
    files: Sequence[SourceFile],
    articles: Sequence[Article],
    *,
    folder: ContentFolder,
    head: Read,
    read: Read,
    whole: bool,
) -> Library:
    """The library of a tree. ``articles`` are those already read; ``read`` reads another, ``head`` its metadata only.

    What is referred to, and what nothing shows, is gathered only when the whole tree was read: of less, nothing can be said.
    """
    entries = Entries(files, articles, head, read)
    if not whole:
        return Library(entries)
    named = names_in_other_sources(folder)
    referenced = frozenset(named & entries.keys()).union(*(_references(article) for article in articles))
    return Library(entries, referenced, whole=True, unused_pictures=unused_pictures(folder, articles, named))


def _references(article: Article) -> set[str]:
    links = find([*article.body, *article.footnotes], Link)
    linked = {file_path(link.href) for link in links if is_local(link.href)}
    slugs = {path.removesuffix(".md") for path in linked if path.endswith(".md")}
    return (slugs | set(article.metadata.related)) - {article.slug}
