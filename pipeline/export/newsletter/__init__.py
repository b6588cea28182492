"""A newsletter for mail programs: the message to send, its HTML and its text as files to look at."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.export.format import Format, Read
from pipeline.model.proof import OutputFile, Proof, Requirement
from pipeline.model.publication import Publication

MEDIA_TYPE = "message/rfc822"


def export(publication: Publication) -> list[OutputFile]:
    """``message.eml`` first, then ``email.html`` with its pictures and ``email.txt``; raises ExportError."""
    from pipeline.export.newsletter.files import files

    return files(publication)


def weight(publication: Publication) -> int:
    """Bytes of the HTML that mail programs get; raises ExportError when it cannot be made."""
    from pipeline.export.newsletter import files

    return files.weight(publication)


def weight_of(message: bytes) -> int:
    """Bytes of a finished message's HTML, as mail programs count them."""
    from pipeline.export.newsletter import proof

    return proof.weight(message)


def verify(file: OutputFile, requirements: Sequence[Requirement], read: Read) -> Proof:
    """Re-open a finished message and prove that each required text is in its text part, before what it protects."""
    from pipeline.export.newsletter import proof

    return proof.verify(file, requirements, read)


def parts(file: OutputFile, read: Read) -> list[tuple[str, OutputFile]]:
    """The HTML that readers of the message see, up to where mail programs cut it off, to be proven as a page."""
    from pipeline.export.newsletter import proof

    return proof.pages(file, read)


FORMAT = Format("newsletter", ".eml", MEDIA_TYPE, export, verify, parts)

__all__ = ["FORMAT", "weight", "weight_of"]
