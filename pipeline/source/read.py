"""One source file as an article, and a content tree as articles."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import Config
from pipeline.errors import UnreadableError
from pipeline.model.article import Article, ArticleMetadata, Library
from pipeline.model.diagnostic import Finding
from pipeline.model.lines import LineIndex
from pipeline.model.nodes import Heading
from pipeline.model.walk import plain_text
from pipeline.profiles import Profile
from pipeline.source.decode import decode
from pipeline.source.discover import SourceFile, discover_all, open_content, select
from pipeline.source.files import ContentFolder, MissingFileError, NotPlainFileError, display_path
from pipeline.source.findings import Findings
from pipeline.source.front_matter import read_front_matter
from pipeline.source.further import sources_by_links
from pipeline.source.headings import RoleOf
from pipeline.source.library import make_library
from pipeline.source.markdown import parse_markdown
from pipeline.source.resources import Resources

MAX_ARTICLE_BYTES = 2 * 1024 * 1024


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


@dataclass(frozen=True, slots=True)
class Rules:
    """What reading an article needs to know besides its bytes."""

    config: Config
    profiles: Mapping[str, Profile]
    kinds: Collection[str]
    """Names of the disclaimers that exist."""
    resources: Resources


def load_tree(
    content: Path,
    paths: Sequence[Path] = (),
    *,
    config: Config,
    profiles: Mapping[str, Profile],
    kinds: Collection[str],
) -> Tree:
    """Read a content tree: the articles at ``paths`` (none means all), and the library of the whole tree.

    Raises UsageError when there is no tree or a path is outside it.
    """
    folder = open_content(content)
    files = discover_all(folder)
    wanted = select(folder, files, paths) if paths else files
    rules = Rules(config, profiles, kinds, Resources(folder))
    articles: list[Article] = []
    unreadable: list[Unreadable] = []
    for file in wanted:
        try:
            articles.append(_read(file, folder, rules))
        except UnreadableError as error:
            unreadable.append(Unreadable(file.name, error.message, error.help))
    library = make_library(
        files, articles, folder=folder, read=lambda file: _read(file, folder, rules), whole=len(wanted) == len(files)
    )
    return Tree(tuple(articles), library, tuple(unreadable))


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


def _read(file: SourceFile, folder: ContentFolder, rules: Rules) -> Article:
    if file.unreadable:
        raise UnreadableError(file.unreadable, path=file.name, help="Check that you may read it.")
    findings = Findings()
    findings.extend(file.findings)
    source = _source(file, folder, findings) if file.plain else None
    if source is None:
        metadata = ArticleMetadata(language=rules.config.language)
        return Article(file.name, file.slug, "", metadata, (), findings=findings.all(), parsed=False)
    return _parse(file, source, rules, findings)


def _source(file: SourceFile, folder: ContentFolder, findings: Findings) -> str | None:
    """The text of a file, or None when there is none to be had; the findings say why."""
    try:
        opened = folder.read(file.path, MAX_ARTICLE_BYTES)
    except NotPlainFileError as error:
        findings.extend((Finding(f"`{file.path.name}` {error}", help="Put a plain file in its place.", code="P07"),))
        return None
    except MissingFileError:
        raise UnreadableError("the file has gone", path=file.name, help="Try again.") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableError(f"cannot be read: {reason}", path=file.name, help="Check that you may read it.") from None
    if opened.data is None:
        limit = MAX_ARTICLE_BYTES // 1024 // 1024
        message = f"the file has {opened.size / 1024 / 1024:.1f} MB, more than {limit}"
        findings.extend((Finding(message, help="Divide it into several articles.", code="P06"),))
        return None
    return decode(opened.data, findings)


def _parse(file: SourceFile, source: str, rules: Rules, findings: Findings) -> Article:
    front = read_front_matter(
        source, language=rules.config.language, profiles=rules.profiles, kinds=rules.kinds, findings=findings
    )
    metadata = front.metadata
    body_line, _ = LineIndex(source).place(front.body_start)
    parsed = parse_markdown(
        source[front.body_start :],
        first_line=body_line,
        role_of=_role_of(rules.profiles.get(metadata.profile), metadata.language),
        kinds=rules.kinds,
        findings=findings,
    )
    return Article(
        path=file.name,
        slug=file.slug,
        source=source,
        metadata=metadata,
        body=sources_by_links(parsed.body, rules.profiles.get(metadata.profile), metadata.language),
        footnotes=parsed.footnotes,
        body_line=body_line,
        findings=findings.all(),
        parsed=bool(source.strip()),
        resources=rules.resources.of(metadata, [*parsed.body, *parsed.footnotes], rules.config.logo),
    )


def _role_of(profile: Profile | None, language: str) -> RoleOf:
    """What tells a heading's role: its own id where that is a role of the profile, else its words."""

    def role_of(heading: Heading) -> str:
        if profile is None:
            return ""
        if profile.role(heading.id) is not None:
            return heading.id
        return profile.role_of(plain_text(heading.children), language)

    return role_of


def source_name(content: Path, path: str) -> str:
    """An article's path below ``content``, with forward slashes, from its path as messages show it."""
    return Path(path).relative_to(display_path(content)).as_posix()
