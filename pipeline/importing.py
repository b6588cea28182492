"""``pipeline import``: files from elsewhere as articles below ``content/``, with their pictures."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from pipeline import undo
from pipeline.config import load_config
from pipeline.errors import ExportError, PipelineError, UnreadableError, UsageError, did_you_mean
from pipeline.profiles import Profile, load_profiles
from pipeline.report.imported import Entry, Failure, Proposed
from pipeline.source import discover, is_slug
from pipeline.source.importers import Dropped, Imported, Options, import_article
from pipeline.source.importers.pictures import UnusablePictureError, as_web_picture
from pipeline.source.text import MAX_BYTES
from pipeline.staging import write_atomically

MOST_BYTES = 64 * 1024 * 1024
"""Of a file to import."""
MOST_PICTURE_BYTES = 20 * 1024 * 1024
LONGEST_SLUG = 60
STDIO = "-"


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be imported, and how."""

    content: Path
    files: tuple[Path, ...]
    """``-`` is what is piped in."""
    output: str = ""
    """A file or folder in the place of ``content/articles``, or ``-`` to print the article."""
    slug: str = ""
    profile: str = ""
    language: str = ""
    encoding: str = ""
    force: bool = False
    """Whether an article that is there already is written over."""


@dataclass(slots=True)
class Done:
    """What became of one file."""

    source: str
    error: PipelineError | None = None
    imported: Imported | None = None
    markdown: str = ""
    path: Path | None = None
    """The article; None where it was not written."""
    pictures: list[Path] = field(default_factory=list)
    dropped: tuple[Dropped, ...] = ()
    """What is not in the article."""
    changed: list[str] = field(default_factory=list)
    """What is there in another form, or not yet as it must be."""

    def entry(self) -> Entry | Failure:
        """What is told of it as JSON."""
        made, error = self.imported, self.error
        if made is None or error is not None:
            assert error is not None
            return Failure(self.source, error.message, error.help, error.exit_code)
        found = made.proposal
        return Entry(
            source=self.source,
            kind=made.kind,
            path=self.path.as_posix() if self.path else "",
            title=made.title,
            language=made.language,
            profile=Proposed(found.profile, found.found, found.wanted),
            guesses=made.guesses,
            pictures=tuple(path.as_posix() for path in self.pictures),
            dropped=self.dropped,
            changed=tuple(self.changed),
        )


def import_files(request: Request, piped: bytes = b"") -> Iterator[Done]:
    """Import one file after the other; what fails with one does not stop the others.

    Raises UsageError before anything is read when the request itself cannot be done.
    """
    options = _options(request)
    _check(request)
    written: set[Path] = set()
    for file in request.files:
        done = Done(file.name if str(file) != STDIO else "standard input")
        done.source = str(file) if str(file) != STDIO else done.source
        try:
            data = piped if str(file) == STDIO else _read(file)
            done.imported = import_article(data, "" if str(file) == STDIO else file.name, options)
            done.dropped, done.changed = done.imported.dropped, list(done.imported.changed)
            _put(done, done.imported, file, request, written)
        except PipelineError as error:
            error.path = error.path if error.path and "/" in error.path else done.source
            done.error = error
        yield done


def _options(request: Request) -> Options:
    there = request.content.is_dir()
    if not there and not request.output:
        raise UsageError(
            f"there is no content folder at {request.content}",
            help="Make one with `pipeline init DIR`, name yours with `--content DIR`, or print the article with `--output -`.",
        )
    profiles = load_profiles(request.content if there else None)
    if request.profile and request.profile not in _written(profiles):
        hint = did_you_mean(request.profile, _written(profiles)) or f"There are: {', '.join(_written(profiles))}."
        raise UsageError(f"there is no article type {request.profile}", help=hint)
    language = load_config(request.content).language if there else "en-GB"
    return Options(profiles, language, request.profile, request.language, request.encoding)


def _written(profiles: Mapping[str, Profile]) -> tuple[str, ...]:
    """The article types that an article may have."""
    return tuple(name for name in profiles if name != "newsletter")


def _check(request: Request) -> None:
    single = request.slug or request.output == STDIO or request.output.endswith(".md")
    if len(request.files) > 1 and single:
        raise UsageError("several files cannot become one article", help="Name one file, or a folder with --output.")
    if request.slug and not is_slug(request.slug):
        raise UsageError(
            f"{request.slug!r} is no slug", help="Use small letters a to z, digits and hyphens: hip-thrusts."
        )


def _read(file: Path) -> bytes:
    """The bytes of a plain file. Raises UsageError where there is none, UnreadableError where it cannot be read."""
    if not file.exists():
        beside = [path.name for path in file.parent.iterdir()] if file.parent.is_dir() else []
        raise UsageError(
            f"there is no file {file}", help=did_you_mean(file.name, beside) or "Name a text, HTML or Word file."
        )
    if not file.is_file():
        raise UsageError(f"{file} is no plain file", help="Name a text, HTML or Word file.")
    try:
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror}", help="Check that you may read it.") from None
    if len(data) > MOST_BYTES:
        raise UnreadableError(f"the file has more than {MOST_BYTES // 1024 // 1024} MB", help="Save the article alone.")
    return data


