"""One connection to the mail server, kept open for many messages (RFC 5321)."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from pipeline.delivery.addresses import Address
from pipeline.delivery.server import PASSWORD, USER, Server
from pipeline.errors import DeliveryError

Kind = Literal["sent", "later", "failed", "unknown"]
"""``later``: refused for now (4xx); ``failed``: refused for good (5xx); ``unknown``: sent whole, but the answer never came."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one message, and the server's words for it."""

    kind: Kind
    text: str


class LostError(Exception):
    """There is no connection, or it broke before the message can have been accepted; another try is safe."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.help = help


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait for the server (RFC 5321, section 4.5.3.2)."""

    command: float = 60
    acceptance: float = 600
    """After the last byte of a message: an answer missed here leaves its fate unknown."""


class Connection:
    """Hands in messages, one after the other; opened by the first and whenever it was lost."""

    def __init__(self, server: Server, patience: Patience | None = None) -> None:
        self.server = server
        self.patience = patience or Patience()
        self._smtp: smtplib.SMTP | None = None

    def open(self) -> smtplib.SMTP:
        """Connect, secure and sign in, unless that is done.

        Raises LostError where there is no server or it refuses for now, DeliveryError where another try would not help.
        """
        if self._smtp is None:
            smtp = self._connect()
            try:
                self._secure(smtp)
                self._sign_in(smtp)
            except BaseException:
                smtp.close()
                raise
            self._smtp = smtp
        return self._smtp

    def close(self) -> None:
        """Take leave of the server, if it is still there."""
        if self._smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.sock.settimeout(min(self.patience.command, 5))  # type: ignore[union-attr]
                self._smtp.quit()
            self.drop()

    def drop(self) -> None:
        """Close without a word; the next message opens anew."""
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    def deliver(self, sender: str, recipient: Address, message: bytes, *, about_to: Callable[[], None]) -> Answer:
        """Hand in one message with CRLF line ends; calls ``about_to`` before its data are sent.

        Raises LostError when the connection broke before the message's end was sent, DeliveryError when the server takes
        no message at all from this sender.
        """
        smtp = self.open()
        if not recipient.ascii and not smtp.has_extn("smtputf8"):
            return Answer("failed", "the server takes no addresses with letters beyond ASCII (SMTPUTF8)")
        try:
            refused = self._envelope(smtp, sender, recipient)
            if refused:
                return refused
            about_to()
            code, text = smtp.docmd("DATA")
            if code != 354:  # noqa: PLR2004 -- "start mail input"
                return self._refused(code, text)
            smtp.send(re.sub(rb"(?m)^\.", b"..", message if message.endswith(b"\r\n") else message + b"\r\n"))
            assert smtp.sock is not None
            smtp.sock.settimeout(self.patience.acceptance)
            smtp.send(b".\r\n")
        except (smtplib.SMTPException, OSError) as error:
            self.drop()
            raise LostError(f"{self.server.name} broke off the connection: {_reason(error)}") from error
        return self._acceptance(smtp)

    def _connect(self) -> smtplib.SMTP:
        server = self.server
        try:
            smtp: smtplib.SMTP
            name, patience = _own_name(), self.patience.command
            if server.security == "tls":
                context = self._context()
                smtp = smtplib.SMTP_SSL(server.host, server.port, name, timeout=patience, context=context)
            else:
                smtp = smtplib.SMTP(server.host, server.port, name, timeout=patience)
            assert smtp.sock is not None
            # A message's end goes by itself; it must not wait until the rest is acknowledged.
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            smtp.ehlo_or_helo_if_needed()
        except ssl.SSLError as error:
            raise self._not_secure(error) from error
        except smtplib.SMTPResponseException as error:
            raise self._refusal(error) from error
        except (OSError, smtplib.SMTPException) as error:
            raise LostError(
                f"there is no mail server at {server.name}: {_reason(error)}", help=_about_ports(server)
            ) from error
        return smtp

    def _context(self) -> ssl.SSLContext:
        try:
            return ssl.create_default_context(cafile=self.server.certificates)
        except ssl.SSLError as error:
            raise DeliveryError(
                "the file holds no certificates", path=self.server.certificates, help="Name a PEM file with --ca-file."
            ) from error

    def _secure(self, smtp: smtplib.SMTP) -> None:
        wanted = self.server.security
        offered = smtp.has_extn("starttls")
        if wanted == "starttls" and not offered:
            raise DeliveryError(
                f"{self.server.name} offers no encryption (STARTTLS); anybody on the way could read and change the mail",
                help="Use the server's smtps:// address, or --plain within a network of your own.",
            )
        if offered and wanted in ("starttls", "starttls-if-offered"):
            try:
                smtp.starttls(context=self._context())
                smtp.ehlo_or_helo_if_needed()
            except ssl.SSLError as error:
                raise self._not_secure(error) from error
            except smtplib.SMTPResponseException as error:
                raise self._refusal(error) from error
            except (OSError, smtplib.SMTPException) as error:
                raise LostError(f"{self.server.name} broke off STARTTLS: {_reason(error)}") from error

    def _sign_in(self, smtp: smtplib.SMTP) -> None:
        server = self.server
        if not server.user:
            return
        try:
            smtp.login(server.user, server.password)
        except smtplib.SMTPServerDisconnected as error:
            raise LostError(f"{server.name} broke off the sign-in: {_reason(error)}") from error
        except smtplib.SMTPResponseException as error:
            if _temporary(error.smtp_code):
                raise self._refusal(error) from error
            raise DeliveryError(
                f"{server.name} does not let {server.user} sign in: {_answer(error.smtp_code, error.smtp_error)}",
                help=f"Check {USER} and {PASSWORD}, or the password in the keyring.",
            ) from None
        except smtplib.SMTPException as error:
            raise DeliveryError(
                f"{server.name} offers no way to sign in that the pipeline knows",
                help=f"Unset {USER} if it wants none; otherwise ask for its port for message submission.",
            ) from error
        except UnicodeError:
            raise DeliveryError(
                "the user's name or password has letters beyond ASCII, which signing in by SMTP does not know",
                help="Set a password of plain letters, digits and signs.",
            ) from None
        except OSError as error:
            raise LostError(f"{server.name} broke off the sign-in: {_reason(error)}") from error

    def _envelope(self, smtp: smtplib.SMTP, sender: str, recipient: Address) -> Answer | None:
        """Name sender and recipient; None when the server takes both."""
        code, text = smtp.mail(sender, () if recipient.ascii else ("SMTPUTF8",))
        if not _good(code):
            raise self._refusal(smtplib.SMTPResponseException(code, text))
        code, text = smtp.rcpt(recipient.text)
        if _good(code):
            return None
        return self._refused(code, text)

    def _refused(self, code: int, text: bytes) -> Answer:
        if code == 421:  # noqa: PLR2004 -- "closing transmission channel"
            self.drop()
            raise LostError(f"{self.server.name} closes the connection: {_answer(code, text)}")
        self._reset()
        return Answer("later" if _temporary(code) else "failed", _answer(code, text))

    def _reset(self) -> None:
        """Forget the message that was refused."""
        try:
            code = self._smtp.rset()[0] if self._smtp else 250
        except (smtplib.SMTPException, OSError):
            code = -1
        if not _good(code):
            self.drop()

    def _acceptance(self, smtp: smtplib.SMTP) -> Answer:
        """Wait for the server's word on a message whose end was sent. From here on its fate hangs on that word."""
        try:
            code, text = smtp.getreply()
            if smtp.sock is not None:
                smtp.sock.settimeout(self.patience.command)
        except (smtplib.SMTPException, OSError) as error:
            self.drop()
            return Answer("unknown", f"no answer after the whole message was sent: {_reason(error)}")
        if _good(code):
            return Answer("sent", _answer(code, text))
        if code == 421 or not 400 <= code < 600:  # noqa: PLR2004 -- the reply codes' ranges
            self.drop()
        if not 400 <= code < 600:  # noqa: PLR2004 -- the same
            return Answer("unknown", f"an answer that is none: {_answer(code, text)}")
        return Answer("later" if _temporary(code) else "failed", _answer(code, text))

    def _refusal(self, error: smtplib.SMTPResponseException) -> LostError | DeliveryError:
        """The server takes nothing, for now or for good."""
        self.drop()
        said = _answer(error.smtp_code, error.smtp_error)
        if _temporary(error.smtp_code) or error.smtp_code < 0:
            return LostError(f"{self.server.name} takes no messages for now: {said}")
        wants = error.smtp_code in (530, 538, 550, 554) and not self.server.user
        help_ = f"If it wants a user's name and password, set {USER} and {PASSWORD}." if wants else ""
        return DeliveryError(f"{self.server.name} takes no messages from here: {said}", help=help_)

    def _not_secure(self, error: ssl.SSLError) -> LostError | DeliveryError:
        if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
            return LostError(f"{self.server.name} broke off while the connection was being secured")
        if isinstance(error, ssl.SSLCertVerificationError):
            return DeliveryError(
                f"the certificate of {self.server.name} does not verify: {error.verify_message.rstrip('.')}",
                help="Somebody may be listening in. If the certificate is your own, name it with --ca-file FILE.",
            )
        return DeliveryError(
            f"{self.server.name} and the pipeline find no common encryption: {error.reason or error}",
            help=f"A server at this port may want {'smtp' if self.server.security == 'tls' else 'smtps'}:// instead.",
        )


def _own_name() -> str:
    """What to greet the server with: this computer's full name, else an address literal (RFC 5321, section 4.1.4).

    The library would ask the name service, which can take a minute where there is none.
    """
    name = socket.gethostname()
    return name if re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", name) else "[127.0.0.1]"


def _about_ports(server: Server) -> str:
    if server.port == 465 and server.security != "tls":  # noqa: PLR2004 -- RFC 8314
        return "Port 465 wants smtps:// instead of smtp://."
    return "Check the server's name and port, and that this computer is online."


def _good(code: int) -> bool:
    return 200 <= code < 300  # noqa: PLR2004 -- "positive completion"


def _temporary(code: int) -> bool:
    return 400 <= code < 500  # noqa: PLR2004 -- "transient negative completion"


def _answer(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    printable = "".join(letter if letter.isprintable() else " " for letter in words)
    return f"{code} {' '.join(printable.split())}"[:300]


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "it does not answer"
    if isinstance(error, socket.gaierror):
        return "nobody knows this name"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return " ".join(str(error).split())[:200] or type(error).__name__
