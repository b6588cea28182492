"""Finding the sources of a content tree: ``content/articles/**/*.md``, newsletters likewise, ``content/books/**/*.toml``."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from sys import intern

from pipeline.errors import UsageError
from pipeline.files import HARD_LINK, LEAVES, ContentFolder, display_path, is_within, kind_of, printable
from pipeline.frozen import dataclass
from pipeline.model.diagnostic import Finding

SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
ARTICLES = "articles"
NEWSLETTERS = "newsletters"
BOOKS = "books"
"""The folders of content whose files are sources."""
WORDS = {
    ARTICLES: ("an article", "another article"),
    NEWSLETTERS: ("a newsletter", "another newsletter"),
    BOOKS: ("a book", "another book"),
}
"""What a file in each is, in messages."""
ENDINGS = {ARTICLES: ".md", NEWSLETTERS: ".md", BOOKS: ".toml"}
"""What the names of the files in each end in."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that is, or claims to be, an article, a newsletter or a book."""

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
    folder = open_content(content)
    found = discover_all(folder)
    others = (*discover_all(folder, NEWSLETTERS), *discover_all(folder, BOOKS))
    chosen = select(folder, (*found, *others), paths) if paths else found
    return tuple(file for file in chosen if file in found)


def open_content(content: Path) -> ContentFolder:
    """The content tree at a path; raises UsageError when there is none."""
    if not content.is_dir():
        raise UsageError(
            f"there is no content folder at {display_path(content)}",
            help="Make one with `pipeline init DIR`, or name yours with `--content DIR`.",
        )
    return ContentFolder(content)


def discover_all(folder: ContentFolder, top: str = ARTICLES) -> tuple[SourceFile, ...]:
    """All articles, newsletters or books of the tree, sorted by path."""
    return tuple(_with_slug_findings(sorted(_walk(folder, top), key=lambda file: file.name), *WORDS[top]))


def select(folder: ContentFolder, files: Sequence[SourceFile], paths: Sequence[Path]) -> tuple[SourceFile, ...]:
    """Those of ``files`` that ``paths`` name. Raises UsageError for a path that is missing, outside or no article."""
    chosen: set[str] = set()
    for given in paths:
        path = given if os.path.lexists(given) else folder.path / given
        if not os.path.lexists(path):
            hint = _nearest(given, files) or "Name a file or folder below the content folder."
            raise UsageError(f"there is no {given}", help=hint)
        place = os.path.realpath(path) if path.is_dir() else _own_place(path)
        if not is_within(place, folder.root):
            raise UsageError(
                f"{given} lies outside {display_path(folder.path)}", help="Name a file or folder below it."
            )
        names = {file.name for file in files if is_within(_own_place(file.path), place)}
        if not names and not path.is_dir():
            raise UsageError(
                f"{given} is no article",
                help="Articles are Markdown files below content/articles/, newsletters below content/newsletters/, and books "
                "are TOML files below content/books/.",
            )
        chosen |= names
    return tuple(file for file in files if file.name in chosen)


def _nearest(given: Path, files: Sequence[SourceFile]) -> str:
    """The question which source was meant, by its slug; empty when none is near."""
    from difflib import get_close_matches

    by_slug = {file.slug: file.name for file in files}
    near = get_close_matches(given.stem, by_slug, 1)
    return f"Did you mean `{by_slug[near[0]]}`?" if near else ""


def _own_place(path: Path) -> str:
    """Where a name itself lies, the links before it followed but not the last."""
    return str(Path(os.path.realpath(path.parent)) / path.name)


def _walk(tree: ContentFolder, top: str) -> Iterator[SourceFile]:
    """Everything in a folder and those below it that is named as its sources are, each folder once, whatever links lead to it."""
    folders, links = [tree.path / top], list[Path]()
    seen: set[tuple[int, int]] = set()
    while folders or links:
        folder = folders.pop() if folders else links.pop()
        try:
            status = folder.stat()
            entries = [] if (status.st_dev, status.st_ino) in seen else list(os.scandir(folder))
        except FileNotFoundError:
            continue
        except OSError as error:
            yield SourceFile(
                folder, display_path(folder), "", plain=False, unreadable=f"cannot be listed: {error.strerror}"
            )
            continue
        seen.add((status.st_dev, status.st_ino))
        shown, held = display_path(folder), tree.holds(folder / "any")
        for entry in entries:
            if entry.name.startswith((".", "#")):
                continue
            path = folder / entry.name
            if entry.name.endswith(ENDINGS[top]):
                name = printable(entry.name) if shown == "." else f"{shown}/{printable(entry.name)}"
                yield _source_file(path, tree, name, held=tree.holds(path) if entry.is_symlink() else held)
            elif entry.is_dir() and not tree.holds(path):
                yield _refused(path, LEAVES)
            elif entry.is_dir():
                (links if entry.is_symlink() else folders).append(path)


def _source_file(path: Path, tree: ContentFolder, name: str, *, held: bool) -> SourceFile:
    """The file at a path, which messages show as ``name``; ``held`` tells whether it lies in the tree."""
    if not held:
        return _refused(path, LEAVES)
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return _refused(path, f"is {kind_of(stat.S_IFLNK)}")
    except OSError as error:
        return _refused(path, f"is a link that cannot be followed: {error.strerror}")
    if not stat.S_ISREG(status.st_mode):
        return _refused(path, f"is {kind_of(status.st_mode)}")
    if tree.is_linked_outside(status):
        return _refused(path, HARD_LINK)
    return SourceFile(path, intern(name), _slug(path))  # since findings name it, too


def is_slug(name: str) -> bool:
    """Whether a name may be that of an article: small letters, digits, hyphens."""
    return SLUG.fullmatch(name) is not None


def _slug(path: Path) -> str:
    return printable(path.stem)


def _refused(path: Path, what: str) -> SourceFile:
    finding = Finding(
        f"`{printable(path.name)}` {what}",
        help="Put a plain file in its place, or take it out of the content folder.",
        code="P07",
    )
    return SourceFile(path, display_path(path), _slug(path), plain=False, findings=(finding,))


def _with_slug_findings(files: Iterable[SourceFile], one: str, another: str) -> Iterator[SourceFile]:
    """Report slugs that are none, and those that two files share, also by case or Unicode form."""
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
                    f"`{printable(file.path.name)}` is no name for {one}",
                    help="Use small letters a–z, digits and hyphens only, starting with a letter or digit.",
                    code="P04",
                )
            )
        others = [
            other.name for other in same[unicodedata.normalize("NFKC", file.slug).casefold()] if other.name != file.name
        ]
        if others:
            message = f"{another} has the same slug: {', '.join(others)}"
            found.append(Finding(message, help="Rename one of them.", code="P04"))
        yield replace(file, findings=tuple(found)) if len(found) > len(file.findings) else file
