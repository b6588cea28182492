"""One source file as an article, and a content tree as articles."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from pipeline.config import Config
from pipeline.errors import UnreadableError
from pipeline.files import ContentFolder, display_path
from pipeline.frozen import dataclass
from pipeline.limits import OVER, within_limits
from pipeline.model.article import Article, ArticleMetadata, Library
from pipeline.model.book import Book
from pipeline.model.lines import line_index
from pipeline.model.newsletter import Newsletter
from pipeline.profiles import Profile, any_profile
from pipeline.source.decode import decode
from pipeline.source.discover import BOOKS, NEWSLETTERS, SourceFile, discover_all, open_content, select
from pipeline.source.findings import Findings
from pipeline.source.further import sources_by_links
from pipeline.source.headings import role_finder
from pipeline.source.library import Lookup, make_library
from pipeline.source.resources import Resources
from pipeline.source.shelf import Known, Shelf
from pipeline.source.text import Rules, given_up, source_bytes, unread


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file or folder that cannot be read at all."""

    path: str
    """Relative to the working directory, with forward slashes."""
    message: str
    help: str = "Check that it exists and that you may read it."


@dataclass(frozen=True, slots=True)
class Tree:
    """A content tree, read."""

    articles: tuple[Article, ...]
    """Those that were asked for, sorted by path."""
    library: Library
    """What all articles of the tree need to know of one another."""
    unreadable: tuple[Unreadable, ...]
    """What could not be read at all, among what was asked for."""
    newsletters: tuple[Newsletter, ...] = ()
    """Those that were asked for, sorted by path."""
    article: Callable[[str], Article | None] = lambda _: None
    """An article of the tree by its slug, asked for or not; None where there is none, or it cannot be read."""
    books: tuple[Book, ...] = ()
    """Those that were asked for, sorted by path."""
    holders: tuple[str, ...] = ()
    """Paths of all newsletters and books of the tree, relative to the working directory."""
    shelf: Shelf | None = None
    """Where articles can be put that are to be read by the rules of this tree."""


Parse = Callable[[SourceFile, str, Rules, Findings], Article]


def load_tree(
    content: Path,
    paths: Sequence[Path] | None = (),
    *,
    config: Config,
    profiles: Mapping[str, Profile],
    kinds: Collection[str],
    known: Known = lambda _file, _data: None,
) -> Tree:
    """Read a content tree: articles, newsletters and books at ``paths`` (empty means all, None nothing), and the library of the whole tree.

    The text of an article is read when somebody wants it. Raises UsageError when there is no tree or a path is outside it.
    """
    folder = open_content(content)
    files = discover_all(folder)
    issues, volumes = discover_all(folder, NEWSLETTERS), discover_all(folder, BOOKS)
    there = (*files, *issues, *volumes)
    wanted = select(folder, there, paths) if paths else there if paths is not None else ()
    rules = Rules(config, profiles, kinds, Resources(folder))
    shelf = Shelf(lambda file, data: read_again(file, data, rules), known)
    articles: list[Article] = []
    newsletters: list[Newsletter] = []
    books: list[Book] = []
    unreadable: list[Unreadable] = []
    of_newsletters, of_books = {file.name for file in issues}, {file.name for file in volumes}
    for file in wanted:
        try:
            if file.name in of_newsletters:
                from pipeline.source.newsletters import read_newsletter  # a check of articles does not pay for it

                newsletters.append(read_newsletter(file, folder, rules))
            elif file.name in of_books:
                books.append(_book(file, folder, rules))
            else:
                articles.append(_shelved(file, folder, rules, shelf))
        except UnreadableError as error:
            unreadable.append(Unreadable(file.name, error.message, error.help))
    lookup = Lookup(files, articles, lambda file: _shelved(file, folder, rules, shelf))
    library = make_library(
        lookup,
        articles,
        folder=folder,
        head=lambda file: _read(file, folder, rules, _head),
        whole=wanted == there and paths is not None,
    )
    holders = tuple(file.name for file in (*issues, *volumes))
    return Tree(tuple(articles), library, tuple(unreadable), tuple(newsletters), lookup, tuple(books), holders, shelf)


def _book(file: SourceFile, folder: ContentFolder, rules: Rules) -> Book:
    from pipeline.source.books import read_book  # who checks an article does not pay for it

    return read_book(file, folder, rules)


