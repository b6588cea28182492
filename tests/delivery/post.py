"""A real mail server on this computer, and what its users' names make it do.

A recipient's name says how the server treats them: ``gone`` is refused for good, ``busy2`` for now, twice, ``full`` after
the data, ``spam`` for good after the data; for ``hangup`` the server breaks off once at the recipient, for ``cut`` once in
the data, for ``mute`` once after the data, which it keeps, for ``lost`` once after the data, which it loses. ``slow`` takes
its time, ``odd`` answers with what is no answer, ``closing`` once with 421. Everybody else gets their mail.
"""

from __future__ import annotations

import asyncio
import re
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

SLOW = 0.15
"""Seconds that the slow take."""


@dataclass(frozen=True)
class Received:
    """A message that the server accepted."""

    to: str
    data: bytes
    session: int

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.data, policy=policy.default)


class Protocol(SMTP):
    """The server's end of one connection."""

    def __init__(self, office: PostOffice, **settings: Any) -> None:
        super().__init__(office, ident="post office", hostname="post.example", **settings)
        self.office = office

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.office.connections += 1
        self.office.open += 1
        self.office.transports.add(transport)

    def connection_lost(self, error: Any) -> None:
        super().connection_lost(error)
        self.office.open -= 1
        self.office.transports.discard(self.transport)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 -- aiosmtpd's name
        to = self.envelope.rcpt_tos[0] if self.envelope and self.envelope.rcpt_tos else ""
        if to.startswith("cut") and self.office.seen[to] == 1:
            await self.push("354 go on")
            self.transport.abort()  # type: ignore[union-attr]
            return
        await super().smtp_DATA(arg)


@dataclass
class PostOffice:
    """Takes messages as the recipients' names say, and counts."""

    received: list[Received] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    connections: int = 0
    open: int = 0
    transports: set[Any] = field(default_factory=set)
    port: int = 0
    go_down: Callable[[float], None] = lambda _seconds: None
    """Dies with all its connections, and is back after so many seconds."""
    per_connection: int = 0
    """Messages after which it closes the connection; 0: never."""
    closed: bool = False
    """Whether it takes no messages at all."""
    event: Callable[[str, str], None] = lambda _kind, _of: None
    """Called at each step of each message, with its name and the recipient or the reply."""

    def got(self, name: str) -> list[Received]:
        return [one for one in self.received if one.to.startswith(name)]

    @property
    def names(self) -> Counter[str]:
        """How many messages each address has got."""
        return Counter(one.to for one in self.received)

    async def handle_MAIL(  # noqa: N802 -- the same
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.event("mail", address)
        if self.closed:
            return "421 4.3.2 closed"
        session.messages = getattr(session, "messages", 0) + 1  # type: ignore[attr-defined]
        if self.per_connection and session.messages > self.per_connection:  # type: ignore[attr-defined]
            return "421 4.7.0 enough for one connection"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 sender accepted"

    async def handle_RCPT(  # noqa: N802 -- the same
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.event("rcpt", address)
        self.seen[address] += 1
        if address.startswith("gone"):
            return "550 5.1.1 no such user"
        busy = re.match(r"busy(\d+)", address)
        if busy and self.seen[address] <= int(busy[1]):
            return "451 4.7.1 come back later"
        if address.startswith("closing") and self.seen[address] == 1:
            return "421 4.3.2 going down"
        if address.startswith("hangup") and self.seen[address] == 1:
            server.transport.abort()  # type: ignore[union-attr]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 recipient accepted"

    async def handle_DATA(  # noqa: N802 -- the same
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        to, data = envelope.rcpt_tos[0], envelope.content
        assert isinstance(data, bytes)
        first = self.seen[to] == 1
        self.event("data", to)
        if to.startswith("full"):
            return "452 4.2.2 mailbox full"
        if to.startswith("spam"):
            return "554 5.7.1 we do not like it"
        if not (to.startswith("lost") and first):
            self.received.append(Received(to, data, id(session)))
        self.event("kept", to)
        if to.startswith("slow"):
            await asyncio.sleep(SLOW)
        if to.startswith(("mute", "lost")) and first:
            server.transport.abort()  # type: ignore[union-attr]
        return "what?" if to.startswith("odd") and first else "250 2.0.0 kept"


def sign_in(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any) -> AuthResult:
    """The one user that there is, who may be served later when she hurries."""
    assert isinstance(given, LoginPassword)
    if given.login == b"hurried":
        return AuthResult(success=False, handled=False, message="454 4.7.0 too many sign-ins")
    return AuthResult(success=(given.login, given.password) == (b"anna", b"correct horse"), handled=False)


@contextmanager
def post_office(
    *, tls: ssl.SSLContext | None = None, kind: type[Protocol] = Protocol, **settings: Any
) -> Iterator[PostOffice]:
    """Run a server in a thread; ``tls`` speaks TLS from the first byte, ``settings`` are aiosmtpd's."""
    settings.setdefault("auth_require_tls", tls is None)
    office = PostOffice()
    loop = asyncio.new_event_loop()
    servers: list[asyncio.Server] = []

    async def serve() -> None:
        new = lambda: kind(office, loop=loop, **settings)  # noqa: E731 -- one line
        servers.append(await loop.create_server(new, "127.0.0.1", office.port, ssl=tls))
        office.port = servers[-1].sockets[0].getsockname()[1]

    def go_down(seconds: float) -> None:
        servers[-1].close()
        for transport in tuple(office.transports):
            transport.abort()
        loop.call_later(seconds, lambda: loop.create_task(serve()))

    office.go_down = go_down
    loop.run_until_complete(serve())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield office
    finally:
        asyncio.run_coroutine_threadsafe(_end(servers[-1]), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _end(server: asyncio.Server) -> None:
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0.01)
