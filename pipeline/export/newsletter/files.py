"""The files of a newsletter for mail: the message, and its two parts as they read for somebody whose name is not known."""

from __future__ import annotations

from pipeline.errors import ExportError
from pipeline.export.newsletter.html import mail_html
from pipeline.export.newsletter.message import content_address, message
from pipeline.export.newsletter.pictures import MailPicture, mail_pictures, picture_outlines
from pipeline.export.newsletter.text import mail_text
from pipeline.model.proof import OutputFile
from pipeline.model.publication import Issue, Publication
from pipeline.publication import for_anyone

FOLDER = "newsletters"
PICTURES = "images"
"""Of ``email.html``, below its own folder; in the message they are attached."""


def files(publication: Publication) -> list[OutputFile]:
    """``message.eml`` with merge fields, then ``email.html``, ``email.txt`` and pictures without. Raises ExportError."""
    issue = _issue(publication)
    folder = f"{FOLDER}/{publication.slug}"
    pictures = mail_pictures(publication)
    html = mail_html(publication, issue, pictures, content_address(publication, issue))
    data = message(publication, issue, html, mail_text(publication, issue), list(pictures.values()))
    shown = for_anyone(publication)
    page = mail_html(shown, _issue(shown), pictures, f"{PICTURES}/*")
    return [
        OutputFile(f"{folder}/message.eml", "message/rfc822", data),
        OutputFile(f"{folder}/email.html", "text/html", page.encode()),
        OutputFile(f"{folder}/email.txt", "text/plain", mail_text(shown, _issue(shown)).encode()),
        *(_file(folder, picture) for picture in pictures.values()),
    ]


def weight(publication: Publication) -> int:
    """Bytes of the message's HTML part; raises ExportError when it cannot be made."""
    issue = _issue(publication)
    outlines = picture_outlines(publication)
    return len(mail_html(publication, issue, outlines, content_address(publication, issue)).encode())


def _file(folder: str, picture: MailPicture) -> OutputFile:
    return OutputFile(f"{folder}/{PICTURES}/{picture.name}", picture.media_type, picture.data)


def _issue(publication: Publication) -> Issue:
    if publication.issue is None:
        raise ExportError(f"{publication.slug} is no newsletter")
    return publication.issue
