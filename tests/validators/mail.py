"""Messages judged by the rules of mail: RFC 5322, MIME, RFC 8058, and what mail programs refuse to show."""

from __future__ import annotations

import email
import re
from collections.abc import Iterable, Iterator
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from pathlib import Path

from tests.validators.message import Message, existing

ONCE = ("From", "Subject", "Date", "Message-ID", "MIME-Version", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post")
REFUSED = frozenset("script iframe object embed form input base video audio svg link".split())  # noqa: SIM905 -- words
ADDRESSES = ("https:", "http:", "mailto:", "tel:", "#")
CLIP = 102 * 1024
LONGEST = 998
"""Octets of a line (RFC 5322, 2.1.1)."""


def validate_mail(paths: Iterable[Path]) -> list[Message]:
    """Return every error; ValidatorError where there is nothing to check."""
    return [Message(file, "error", code, text) for file in existing(paths) for code, text in faults(file.read_bytes())]


def html_of(path: Path) -> str:
    """The HTML part of a message, its pictures left out."""
    body = _open(path.read_bytes()).get_body(("html",))
    assert body is not None
    return re.sub(r'src="cid:[^"]*"', 'src="data:image/gif;base64,R0lGODlhAQABAAAAACw="', str(body.get_content()))


def _open(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def faults(data: bytes) -> Iterator[tuple[str, str]]:
    """What is wrong with a message, each as a code and words."""
    yield from _lines(data)
    message = _open(data)
    for name in ONCE:
        if len(message.get_all(name, [])) != 1:
            yield "header", f"{name} stands {len(message.get_all(name, []))} times"
    if message["List-Unsubscribe-Post"] != "List-Unsubscribe=One-Click":
        yield "one-click", "List-Unsubscribe-Post does not say One-Click (RFC 8058, 3.1)"
    if not re.fullmatch(r"<https://[^<>\s]+>", str(message["List-Unsubscribe"]).strip()):
        yield "one-click", "List-Unsubscribe is no https address in angle brackets (RFC 2369; RFC 8058, 3.1)"
    for part in message.walk():
        yield from (("defect", str(defect) or type(defect).__name__) for defect in part.defects)
        for name, value in part.items():
            yield from (("header-defect", f"{name}: {defect}") for defect in getattr(value, "defects", ()))
    kinds = [part.get_content_type() for part in message.walk()]
    if kinds[:2] != ["multipart/alternative", "text/plain"]:
        yield "parts", f"the text does not come first (RFC 2046, 5.1.4): {kinds[:2]}"
    yield from _bodies(message)


def _lines(data: bytes) -> Iterator[tuple[str, str]]:
    if re.search(rb"(?<!\r)\n|\r(?!\n)", data):
        yield "line-end", "a line does not end in CRLF (RFC 5322, 2.1)"
    for number, line in enumerate(data.split(b"\r\n"), 1):
        if len(line) > LONGEST:
            yield "line-length", f"line {number} has {len(line)} octets"
        if re.search(rb"[\x80-\xff]", line):
            yield "octets", f"line {number} has octets that need 8BITMIME"
    for word in re.findall(rb"=\?[^?\s]+\?[bBqQ]\?[^?\s]*\?=", data.partition(b"\r\n\r\n")[0]):
        if len(word) > 75:
            yield "encoded-word", f"{word[:30]!r}… is longer than 75 characters (RFC 2047, 2)"


def _bodies(message: EmailMessage) -> Iterator[tuple[str, str]]:
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    if plain is None or not str(plain.get_content()).strip():
        yield "no-text", "there is no text part"
    if html is None:
        yield "no-html", "there is no HTML part"
        return
    words = str(html.get_content())
    if len(words.encode()) > CLIP:
        yield "clipped", f"the HTML has {len(words.encode())} bytes; Gmail shows {CLIP}"
    body = _Body()
    body.feed(words)
    yield from body.found
    attached = {str(part["Content-ID"]).strip("<> ") for part in message.walk() if part["Content-ID"]}
    for lost in sorted(body.pictures ^ attached):
        yield "cid", f"{lost} is attached or shown, not both"


class _Body(HTMLParser):
    """Gathers what mail programs refuse or drop."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.pictures: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag in REFUSED:
            self.found.append(("element", f"<{tag}> does not work in a message"))
        self.found += [("script", f"{name} on <{tag}>") for name in at if name.startswith("on")]
        if tag == "img":
            self.found += [
                ("picture", f"<img> without {name}") for name in ("alt", "width", "height") if name not in at
            ]
            if at.get("src", "").startswith("cid:"):
                self.pictures.add(at["src"].removeprefix("cid:"))
            else:
                self.found.append(("picture", f"{at.get('src')} is not attached"))
        if tag == "a" and not at.get("href", "#").startswith(ADDRESSES):
            self.found.append(("link", f"{at['href']} leads nowhere"))
        if tag == "table" and "data" not in at.get("class", "").split() and at.get("role") != "presentation":
            self.found.append(("table", "a table for the layout has no role"))
        if "url(" in at.get("style", "") or "@import" in at.get("style", ""):
            self.found.append(("remote", f"the style of <{tag}> fetches something"))
