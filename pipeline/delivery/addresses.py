"""E-mail addresses: which are sound, and which two are one mailbox."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

PLAIN = re.compile(r"[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*@(?:[A-Za-z0-9]{1,63}\.)+[A-Za-z]{2,63}")
"""What nearly all addresses look like. It takes nothing that the library would not take; the rest is left to the library,
which needs thirty times as long."""
LONGEST_LOCAL = 64
"""Octets before the @ (RFC 5321, section 4.5.3.1.1)."""
LONGEST = 254
"""Octets of an address (RFC 5321, section 4.5.3.1.3, less the angle brackets)."""


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox as the mail server is told it: the domain in ASCII (IDNA 2008), the part before the @ as it was written."""

    text: str

    @property
    def key(self) -> str:
        """The same for all ways to write one mailbox; case does not count."""
        return self.text.casefold()

    @property
    def ascii(self) -> bool:
        """Whether any server takes it; otherwise the server must offer SMTPUTF8 (RFC 6531)."""
        return self.text.isascii()


def parse_address(text: str) -> Address:
    """Read one address. Raises ValueError, which says what is wrong with it."""
    bare = text.strip()
    if not bare:
        raise ValueError("there is no address")
    local = bare.partition("@")[0]
    if PLAIN.fullmatch(bare) and len(local) <= LONGEST_LOCAL and len(bare) <= LONGEST and "xn--" not in bare.lower():
        return Address(f"{local}@{bare[len(local) + 1 :].lower()}")
    return _parse_unusual(bare)


def _parse_unusual(text: str) -> Address:
    from email_validator import EmailNotValidError, validate_email

    try:
        # The reserved names (.test, .local, .invalid) are the mail server's to judge, not ours.
        found = validate_email(
            unicodedata.normalize("NFC", text), check_deliverability=False, globally_deliverable=False, strict=True
        )
    except EmailNotValidError as error:
        reason = str(error).rstrip(".")
        raise ValueError(f"{text!r} is not an address: {reason[0].lower()}{reason[1:]}") from error
    if not re.search(r"\.(?:[A-Za-z]{2,}|xn--[A-Za-z0-9-]+)$", found.ascii_domain or ""):
        raise ValueError(f"{text!r} is not an address: the part after the @ has no ending like .com")
    return Address(f"{found.local_part}@{found.ascii_domain}")
