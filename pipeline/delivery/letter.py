"""The proven message as a letter to each member: what is theirs filled in, everything else as the bytes that were proven."""

from __future__ import annotations

import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.generator import BytesGenerator
from email.header import Header
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import format_datetime, formataddr, getaddresses
from io import BytesIO

from pipeline.delivery.addresses import Address, parse_address
from pipeline.delivery.merge import Field, Template, compile_template
from pipeline.errors import ContentError

OWN = frozenset({"to", "cc", "bcc", "date", "message-id", "subject", "received", "return-path", "dkim-signature"})
"""Headers that are each letter's own, or that the way through the mail adds."""
AS_IS = policy.SMTP.clone(refold_source="none")
"""Writes headers as they were read, with CRLF."""
WIDTH = 76
"""Characters in a header's line that holds encoded words (RFC 2047, section 2)."""
CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
TEST = "[Test] "


@dataclass(frozen=True, slots=True)
class Part:
    """A text part with fields in it."""

    template: Template

    def fill(self, values: dict[str, str]) -> bytes:
        """Its body in quoted-printable (RFC 2045, section 6.7)."""
        return _quoted_printable(self.template.fill(values))


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that waits for the member's name and address."""

    sender: Address
    """The address in From, which is also the envelope's: where failures are reported to."""
    origin: str
    """The From header as it was proven."""
    identity: tuple[str, str]
    """The message's own Message-ID, before and after the @."""
    subject: Template
    headers: tuple[tuple[str, Template], ...]
    body: tuple[bytes | Part, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields of the message."""
        templates = [self.subject, *(value for _, value in self.headers)]
        templates += [part.template for part in self.body if isinstance(part, Part)]
        return tuple(field for template in templates for field in template.fields)

    def message_id(self, address: Address) -> str:
        """The same for one edition and one address each time it is made, and another for every other address."""
        digest = hashlib.sha256(address.key.encode()).hexdigest()[:20]
        return f"<{self.identity[0]}.{digest}@{self.identity[1]}>"

    def fill(self, address: Address, name: str, now: datetime, *, test: bool = False) -> bytes:
        """The message for one member (RFC 5322), lines ended by CRLF, dated ``now``, an aware time.

        A test has its mark in the subject, and a Message-ID that differs each time, so that no mail program drops it as one
        that it already has. Raises ContentError for a name or subject that would break out of its header.
        """
        values = {"name": name, "email": address.text}
        message_id = self.message_id(address)
        if test:
            message_id = message_id.replace("@", f".{now.timestamp():.0f}@")
        lines = [
            _line("From", self.origin),
            _line("To", _mailbox(name, address)),
            _line("Subject", _words("Subject", (TEST if test else "") + self.subject.fill(values))),
            _line("Date", format_datetime(now)),
            _line("Message-ID", message_id),
            *(_line(header, value.fill(values)) for header, value in self.headers),
        ]
        body = b"".join(part if isinstance(part, bytes) else part.fill(values) for part in self.body)
        return "".join(lines).encode() + b"\r\n" + body


def read_letter(data: bytes, edition: str) -> Letter:
    """Make a letter of a message file. Raises ContentError where it lacks a sender or a subject, or has an unknown field."""
    message = BytesParser(policy=AS_IS).parsebytes(data)
    assert isinstance(message, EmailMessage)
    sender = _sender(message)
    subject = compile_template(str(message["Subject"] or "").strip(), "subject")
    if not "".join(str(part) for part in subject.parts):
        raise ContentError("the message has no subject", help="Build the newsletter again.")
    body = _body(message)
    raw = [(name, _unfolded(value)) for name, value in message.raw_items() if name.lower() not in OWN]
    headers = tuple((name, compile_template(value, "header")) for name, value in raw if name.lower() != "from")
    origin = next(value for name, value in raw if name.lower() == "from")
    own = re.fullmatch(r"<([^<>@\s]+)@([^<>@\s]+)>", str(message["Message-ID"] or "").strip())
    identity = (own[1], own[2]) if own else (edition, sender.text.partition("@")[2])
    letter = Letter(sender, origin, identity, subject, headers, body)
    letter.fill(sender, "", datetime.now(UTC))  # what is wrong with its headers is wrong in every letter
    return letter


def _sender(message: Message) -> Address:
    found = getaddresses([str(message["From"] or "")])
    try:
        return parse_address(found[0][1] if found else "")
    except ValueError as error:
        raise ContentError(
            f"the message's From is no address: {error}", help="Mend `contact` in publisher.toml, then build again."
        ) from error


def _body(message: EmailMessage) -> tuple[bytes | Part, ...]:
    """The message below its headers: bytes as they were, and the text parts with fields."""
    places: dict[bytes, bytes | Part] = {}
    for number, part in enumerate(message.walk()):
        if part.get_content_maintype() != "text" or part.is_attachment():
            continue
        text = str(part.get_content())
        template = compile_template(text, "html" if part.get_content_subtype() == "html" else "text")
        place = f"{{{{place-{number}-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()}}}}}"
        places[place.encode()] = Part(template) if template.fields else _quoted_printable(text)
        del part["Content-Transfer-Encoding"]
        part["Content-Transfer-Encoding"] = "quoted-printable"
        part.set_param("charset", "utf-8")
        part.set_payload(place)
    stream = BytesIO()
    BytesGenerator(stream, mangle_from_=False, policy=AS_IS).flatten(message)
    whole = stream.getvalue().partition(b"\r\n\r\n")[2]
    if not places:
        return (whole,)
    pieces = re.split(b"(" + b"|".join(re.escape(place) for place in places) + b")", whole)
    return tuple(places.get(piece, piece) for piece in pieces)


def _quoted_printable(text: str) -> bytes:
    lines = text.replace("\r\n", "\n").replace("\n", "\r\n")
    return binascii.b2a_qp(lines.encode("utf-8", "replace"), istext=True)


def _unfolded(value: str) -> str:
    return re.sub(r"\r?\n[ \t]", " ", str(value)).strip()


def _line(name: str, value: str) -> str:
    """One header with CRLF, folded where it has blanks (RFC 5322, section 2.2.3); long addresses stay whole."""
    lines = [f"{name}:"]
    for word in re.split(r"(?: |\r\n )", value):
        if CONTROL.search(word):
            raise ContentError(f"{name} holds a control character", help="Take it out, then build again.")
        if len(lines[-1]) + len(word) >= WIDTH and lines[-1].strip() != f"{name}:":
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join(lines) + "\r\n"


def _words(name: str, text: str) -> str:
    """Text in a header: as it is where it is ASCII, else in encoded words (RFC 2047)."""
    if CONTROL.search(text):
        raise ContentError(
            f"{name} holds a line break or another control character", help="Take it out, then build again."
        )
    if text.isascii() and "=?" not in text:
        return text
    return Header(text, "utf-8", header_name=name, maxlinelen=WIDTH).encode(linesep="\r\n")


def _mailbox(name: str, address: Address) -> str:
    """The member in To: a display name, quoted or encoded as it needs to be, and the address (RFC 5322, section 3.4)."""
    if not name:
        return address.text
    if name.isascii() and "=?" not in name:
        return f"{formataddr((name, '')).removesuffix('<>')}<{address.text}>"
    return f"{_words('To', name)} <{address.text}>"
