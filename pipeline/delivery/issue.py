"""The issue to send: the message below ``build/`` that the manifest says was proven, or nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pipeline import manifest
from pipeline.errors import ProofError, UsageError, did_you_mean
from pipeline.files import plain_bytes
from pipeline.staging import JOURNAL, WORK, failing_clearly, locked, recover

FOLDER = "newsletters"
MESSAGE = "message.eml"
BUILD_AGAIN = "Run `pipeline build newsletter`, then send again."


@dataclass(frozen=True, slots=True)
class Issue:
    """A proven issue."""

    slug: str
    edition: str
    """Short id that changes with any word of the issue."""
    data: bytes
    """The message as it was proven."""
    sources: tuple[str, ...] = ()
    """Files below ``content/`` that it was made from."""


def read_issue(out: Path, slug: str) -> Issue:
    """Read ``newsletters/<slug>/message.eml`` below ``out``, and hold it against the manifest's hash.

    Raises UsageError where there is no such issue, ProofError where the file is not the one that was proven.
    """
    folder = out / FOLDER / slug
    if not slug or Path(slug).name != slug or not folder.is_dir():
        raise _no_issue(out, slug)
    if (out / WORK / JOURNAL).exists():
        with failing_clearly(out), locked(out):
            recover(out)
    name = f"{FOLDER}/{slug}/{MESSAGE}"
    row = manifest.load(out).get(name)
    try:
        data = plain_bytes((out / name).resolve())
    except OSError as error:
        raise ProofError(f"the message cannot be read: {error.strerror}", path=out / name, help=BUILD_AGAIN) from error
    if row is None:
        raise ProofError(
            "the manifest does not list this message; nothing proves it", path=out / name, help=BUILD_AGAIN
        )
    digest = hashlib.sha256(data).hexdigest()
    if digest != row.sha256:
        raise ProofError("the message differs from the one that was proven", path=out / name, help=BUILD_AGAIN)
    return Issue(slug, row.edition or digest[:8], data, row.sources)


def _no_issue(out: Path, slug: str) -> UsageError:
    folder = out / FOLDER
    known = sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    there = f"There are: {', '.join(known)}." if known else BUILD_AGAIN
    return UsageError(f"there is no built newsletter {slug!r} in {folder}", help=did_you_mean(slug, known) or there)