def _put(done: Done, imported: Imported, file: Path, request: Request, written: set[Path]) -> None:
    """Write an article and its pictures, the article last, so that it never names a picture that is not there."""
    slug = request.slug or slug_of(imported.title) or slug_of(file.stem) or "article"
    target = _target(request, slug)
    if target is not None:
        _check_free(target, request, written)
    shelf = _Shelf(imported, file, slug, _root(request, target), done, write=target is not None)
    places = {reference: shelf.place(reference) for reference in imported.pictures}
    done.markdown = f"{imported.front_matter}\n{imported.body(places)}"
    if len(done.markdown.encode()) > MAX_BYTES:
        done.changed.append(
            f"it is an article of more than {MAX_BYTES // 1024 // 1024} MB, which none may be: divide it"
        )
    if target is None:
        return
    try:
        for path, data in shelf.kept.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, data)
        target.parent.mkdir(parents=True, exist_ok=True)
        undo.keep(request.content, target)
        write_atomically(target, done.markdown.encode())
    except OSError as error:
        for path in shelf.kept:
            with suppress(OSError):
                path.unlink()
        raise ExportError(
            f"cannot be written: {error.strerror}", path=target, help="Choose another with --output."
        ) from error
    written.add(target)
    done.path = target
    done.pictures = list(shelf.kept)


def _target(request: Request, slug: str) -> Path | None:
    """Where an article is written; None where it is printed."""
    if request.output == STDIO:
        return None
    if request.output.endswith(".md") and not Path(request.output).is_dir():
        return Path(request.output)
    return Path(request.output or request.content / "articles") / f"{slug}.md"


def _root(request: Request, target: Path | None) -> Path:
    """The folder that the paths of pictures are relative to."""
    if request.content.is_dir() or target is None:
        return request.content
    return target.parent


def _check_free(target: Path, request: Request, written: Collection[Path]) -> None:
    """Raises UsageError where the article would take the place of another one."""
    mend = "Write over it with --force, or choose another name with --slug."
    if target in written or (os.path.lexists(target) and not request.force):
        raise UsageError(f"there is {target} already", help=mend)
    if not request.output:
        taken = next((file for file in discover(request.content) if file.slug == target.stem), None)
        if taken is not None and Path(taken.path).resolve() != target.resolve():
            raise UsageError(
                f"there is an article {target.stem} already: {taken.name}", help="Choose another name with --slug."
            )


def slug_of(text: str) -> str:
    """A title as a slug: small letters, digits and hyphens, cut between words at 60 characters; empty where it has none."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("æ", "ae").replace("ø", "o")).casefold()
    kept = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]|[^\x00-\x7f]", "", plain)).strip("-")
    if len(kept) <= LONGEST_SLUG:
        return kept
    return kept[: LONGEST_SLUG + 1].rpartition("-")[0] or kept[:LONGEST_SLUG]


class _Shelf:
    """Where the pictures of one article are put."""

    def __init__(self, imported: Imported, file: Path, slug: str, root: Path, done: Done, *, write: bool) -> None:
        self._imported = imported
        self._folder = Path(os.path.realpath(file.parent)) if str(file) != STDIO else None
        self._slug = slug
        self._root = root
        self._done = done
        self._write = write
        self.kept: dict[Path, bytes] = {}
        """Pictures to be written."""

    def place(self, reference: str) -> str:
        """The reference by which the article shows a picture; one that is not copied is noted and keeps its own."""
        data = self._bytes(reference)
        if data is None:
            address = urljoin(self._imported.address, reference) if self._imported.address else reference
            where = "is on the web" if address.startswith(("http://", "https://")) else "was not found beside the file"
            self._done.changed.append(f"a picture {where}; save it into images/ and name it there: {address}")
            return address
        if not self._write:
            self._done.changed.append(f"a picture is not written, since the article is printed: {reference}")
        try:
            suffix, picture = as_web_picture(data)
        except UnusablePictureError as error:
            suffix, picture = error.suffix, data
            self._done.changed.append(f"a picture {error}: {reference}")
        name = "" if reference in self._imported.embedded else slug_of(Path(unquote(reference)).stem)[:40].strip("-")
        path = self._free(name, suffix, picture)
        if not path.exists():
            self.kept[path] = picture
        return path.relative_to(self._root).as_posix()

    def _bytes(self, reference: str) -> bytes | None:
        """The bytes of a picture that the file holds, or that lies beside or below it."""
        if reference in self._imported.embedded:
            return self._imported.embedded[reference]
        if self._folder is None or urlsplit(reference).scheme or reference.startswith(("/", "\\")):
            return None
        path = Path(os.path.realpath(self._folder / unquote(re.split(r"[?#]", reference, maxsplit=1)[0])))
        if not path.is_relative_to(self._folder) or not path.is_file():
            return None
        with suppress(OSError), path.open("rb") as stream:
            return stream.read(MOST_PICTURE_BYTES + 1)
        return None

    def _free(self, name: str, suffix: str, picture: bytes) -> Path:
        """A name in images/ that is free, or has the same picture already."""
        number = 0
        while True:
            number += 1
            stem = "-".join(part for part in (self._slug, name, str(number) if number > 1 or not name else "") if part)
            path = self._root / "images" / f"{stem}{suffix}"
            taken = self.kept.get(path) or (path.read_bytes() if path.is_file() else None)
            if taken == picture or (taken is None and not os.path.lexists(path)):
                return path


def worst(done: Iterable[Done]) -> int:
    """The exit code of the worst that happened."""
    return max((each.error.exit_code for each in done if each.error is not None), default=0)
