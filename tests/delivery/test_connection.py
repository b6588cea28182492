"""The way to the server is encrypted and the server known, or nothing is sent."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme

from pipeline.delivery.addresses import Address
from pipeline.delivery.connection import Answer, Connection, LostError, Patience
from pipeline.delivery.server import Security, Server
from pipeline.errors import DeliveryError
from tests.delivery.post import Protocol, post_office, sign_in

# What aiosmtpd warns of is the wish of these tests: implicit TLS is none that it knows of.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")

HELLO = b"From: a@b.example\r\nSubject: Hello\r\n\r\n.\r\n..dots\r\n"
SIGNED_IN: dict[str, Any] = {"authenticator": sign_in, "auth_required": True}


def deliver(server: Server, to: str = "anna@members.example") -> Answer:
    with closing(Connection(server, Patience(5, 5))) as connection:
        return connection.deliver("a@b.example", Address(to), HELLO, about_to=lambda: None)


def test_a_message_arrives_as_it_was_with_its_dots():
    with post_office() as office:
        assert deliver(Server("127.0.0.1", office.port, "none")) == Answer("sent", "250 2.0.0 kept")
    assert office.received[0].data == HELLO


@pytest.mark.parametrize("user", ["anna", ""])
def test_starttls_and_a_password(certified: ssl.SSLContext, trusted: Path, user: str):
    settings = SIGNED_IN if user else {}
    with post_office(tls_context=certified, require_starttls=True, **settings) as office:
        server = Server("localhost", office.port, "starttls", user, "correct horse" if user else "", trusted)
        assert deliver(server).kind == "sent"


def test_tls_from_the_first_byte_and_a_password(certified: ssl.SSLContext, trusted: Path):
    with post_office(tls=certified, **SIGNED_IN) as office:
        server = Server("127.0.0.1", office.port, "tls", "anna", "correct horse", trusted)
        assert deliver(server).kind == "sent"
    assert "correct horse" not in repr(server)


def test_letters_beyond_ascii_in_an_address_want_smtputf8():
    with post_office(enable_SMTPUTF8=True) as office:
        assert deliver(Server("127.0.0.1", office.port, "none"), "josé@members.example").kind == "sent"
    assert office.received[0].to == "josé@members.example"
    with post_office(enable_SMTPUTF8=False) as office:
        answer = deliver(Server("127.0.0.1", office.port, "none"), "josé@members.example")
    assert (answer.kind, "SMTPUTF8" in answer.text, office.received) == ("failed", True, [])


def test_a_server_without_encryption_gets_nothing():
    with post_office() as office, pytest.raises(DeliveryError, match="offers no encryption") as raised:
        deliver(Server("127.0.0.1", office.port, "starttls"))
    assert "--plain" in raised.value.help
    assert office.seen == {}


@pytest.mark.parametrize("security", ["tls", "starttls", "starttls-if-offered"])
def test_a_certificate_that_does_not_verify_ends_it(certified: ssl.SSLContext, security: Security):
    settings: dict[str, Any] = {"tls": certified} if security == "tls" else {"tls_context": certified}
    with post_office(**settings) as office, pytest.raises(DeliveryError) as raised:
        deliver(Server("127.0.0.1", office.port, security, "anna", "correct horse"))
    assert f"the certificate of 127.0.0.1:{office.port} does not verify: " in raised.value.message
    assert "--ca-file" in raised.value.help


def test_a_certificate_for_another_host_ends_it(authority: trustme.CA, trusted: Path):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("mail.other.example").configure_cert(context)
    with post_office(tls=context) as office, pytest.raises(DeliveryError, match=r"does not verify: .*127\.0\.0\.1"):
        deliver(Server("127.0.0.1", office.port, "tls", certificates=trusted))


def test_a_wrong_password_is_not_tried_twice_nor_repeated(certified: ssl.SSLContext, trusted: Path):
    with post_office(tls=certified, **SIGNED_IN) as office, pytest.raises(DeliveryError) as raised:
        deliver(Server("127.0.0.1", office.port, "tls", "anna", "battery staple", trusted))
    assert "does not let anna sign in: 535" in raised.value.message
    assert "battery staple" not in str(raised.value)
    assert office.connections == 1


@pytest.mark.parametrize(
    ("user", "password", "words"),
    [
        ("hurried", "x", "takes no messages for now: 454 4.7.0 too many sign-ins"),
        ("anna", "pässword", "has letters beyond ASCII"),
        ("", "", "takes no messages from here: 530 5.7.0 Authentication required"),
    ],
)
def test_a_sign_in_that_fails_says_why(certified: ssl.SSLContext, trusted: Path, user: str, password: str, words: str):
    with (
        post_office(tls=certified, **SIGNED_IN) as office,
        pytest.raises((DeliveryError, LostError), match=words),
    ):
        deliver(Server("127.0.0.1", office.port, "tls", user, password, trusted))


def test_a_server_that_knows_no_sign_in():
    with post_office() as office, pytest.raises(DeliveryError, match="offers no way to sign in"):
        deliver(Server("127.0.0.1", office.port, "starttls-if-offered", "anna", "correct horse"))


def test_where_nobody_listens():
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(LostError, match=f"there is no mail server at 127.0.0.1:{port}: Connection refused"):
        deliver(Server("127.0.0.1", port, "none"))


@contextmanager
def stranger(*says: bytes) -> Iterator[int]:
    """A server that says these lines, one at each line it hears, and then hangs up; the port it is at."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def talk() -> None:
            caller, _ = listening.accept()
            with caller, caller.makefile("rb") as heard:
                for line in says:
                    caller.sendall(line)
                    heard.readline()

        thread = threading.Thread(target=talk, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        thread.join(5)


STRANGERS: list[tuple[Security, tuple[bytes, ...], str]] = [
    ("none", (), "there is no mail server at"),
    ("none", (b"HTTP/1.1 400 Bad Request\r\n",), "takes no messages for now: -1"),
    ("none", (b"554 go away\r\n",), "takes no messages from here: 554 go away"),
    ("none", (b"421 too many\r\n",), "takes no messages for now: 421 too many"),
    ("none", (b"220 hello\r\n", b"250 you\r\n"), "broke off the connection"),
    (
        "none",
        (b"220 hello\r\n", b"250 you\r\n", b"550 not you \x1b[31m\xff\r\n"),
        "takes no messages from here: 550 not you",
    ),
    ("starttls", (b"220 hello\r\n", b"250-you\r\n250 STARTTLS\r\n"), "broke off STARTTLS"),
    (
        "starttls",
        (b"220 hello\r\n", b"250-you\r\n250 STARTTLS\r\n", b"454 not now\r\n"),
        "takes no messages for now: 454 not now",
    ),
    ("tls", (b"220 hello\r\n",), "find no common encryption"),
    ("tls", (), "broke off while the connection was being secured|there is no mail server"),
]


@pytest.mark.parametrize(("security", "says", "words"), STRANGERS)
def test_a_server_that_behaves_oddly_is_named_in_words(security: Security, says: tuple[bytes, ...], words: str):
    with stranger(*says) as port, pytest.raises((DeliveryError, LostError), match=words) as raised:
        deliver(Server("127.0.0.1", port, security))
    assert f"127.0.0.1:{port}" in str(raised.value)
    assert "\x1b" not in str(raised.value)


def test_a_server_that_says_nothing_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = Server("127.0.0.1", listening.getsockname()[1], "none")
        with (
            closing(Connection(server, Patience(0.1, 0.1))) as connection,
            pytest.raises(LostError, match="does not answer"),
        ):
            connection.open()


def test_the_connection_says_who_calls_without_asking_the_name_service():
    heard = []

    class Listening(Protocol):
        async def smtp_EHLO(self, hostname: str) -> None:  # noqa: N802 -- aiosmtpd's name
            heard.append(hostname)
            await super().smtp_EHLO(hostname)

    with post_office(kind=Listening) as office:
        deliver(Server("127.0.0.1", office.port, "none"))
    assert heard
    assert heard[0] == "[127.0.0.1]" or "." in heard[0]
