"""Say of a finished file, or of an id that is printed on one, which edition it is and whether it may still be used."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path

from pipeline.editions import load_ledger, with_marks
from pipeline.editions.ids import nearest, read_id
from pipeline.editions.inside import edition_of, kind_of
from pipeline.errors import PipelineError, UnreadableError, UsageError, shorten
from pipeline.model.edition import Ledger, Released, Standing
from pipeline.source import discover
from pipeline.workspace import open_workspace

MAX_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Traced:
    """What is known of a file or an id."""

    id: str
    standing: Standing
    path: str = ""
    """Of the file; empty where an id was given."""
    sha256: str = ""
    """Of its bytes."""
    release: Released | None = None
    """The entry for just these bytes; None when they are not those that were released, or an id was given."""

    @property
    def altered(self) -> bool:
        """Whether this is a file whose bytes were never released."""
        return bool(self.path) and self.release is None

    @property
    def safe(self) -> bool:
        """Whether it is current and, where it is a file, as it was released."""
        return self.standing.state == "current" and not self.altered


def trace(content: Path, named: str) -> Traced:
    """Look up a file, by what it says inside, or a printed id.

    Raises UsageError for an id that was never released, a file that has none, and a name that is neither; UnreadableError;
    ContentError for a record that somebody changed.
    """
    ledger = load_ledger(content)
    path = Path(named)
    mode = _mode(path)
    if stat.S_ISREG(mode):
        return _file(content, ledger, path)
    if stat.S_ISDIR(mode):
        raise UsageError(f"{named} is a folder", help="Name a file, or the id that is printed on it.")
    id_ = read_id(named)
    if not id_:
        raise UsageError(
            f"there is no file {shorten(named)}, and it is no edition id",
            help="An id has eight letters and digits, as in `Edition 3f9a1c20` at the foot of a page.",
        )
    return Traced(id_, _standing(content, ledger, id_, f"no edition {id_} was released"))


def _mode(path: Path) -> int:
    """What has that name; 0 where nothing has, or nothing can."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return 0


def _file(content: Path, ledger: Ledger, path: Path) -> Traced:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UsageError(f"{path} has more than {MAX_BYTES // 1024 // 1024} MB", help="It is none of ours.")
        data = path.read_bytes()
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        raise UnreadableError(message, path=path, help="Check that you may read it.") from error
    digest = hashlib.sha256(data).hexdigest()
    same = [each for entries in ledger.releases.values() for each in entries if each.sha256 == digest]
    id_ = same[-1].id if same else edition_of(data, ledger.releases)
    if not id_:
        what = "it is no PDF, EPUB, HTML page or e-mail" if not kind_of(data) else "it does not say which edition it is"
        raise UsageError(f"{path}: {what}", help="Look for `Edition …` in it, and trace what stands there.")
    standing = _standing(content, ledger, id_, f"{path} says it is edition {id_}, which was never released")
    return Traced(id_, standing, str(path), digest, same[-1] if same else None)


def _standing(content: Path, ledger: Ledger, id_: str, unknown: str) -> Standing:
    standing = ledger.standing(id_)
    if standing is None:
        near = nearest(id_, ledger.releases)
        help_ = "`pipeline release` writes down what is given to readers; this was not."
        if near:
            help_ = f"Did you mean `{near}` ({ledger.releases[near][0].title})?"
        raise UsageError(unknown, help=help_)
    return _marked(content, ledger, standing.edition.articles).standing(id_) or standing


def _marked(content: Path, ledger: Ledger, slugs: tuple[str, ...]) -> Ledger:
    """The record, and what the files of the articles say; where they cannot be read, the record alone counts."""
    try:
        paths = [file.path for file in discover(content) if file.slug in slugs]
        return with_marks(ledger, open_workspace(content, paths).library.entries) if paths else ledger
    except PipelineError:
        return ledger
