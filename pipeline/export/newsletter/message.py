"""A newsletter as a message (RFC 5322) with both parts (RFC 2046) and its pictures.

Merge fields stay as they are; sending fills them in for each reader. Nothing in the message is a clock's: its date is the
issue's, its id and boundaries come from the edition, so that two builds give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from pipeline.export.newsletter.pictures import MailPicture
from pipeline.model.publication import Issue, Publication

WIDTH = 76
"""Characters of a line with encoded words (RFC 2047, section 2)."""
LONGEST = 60
"""Characters of a word that one line holds with what stands before it (RFC 5322, 2.1.1)."""


def content_address(publication: Publication, issue: Issue) -> str:
    """Address of an attached picture (RFC 2392), with ``*`` for its name."""
    return f"cid:*.{publication.edition}@{issue.list_id}"


def message(publication: Publication, issue: Issue, html: str, text: str, pictures: Sequence[MailPicture]) -> bytes:
    """The message's bytes, lines ended by CRLF; ``html`` names each picture by its ``content_address``."""
    whole = EmailMessage(policy=SMTP)
    whole["Content-Type"] = "multipart/alternative"
    whole.set_boundary(_boundary(publication, "parts"))
    whole.attach(_text(text, "plain"))
    whole.attach(_with_pictures(publication, issue, html, pictures))
    return "".join(f"{name}: {value}\r\n" for name, value in _headers(publication, issue)).encode() + whole.as_bytes()


def _headers(publication: Publication, issue: Issue) -> Iterator[tuple[str, str]]:
    """Headers as they are written.

    They are not left to Python's ``email`` package: it makes encoded words that are too long, decodes words that only look
    like one, and encodes a long address as if it were words.
    """
    before, bracket, address = issue.sender.rpartition("<")
    address = address.rstrip("> ")
    name = before.strip().strip('"') if bracket else publication.imprint.name
    yield "From", f"{_phrase(name)} <{address}>"
    yield "Subject", _words(issue.subject, "Subject")
    yield "Date", format_datetime(datetime.combine(issue.published, datetime.min.time(), UTC))
    yield "Message-ID", f"<{publication.slug}.{publication.edition}@{address.rpartition('@')[2]}>"
    yield "List-Id", f"<{issue.list_id}>"
    yield "List-Unsubscribe", f"<{issue.unsubscribe}>"
    yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"
    yield "Content-Language", publication.language
    yield "MIME-Version", "1.0"


def _phrase(name: str) -> str:
    """A display name: plain words, a quoted string (RFC 5322, 3.2.4), or encoded words (RFC 2047, section 5, rule 3)."""
    if re.fullmatch(r"[A-Za-z0-9!#$%&'*+/=^_`{|}~ -]+", name) and "=?" not in name:
        return _words(name, "From")
    if name.isascii() and len(name) < LONGEST and "=?" not in name:
        quoted = re.sub(r'(["\\])', r"\\\1", name)
        return f'"{quoted}"'
    return Header(name, "utf-8", maxlinelen=WIDTH, header_name="From").encode(linesep="\r\n")


def _words(text: str, header: str) -> str:
    """Unstructured words, folded (RFC 5322, 2.2.3), and encoded where they have other letters or look as if they were."""
    plain = text.isascii() and "=?" not in text and max(map(len, text.split()), default=0) < LONGEST
    return Header(text, "us-ascii" if plain else "utf-8", maxlinelen=WIDTH, header_name=header).encode(linesep="\r\n")


def _with_pictures(publication: Publication, issue: Issue, html: str, pictures: Sequence[MailPicture]) -> EmailMessage:
    """The HTML part, together with its pictures where it has some (RFC 2387)."""
    page = _text(html, "html")
    if not pictures:
        return page
    related = EmailMessage(policy=SMTP)
    related["Content-Type"] = 'multipart/related; type="text/html"'
    related.set_boundary(_boundary(publication, "pictures"))
    related.attach(page)
    for picture in pictures:
        part = EmailMessage(policy=SMTP)
        maintype, _, subtype = picture.media_type.partition("/")
        address = content_address(publication, issue).removeprefix("cid:").replace("*", picture.name)
        part.set_content(
            picture.data, maintype, subtype, disposition="inline", filename=picture.name, cid=f"<{address}>"
        )
        del part["MIME-Version"]
        related.attach(part)
    return related


def _text(text: str, subtype: str) -> EmailMessage:
    part = EmailMessage(policy=SMTP)
    part.set_content(text, subtype=subtype, charset="utf-8", cte="quoted-printable")
    del part["MIME-Version"]  # the whole message's says it for its parts (RFC 2045, section 4)
    return part


def _boundary(publication: Publication, what: str) -> str:
    """A line that no quoted-printable or base64 has in it, since both write ``=`` otherwise (RFC 2045, 6.7)."""
    return f"=_{what}_{publication.edition}"
