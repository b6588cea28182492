"""A newsletter as a message (RFC 5322) with both parts (RFC 2046) and its pictures.

Merge fields stay as they are; sending fills them in for each reader. Nothing in the message is a clock's: its date is the
issue's, its id and boundaries come from the edition, so that two builds give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from pipeline.export.newsletter.pictures import MailPicture
from pipeline.model.publication import Issue, Publication


def content_address(publication: Publication, issue: Issue) -> str:
    """Address of an attached picture (RFC 2392), with ``*`` for its name."""
    return f"cid:*.{publication.edition}@{issue.list_id}"


def message(publication: Publication, issue: Issue, html: str, text: str, pictures: Sequence[MailPicture]) -> bytes:
    """The message's bytes, lines ended by CRLF; ``html`` names each picture by its ``content_address``."""
    whole = EmailMessage(policy=SMTP)
    name, address = parseaddr(issue.sender)
    host = address.rpartition("@")[2]
    whole["From"] = Address(name or publication.imprint.name, addr_spec=address)
    whole["Subject"] = issue.subject
    whole["Date"] = format_datetime(datetime.combine(issue.published, datetime.min.time(), UTC))
    whole["Message-ID"] = f"<{publication.slug}.{publication.edition}@{host}>"
    whole["List-Id"] = f"<{issue.list_id}>"
    whole["Content-Language"] = publication.language
    whole["MIME-Version"] = "1.0"
    whole["Content-Type"] = "multipart/alternative"
    whole.set_boundary(_boundary(publication, "parts"))
    whole.attach(_text(text, "plain"))
    whole.attach(_with_pictures(publication, issue, html, pictures))
    # Python would encode a long address as if it were words (RFC 2047), which no mail program takes for an address.
    unsubscribe = (
        f"List-Unsubscribe:{_fold(issue.unsubscribe)}<{issue.unsubscribe}>\r\n"
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    )
    return unsubscribe.encode() + whole.as_bytes(policy=SMTP)


def _fold(address: str) -> str:
    """A space, or a line's end and one where the line would be longer than it should be (RFC 5322, 2.1.1)."""
    return " " if len(address) <= 78 - len("List-Unsubscribe: <>") else "\r\n "


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
