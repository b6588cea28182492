"""The text of a source file, and what reading one needs to know."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pipeline.config import Config
from pipeline.errors import UnreadableError
from pipeline.files import ContentFolder, MissingFileError, NotPlainFileError
from pipeline.frozen import dataclass
from pipeline.limits import DIVIDE, excess
from pipeline.model.article import Article, ArticleMetadata
from pipeline.model.diagnostic import Finding
from pipeline.model.nodes import Span
from pipeline.profiles import Profile
from pipeline.source.decode import decode
from pipeline.source.discover import SourceFile
from pipeline.source.findings import Findings
from pipeline.source.resources import Resources

MAX_BYTES = 2 * 1024 * 1024
"""Of an article or a newsletter."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What reading a source file needs to know besides its bytes."""

    config: Config
    profiles: Mapping[str, Profile]
    kinds: Collection[str]
    """Names of the disclaimers that exist."""
    resources: Resources


def unread(file: SourceFile, metadata: ArticleMetadata, findings: Findings, *, stopped: bool = False) -> Article:
    """What stands for an article whose text is not to be had; the findings say why."""
    return Article(file.name, file.slug, "", metadata, (), findings=findings.all(), parsed=False, stopped=stopped)


def given_up(file: SourceFile, metadata: ArticleMetadata, findings: Findings, error: BaseException) -> Article:
    """What stands for an article that took too much to be read."""
    findings.add("P06", f"reading it {excess(error)}", Span(1, 1, 1, 1), DIVIDE)
    return unread(file, metadata, findings, stopped=True)


def source_text(file: SourceFile, folder: ContentFolder, findings: Findings) -> str | None:
    """The text of a file, or None when there is none to be had; the findings say why.

    Raises UnreadableError when its bytes cannot be had at all.
    """
    data = source_bytes(file, folder, findings)
    return None if data is None else decode(data, findings)


def source_bytes(file: SourceFile, folder: ContentFolder, findings: Findings) -> bytes | None:
    """The bytes of a file, or None when it may not be read; the findings say why.

    Raises UnreadableError when they cannot be had at all.
    """
    if file.unreadable:
        raise UnreadableError(file.unreadable, path=file.name, help="Check that you may read it.")
    findings.extend(file.findings)
    if not file.plain:
        return None
    try:
        opened = folder.read(file.path, MAX_BYTES)
    except NotPlainFileError as error:
        findings.extend((Finding(f"`{file.path.name}` {error}", help="Put a plain file in its place.", code="P07"),))
        return None
    except MissingFileError:
        raise UnreadableError("the file has gone", path=file.name, help="Try again.") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableError(f"cannot be read: {reason}", path=file.name, help="Check that you may read it.") from None
    if opened.data is None:
        limit = MAX_BYTES // 1024 // 1024
        message = f"the file has {opened.size / 1024 / 1024:.1f} MB, more than {limit}"
        findings.extend((Finding(message, help="Divide it into several articles.", code="P06"),))
        return None
    return opened.data
