"""The mail server: its address, how the way to it is secured, and who signs in."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, unquote, urlsplit

from pipeline.errors import UsageError

USER = "PIPELINE_SMTP_USER"
PASSWORD = "PIPELINE_SMTP_PASSWORD"  # noqa: S105 -- the variable's name
PORTS = {"smtp": 587, "smtps": 465}
"""Message submission (RFC 6409), and the same within TLS (RFC 8314, section 3.3)."""
EXAMPLE = "Write it like smtp://mail.example.org:587 or smtps://mail.example.org."

Security = Literal["tls", "starttls", "starttls-if-offered", "none"]


@dataclass(frozen=True, slots=True)
class Server:
    """Where messages are handed in."""

    host: str
    port: int
    security: Security
    user: str = ""
    """Empty: nobody signs in."""
    password: str = field(default="", repr=False)
    certificates: Path | None = None
    """A file of certificates to trust; None trusts those of the system."""

    @property
    def name(self) -> str:
        """Host and port, for messages."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def read_server(url: str, *, plain: bool = False, certificates: Path | None = None) -> Server:
    """A server from its URL and the credentials that the environment or the keyring has.

    Raises UsageError, which never repeats the URL: somebody may have written a password into it.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise UsageError(
            "--smtp is no address of a mail server: its port is no number up to 65535", help=EXAMPLE
        ) from error
    _refuse(parts)
    if certificates is not None and not certificates.is_file():
        raise UsageError(f"there is no file {certificates}", help="Name a PEM file with the certificates to trust.")
    host = _host(parts.hostname or "")
    loopback = is_loopback(host)
    security: Security = "starttls-if-offered" if loopback else "starttls"
    if parts.scheme == "smtps":
        security = "tls"
    elif plain:
        security = "none"
    user = os.environ.get(USER) or unquote(parts.username or "")
    password = _password(host, user)
    if security == "none" and user and not loopback:
        raise UsageError("a password is not sent over a connection without encryption", help="Leave --plain away.")
    return Server(host, port or PORTS[parts.scheme], security, user, password, certificates)


def _refuse(parts: SplitResult) -> None:
    if parts.password is not None:
        raise UsageError(
            "--smtp holds a password; other users of this computer can read it, and so can whoever sees your history",
            help=f"Change that password, put the new one into {PASSWORD} or the keyring, and leave it out of the address.",
        )
    if parts.scheme not in PORTS:
        raise UsageError(
            "--smtp is no address of a mail server: it starts with neither smtp:// nor smtps://", help=EXAMPLE
        )
    if not parts.hostname:
        raise UsageError("--smtp is no address of a mail server: it names no host", help=EXAMPLE)
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise UsageError("--smtp is no address of a mail server: something follows the host", help=EXAMPLE)
    if parts.port == 0:
        raise UsageError("--smtp is no address of a mail server: there is no port 0", help=EXAMPLE)


def _host(name: str) -> str:
    if name.isascii():
        return name
    import idna

    try:
        return idna.encode(name, uts46=True).decode()
    except idna.IDNAError as error:
        raise UsageError("--smtp is no address of a mail server: its host is no name", help=EXAMPLE) from error


def is_loopback(host: str) -> bool:
    """Whether a host is this computer itself, so that nobody listens on the way."""
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _password(host: str, user: str) -> str:
    password = os.environ.get(PASSWORD, "")
    if password and not user:
        raise UsageError(f"{PASSWORD} is set, but nobody's name goes with it", help=f"Set {USER} too.")
    if not user or password:
        return password
    found = _from_keyring(host, user)
    if not found:
        raise UsageError(
            f"there is no password for {user} at {host}",
            help=f"Set {PASSWORD} in the environment, or store it once with `keyring set {host} {user}`.",
        )
    return found


def _from_keyring(host: str, user: str) -> str:
    """The password that the desktop's keyring has; empty where there is none, or no keyring."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return ""
    try:
        return keyring.get_password(host, user) or ""
    except KeyringError:
        return ""
