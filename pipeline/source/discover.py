"""Finding the articles of a content tree: ``content/articles/**/*.md``."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.model.diagnostic import Finding
from pipeline.source.files import display_path, is_within, kind_of

SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
OTHER_SOURCES = {"books": ".toml", "newsletters": ".md"}
"""Folders of content that are no articles but may be named on the command line, and what their files end in."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that is, or claims to be, an article."""

    path: Path
    name: str
    """Its path as messages show it: relative to the working directory, with forward slashes."""
    slug: str
    plain: bool = True
    """False for what must not be opened; ``findings`` then says why."""
    findings: tuple[Finding, ...] = ()
    """What its name or place has wrong: P04, P07."""
    unreadable: str = ""
    """Why the folder of this name cannot be listed; empty for articles."""


def discover(content: Path, paths: Sequence[Path] = ()) -> tuple[SourceFile, ...]:
    """The articles at ``paths``, which are files and folders below ``content``; none means all. Sorted by path.

    Links are followed within ``content``; hidden files and editors' backups are passed over. Raises UsageError when there
    is no content tree, and when a path is missing, lies outside it or is no article.
    """
    found = discover_all(content)
    return select(content, found, paths) if paths else found


def discover_all(content: Path) -> tuple[SourceFile, ...]:
    """All articles of the tree, sorted by path."""
    if not content.is_dir():
        raise UsageError(
            f"there is no content folder at {display_path(content)}",
            help="Make one with `pipeline init DIR`, or name yours with `--content DIR`.",
        )
    root = os.path.realpath(content)
    files = sorted(_walk(content / "articles", root, ()), key=lambda file: file.name)
    files = list(_without_doubles(files))
    return tuple(_with_slug_findings(_with_link_findings(files, content)))


def select(content: Path, files: Sequence[SourceFile], paths: Sequence[Path]) -> tuple[SourceFile, ...]:
    """Those of ``files`` that ``paths`` name. Raises UsageError for a path that is missing, outside or no article."""
    root = os.path.realpath(content)
    chosen: set[str] = set()
    for given in paths:
        path = given if os.path.lexists(given) else content / given
        if not os.path.lexists(path):
            raise UsageError(f"there is no {given}", help="Name a file or folder below the content folder.")
        place = os.path.join(os.path.realpath(path.parent), path.name) if path.name else os.path.realpath(path)
        place = os.path.realpath(path) if path.is_dir() else place
        if not is_within(place, root):
            raise UsageError(f"{given} lies outside {display_path(content)}", help="Name a file or folder below it.")
        names = {file.name for file in files if _is_at(file.path, place)}
        if not names and not path.is_dir() and not _is_other_source(os.path.relpath(place, root)):
            raise UsageError(f"{given} is no article", help="Articles are Markdown files below content/articles/.")
        chosen |= names
    return tuple(file for file in files if file.name in chosen)


def _is_at(path: Path, place: str) -> bool:
    own = os.path.join(os.path.realpath(path.parent), path.name)
    return is_within(own, place)


def _is_other_source(relative: str) -> bool:
    top, _, rest = relative.partition(os.sep)
    return bool(rest) and rest.endswith(OTHER_SOURCES.get(top, "\0"))


def _walk(folder: Path, root: str, above: tuple[tuple[int, int], ...]) -> Iterator[SourceFile]:
    """Everything named ``*.md`` in a folder and those below it; links that lead to a folder above are passed over."""
    try:
        status = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        yield SourceFile(folder, display_path(folder), "", plain=False, unreadable=f"cannot be listed: {error.strerror}")
        return
    here = (status.st_dev, status.st_ino)
    if here in above:
        return
    for entry in entries:
        if entry.name.startswith((".", "#")):
            continue
        path = folder / entry.name
        outside = entry.is_symlink() and not is_within(os.path.realpath(path), root)
        if entry.name.endswith(".md"):
            yield _source_file(path, outside)
        elif outside and os.path.isdir(path):
            yield _refused(path, "is a link that leaves the content folder")
        elif entry.is_dir():
            yield from _walk(path, root, (*above, here))


def _source_file(path: Path, outside: bool) -> SourceFile:
    if outside:
        return _refused(path, "is a link that leaves the content folder")
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return _refused(path, f"is {kind_of(stat.S_IFLNK)}")
    except OSError as error:
        return _refused(path, f"is a link that cannot be followed: {error.strerror}")
    if not stat.S_ISREG(mode):
        return _refused(path, f"is {kind_of(mode)}")
    return SourceFile(path, display_path(path), path.name.removesuffix(".md"))


def _refused(path: Path, what: str) -> SourceFile:
    name = display_path(path)
    finding = Finding(
        f"`{path.name}` {what}", help="Put a plain file in its place, or take it out of the content folder.", code="P07"
    )
    return SourceFile(path, name, path.name.removesuffix(".md"), plain=False, findings=(finding,))


def _without_doubles(files: Iterable[SourceFile]) -> Iterator[SourceFile]:
    """Leave out what a link to a folder shows a second time: the same file under the same slug."""
    seen: dict[tuple[str, str], SourceFile] = {}
    for file in files:
        key = (file.slug, os.path.realpath(file.path))
        known = seen.get(key)
        if known is None or os.path.realpath(file.path) == os.path.abspath(file.path):
            seen[key] = file
    yield from sorted(seen.values(), key=lambda file: file.name)


def _with_link_findings(files: Iterable[SourceFile], content: Path) -> Iterator[SourceFile]:
    """Refuse files of which some other name lies outside the content folder."""
    files = list(files)
    statuses = {file.name: file.path.stat() for file in files if file.plain}
    linked = any(status.st_nlink > 1 for status in statuses.values())
    names = _count_names(content) if linked else Counter()
    for file in files:
        status = statuses.get(file.name)
        if status is not None and status.st_nlink > max(1, names[status.st_dev, status.st_ino]):
            yield _refused(file.path, "is a hard link whose other name lies outside the content folder")
        else:
            yield file


def _count_names(content: Path) -> Counter[tuple[int, int]]:
    """How many names each file has inside the content folder, by device and inode."""
    names: Counter[tuple[int, int]] = Counter()
    for folder, _, found in os.walk(content):
        for name in found:
            status = os.lstat(os.path.join(folder, name))
            names[status.st_dev, status.st_ino] += 1
    return names


def _with_slug_findings(files: Iterable[SourceFile]) -> Iterator[SourceFile]:
    """Report slugs that are none, and those that two articles share, also by case or Unicode form."""
    files = list(files)
    same: dict[str, list[SourceFile]] = defaultdict(list)
    for file in files:
        if not file.unreadable:
            same[unicodedata.normalize("NFKC", file.slug).casefold()].append(file)
    for file in files:
        if file.unreadable:
            yield file
            continue
        found = list(file.findings)
        if file.plain and not SLUG.fullmatch(file.slug):
            found.append(
                Finding(
                    f"`{file.path.name}` is no name for an article",
                    help="Use small letters a–z, digits and hyphens only, starting with a letter or digit.",
                    code="P04",
                )
            )
        others = [
            other.name for other in same[unicodedata.normalize("NFKC", file.slug).casefold()] if other.name != file.name
        ]
        if others:
            message = f"another article has the same slug: {', '.join(others)}"
            found.append(Finding(message, help="Rename one of them.", code="P04"))
        yield replace(file, findings=tuple(found))