def read_article(
    file: SourceFile, *, content: Path, config: Config, profiles: Mapping[str, Profile], kinds: Collection[str]
) -> Article:
    """Read one article, found by ``discover``. What is wrong with it is in its findings.

    Raises UnreadableError when its bytes cannot be had at all.
    """
    folder = ContentFolder(content)
    return _read(file, folder, Rules(config, profiles, kinds, Resources(folder)))


def reparse(
    article: Article,
    source: str,
    *,
    content: Path,
    config: Config,
    profiles: Mapping[str, Profile],
    kinds: Collection[str],
) -> Article:
    """The article as it would be with another text in its file; nothing is read but what it refers to."""
    rules = Rules(config, profiles, kinds, Resources(ContentFolder(content)))
    return _parse(SourceFile(Path(article.path), article.path, article.slug), source, rules, Findings())


def _read(file: SourceFile, folder: ContentFolder, rules: Rules, parse: Parse | None = None) -> Article:
    findings = Findings()
    return _of_bytes(file, source_bytes(file, folder, findings), rules, findings, parse)


def _shelved(file: SourceFile, folder: ContentFolder, rules: Rules, shelf: Shelf) -> Article:
    """The article of a file, to be read when somebody wants it; where it may not be read, there is nothing to wait for."""
    findings = Findings()
    data = source_bytes(file, folder, findings)
    return _of_bytes(file, None, rules, findings) if data is None else shelf.put(file, data)


def read_again(file: SourceFile, data: bytes, rules: Rules) -> Article:
    """The article of a file with these bytes, which were read before."""
    findings = Findings()
    findings.extend(file.findings)
    return _of_bytes(file, data, rules, findings)


def _of_bytes(
    file: SourceFile, data: bytes | None, rules: Rules, findings: Findings, parse: Parse | None = None
) -> Article:
    source = None if data is None else decode(data, findings)
    if source is None:
        return unread(file, ArticleMetadata(language=rules.config.language), findings)
    return (parse or _parse)(file, source, rules, findings)


def _parse(file: SourceFile, source: str, rules: Rules, findings: Findings) -> Article:
    """The article, or what stands for it where reading it takes too much."""
    try:
        with within_limits():
            return _whole(file, source, rules, findings)
    except OVER as error:
        return given_up(file, ArticleMetadata(language=rules.config.language), findings, error)


def _whole(file: SourceFile, source: str, rules: Rules, findings: Findings) -> Article:
    from pipeline.source.front_matter import read_front_matter  # a run that changes nothing reads nothing
    from pipeline.source.markdown import parse_markdown

    front = read_front_matter(
        source, language=rules.config.language, profiles=rules.profiles, kinds=rules.kinds, findings=findings
    )
    metadata = front.metadata
    profile = rules.profiles.get(metadata.profile) or any_profile()
    body_line, _ = line_index(source).place(front.body_start)
    parsed = parse_markdown(
        source[front.body_start :],
        first_line=body_line,
        role_of=role_finder(profile, metadata.language),
        kinds=rules.kinds,
        findings=findings,
    )
    return Article(
        path=file.name,
        slug=file.slug,
        source=source,
        metadata=metadata,
        body=sources_by_links(parsed.body, profile, metadata.language),
        footnotes=parsed.footnotes,
        body_line=body_line,
        findings=findings.all(),
        parsed=bool(source.strip()),
        resources=rules.resources.of(metadata, [*parsed.body, *parsed.footnotes], rules.config.logo),
    )


def _head(file: SourceFile, source: str, rules: Rules, findings: Findings) -> Article:
    """The article without its text: what others need to know of it, at a small part of the price."""
    from pipeline.source.front_matter import read_front_matter  # likewise

    front = read_front_matter(
        source, language=rules.config.language, profiles=rules.profiles, kinds=rules.kinds, findings=findings
    )
    return Article(file.name, file.slug, source, front.metadata, ())


def source_name(content: Path, path: str) -> str:
    """An article's path below ``content``, with forward slashes, from its path as messages show it."""
    folder = _shown(content, os.getcwd())  # noqa: PTH109 -- thousands of times
    if path.startswith(folder):
        return path.removeprefix(folder)
    return Path(path).relative_to(display_path(content)).as_posix()


@lru_cache(maxsize=8)
def _shown(content: Path, _working_directory: str) -> str:
    """The beginning of all paths of a content tree as messages show them."""
    return f"{display_path(content)}/"
