"""DKIM signatures (RFC 6376)."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import UsageError

SIGNED = (
    *("From", "From", "To", "Subject", "Date", "Message-ID", "Reply-To", "MIME-Version", "Content-Type"),
    *("List-Id", "List-Unsubscribe", "List-Unsubscribe-Post"),
)
"""Headers that the signature covers: From once more than it occurs, so that nobody can add another (RFC 6376, section
8.15), and those of one-click unsubscription, which must be covered (RFC 8058, section 4)."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A key, and the DNS name below which its public half stands: ``<selector>._domainkey.<domain>``."""

    selector: str
    domain: str
    key: bytes = field(repr=False)

    def sign(self, message: bytes) -> bytes:
        """The message with its signature before it."""
        import dkim

        present = {line.partition(b":")[0].lower() for line in message.partition(b"\r\n\r\n")[0].split(b"\r\n")}
        headers = [name.lower().encode() for name in SIGNED if name.lower().encode() in present]
        signature: bytes = dkim.sign(
            message,
            self.selector.encode(),
            self.domain.encode(),
            self.key,
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=headers,
        )
        return signature + message


def read_signer(path: Path, selector: str, domain: str) -> Signer:
    """Read an RSA key in PEM and try it. Raises UsageError where it, its selector or the library is missing or wrong."""
    try:
        import dkim
    except ImportError as error:
        raise UsageError("signing needs the package dkimpy", help="pip install 'fitness-press[send]'") from error
    if not selector.replace("-", "").replace(".", "").isalnum() or not selector.isascii():
        raise UsageError(f"{selector!r} is no DKIM selector", help="It is the name before ._domainkey in your DNS.")
    try:
        signer = Signer(selector, domain, path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path}: the key cannot be read: {error.strerror}") from error
    try:
        signer.sign(b"From: a@b.example\r\n\r\n")
    except (dkim.DKIMException, ValueError, IndexError) as error:
        raise UsageError(f"{path}: this is no RSA key in PEM, or it has a passphrase") from error
    return signer
